"""A kind of actor as typed. What looks like a person's name is asked about beside its words."""

from wtforms import BooleanField, StringField

from deliberation.domain.actors import ATTITUDE, INFLUENCE, ActorCard, Category, read_actor, write_actor
from deliberation.forms.fields import WordsField
from deliberation.forms.sheet import Fits, Needed, Sheet
from deliberation.phrases import asking


def _one_of(values: range) -> Fits:
    return Fits({str(value) for value in values}.__contains__, asking.actor_place)


class ActorForm(Sheet):
    """One kind of actor. `sure` is ticked by whoever was asked whether this is a person and says no."""

    words = WordsField(validators=[Needed(asking.words)])
    category = StringField(
        validators=[Needed(asking.actor_category), Fits(frozenset(Category).__contains__, asking.actor_category)]
    )
    influence = StringField(validators=[Needed(asking.actor_place), _one_of(INFLUENCE)])
    attitude = StringField(validators=[Needed(asking.actor_place), _one_of(ATTITUDE)])
    intention = WordsField()
    capability = WordsField()
    sure = BooleanField()

    @property
    def card(self) -> ActorCard:
        """The actor that was typed."""
        parts = {name: self[name].data for name in ("category", "influence", "attitude", "intention", "capability")}
        return read_actor(self.words.data, parts)


def begun(card: ActorCard) -> ActorForm:
    """Return the form of an actor as it is kept."""
    data = write_actor(card) | {"influence": str(card.influence), "attitude": str(card.attitude)}
    return ActorForm(data=data | {"words": card.words})
