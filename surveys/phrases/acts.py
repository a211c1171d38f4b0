"""The room's acts in words: what each will do exactly, before anybody signs."""

from collections.abc import Callable, Mapping

from babel.dates import format_date

from commons.acts import Act
from commons.i18n import current, gettext, languages, ngettext, pick
from commons.pages import Told
from surveys import queries
from surveys.actions import judges
from surveys.phrases import circle
from surveys.queries import Survey

SHORT = 16


def cards(act: Act) -> Told:
    """Say what drawing cards does."""
    return Told(
        ngettext("Print one card", "Print %(num)s cards", int(str(act.params["size"]))),
        (
            (gettext("Effect"), gettext("A new season begins: new cards, and a new reading word printed on them.")),
            (gettext("The cards in use now"), gettext("They serve the boxes already open, and no new one.")),
        ),
        (gettext("The numbers are shown once, to the last who signs. Have paper and a printer ready."),),
    )


def opening(act: Act) -> Told:
    """Say what opening a survey does, and what its verdict alone could betray."""
    survey = _survey(act)
    if survey is None:
        return _gone()
    registered = judges.of(survey.kind)
    warnings = registered.warn(act.assembly, survey.questionnaire, survey.terms) if registered else ()
    facts = (
        *_facts(survey),
        (gettext("Effect"), gettext("Questions, languages, rule and cards are frozen. Nobody can read the box alone.")),
    )
    return Told(gettext("Open “%(title)s”", title=_title(survey)), facts, warnings)


def counting(act: Act) -> Told:
    """Say what counting does."""
    survey = _survey(act)
    if survey is None:
        return _gone()
    effect = gettext(
        "Each signature gives one share of the box's key. When enough are there, the whole box is counted at once, "
        "the result is published, and every ballot is destroyed."
    )
    return Told(
        gettext("Open the box of “%(title)s” and count it", title=_title(survey)),
        (*_facts(survey), (gettext("Effect"), effect)),
        (gettext("The first signature closes the box for good: no more days can be given to it."),),
    )


def burning(act: Act) -> Told:
    """Say what burning does."""
    survey = _survey(act)
    if survey is None:
        return _gone()
    return Told(
        gettext("Burn the box of “%(title)s” unread", title=_title(survey)),
        (
            *_facts(survey),
            (gettext("Effect"), gettext("All ballots are destroyed. Nobody will ever know what they said.")),
        ),
        (gettext("It cannot be undone."),),
    )


def _survey(act: Act) -> Survey | None:
    return queries.survey(act.assembly, str(act.params["survey"]))


def _gone() -> Told:
    return Told(gettext("An act about a survey that is gone"))


def _title(survey: Survey) -> str:
    return pick(survey.questionnaire.title).text


def _facts(survey: Survey) -> tuple[tuple[str, str], ...]:
    names = ", ".join(languages()[tag].name for tag in survey.questionnaire.languages if tag in languages())
    facts = (
        (gettext("Kind"), circle.kind(survey.kind)),
        (gettext("It asks"), circle.asked(survey)),
        (gettext("Languages"), names),
        (gettext("Last day"), format_date(survey.closes, "long", locale=current().formats)),
    )
    return (*facts, (gettext("Fingerprint"), survey.fingerprint.hex()[:SHORT])) if survey.fingerprint else facts


TELLERS: Mapping[str, Callable[[Act], Told]] = {
    "surveys.cards": cards,
    "surveys.open": opening,
    "surveys.count": counting,
    "surveys.burn": burning,
}
