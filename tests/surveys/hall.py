"""A hall to test in: an assembly with its circle, its cards, and boxes opened and counted by the real acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from nacl.signing import SigningKey

from commons import clock, quorum
from commons.assembly import Assembly, AssemblyRow, load
from commons.db import new_id, session, transaction
from commons.quorum import Keys, Slot
from surveys.actions import judges
from surveys.actions.acts import declare_acts
from surveys.actions.drafting import draft
from surveys.domain.cards import Code
from surveys.domain.questionnaire import Choice, Questionnaire
from surveys.domain.reading import fill
from surveys.interchange import shipped as instrument
from surveys.queries import Survey, survey

DAYS = 7
_circles: dict[bytes, tuple[Slot, ...]] = {}
TAGS = ("en", "fr", "es")


def choices(*names: str) -> tuple[Choice, ...]:
    """Return a list of choices whose identifiers are their names, the same in every language."""
    return tuple(Choice(name, dict.fromkeys(TAGS, name.capitalize())) for name in names)


def words(text: str) -> dict[str, str]:
    """Return the same text in every language."""
    return dict.fromkeys(TAGS, text)


@dataclass(frozen=True, slots=True)
class Hall:
    """An assembly at work. `keys` are its facilitators' opened keys."""

    assembly: Assembly
    keys: tuple[Keys, ...]

    def act(self, name: str, **params: object) -> quorum.Carried:
        """Propose an act and have k facilitators sign it."""
        act = quorum.propose(self.assembly, name, params)
        *_, carried = (quorum.approve(self.assembly, act, keys) for keys in self.keys[: self.assembly.k])
        assert carried is not None
        return carried

    def cards(self, size: int = 12) -> tuple[Code, ...]:
        """Draw a season's cards; the reading word changes."""
        drawn = self.act("surveys.cards", size=size).result
        assert isinstance(drawn, tuple)
        return drawn

    def draft(self, questionnaire: Questionnaire, kind: str = "practice", terms: Mapping[str, object] = {}) -> str:
        """Draft a survey that closes in a week."""
        closes = clock.today(self.assembly) + timedelta(days=DAYS)
        return draft(self.assembly, kind=kind, questionnaire=questionnaire, terms=terms, closes=closes)

    def open(self, questionnaire: Questionnaire, kind: str = "practice", terms: Mapping[str, object] = {}) -> Survey:
        """Open a box."""
        slug = self.draft(questionnaire, kind, terms)
        self.act("surveys.open", survey=slug)
        found = survey(self.assembly, slug)
        assert found is not None
        return found

    def count(self, slug: str) -> None:
        """Open a box that has ended, together."""
        self.act("surveys.count", survey=slug)

    def again(self) -> Assembly:
        """Return the assembly as it is now, with its present season."""
        return load(self.assembly.id)


@transaction
def _settled(slug: str, k: int, t: int) -> bytes:
    key = new_id()
    session.add(
        AssemblyRow(id=key, slug=slug, title="Casa", languages=list(TAGS), k=k, t=t, timezone="America/Guatemala")
    )
    return key


def hall(slug: str = "casa", *, k: int = 2, t: int = 1, circle: int = 3) -> Hall:
    """Return a new assembly whose circle of `circle` facilitators is known to the engine of acts."""
    for kind in ("practice", "baseline", "pulse", "round"):
        judges.register(kind, judges.nothing)
    declare_acts()
    assembly = load(_settled(slug, k, t))
    keys = tuple(_keys(slot) for slot in range(1, circle + 1))
    places = tuple(
        Slot(one.slot, bytes(one.signing.verify_key), bytes(one.sealing.public_key), active=True) for one in keys
    )
    _circles[assembly.id] = places
    quorum.register_circle(lambda place: _circles.get(place.id, ()))
    return Hall(assembly, keys)


def _keys(slot: int) -> Keys:
    seed = SigningKey.generate()
    return Keys(slot, seed, seed.to_curve25519_private_key())


def shipped(name: str, **lists: tuple[Choice, ...]) -> Questionnaire:
    """Return a shipped instrument with its lists filled."""
    return fill(instrument(name), **lists) if lists else instrument(name)
