"""The room's acts in words: what each will do exactly, before anybody signs."""

from collections.abc import Callable, Mapping
from datetime import date

from babel.dates import format_date

from commons.acts import Act
from commons.i18n import current, gettext, languages, ngettext, pick
from commons.pages import Told
from surveys import queries
from surveys.phrases import ahead, circle
from surveys.phrases.releases import why
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
    facts = (
        *_facts(survey),
        (gettext("Effect"), gettext("Questions, languages, rule and cards are frozen. Nobody can read the box alone.")),
    )
    return Told(gettext("Open “%(title)s”", title=_title(survey)), facts, circle.betrays(survey))


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
        (
            gettext("The first signature closes the box for good: no more days can be given to it."),
            *circle.betrays(survey),
        ),
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


def voiding(act: Act) -> Told:
    """Say what voiding cards does."""
    listed = act.params["cards"]
    number = len(listed) if isinstance(listed, list) else 0
    return Told(
        ngettext("Void one card", "Void %(num)s cards", number),
        ((gettext("Effect"), gettext("These cards can never be used again. What they handed in before stays.")),),
        (gettext("Only cards that nobody holds: left over, or given in unread for a paper form."),),
    )


def extending(act: Act) -> Told:
    """Say what giving more days does."""
    survey = _survey(act)
    if survey is None:
        return _gone()
    wanted = date.fromisoformat(str(act.params["closes"]))
    return Told(
        gettext("Give “%(title)s” more days", title=_title(survey)),
        (*_facts(survey), (gettext("New last day"), _day(wanted))),
        (gettext("A box can be given more days twice, up to the limit fixed when it was opened."),),
    )


def closing(act: Act) -> Told:
    """Say what closing early does."""
    survey = _survey(act)
    if survey is None:
        return _gone()
    return Told(
        gettext("End “%(title)s” before its last day", title=_title(survey)),
        (
            *_facts(survey),
            (gettext("Effect"), gettext("No more answers are taken. Members see this act before it happens.")),
        ),
    )


def withdrawing(act: Act) -> Told:
    """Say what withdrawing a result does."""
    survey = _survey(act)
    if survey is None:
        return _gone()
    return Told(
        gettext("Withdraw the result of “%(title)s”", title=_title(survey)),
        (
            (gettext("Effect"), gettext("Its figures are shown no more. They are never counted again.")),
            (gettext("Reason"), why(str(act.params["reason"]))),
        ),
    )


def noting(act: Act) -> Told:
    """Say what a note does."""
    survey = _survey(act)
    if survey is None:
        return _gone()
    return Told(
        gettext("Put a note on the result of “%(title)s”", title=_title(survey)),
        (
            (gettext("Effect"), gettext("The figures stay as they are; a sentence above them says to read with care.")),
            (gettext("Reason"), why(str(act.params["reason"]))),
        ),
    )


def wording(act: Act) -> Told:
    """Say what publishing common words does."""
    survey = _survey(act)
    item = survey.questionnaire.by_key.get(str(act.params["question"])) if survey else None
    if survey is None or item is None:
        return _gone()
    return Told(
        gettext("Publish in other words what people wrote in “%(title)s”", title=_title(survey)),
        (
            (gettext("Question"), pick(item.text).text),
            (
                gettext("Effect"),
                gettext("The words are put beside the result, and every text to this question is erased."),
            ),
        ),
        (gettext("Read the words first, with your passphrase, on the page of this survey's texts."),),
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
        (gettext("Last day"), _day(survey.closes)),
    )
    return (*facts, (gettext("Fingerprint"), survey.fingerprint.hex()[:SHORT])) if survey.fingerprint else facts


def _day(day: date) -> str:
    return format_date(day, "long", locale=current().formats)


TELLERS: Mapping[str, Callable[[Act], Told]] = {
    "surveys.cards": cards,
    "surveys.open": opening,
    "surveys.series": ahead.opening_series,
    "surveys.sitting": ahead.opening_sitting,
    "surveys.void": voiding,
    "surveys.extend": extending,
    "surveys.close": closing,
    "surveys.count": counting,
    "surveys.withdraw": withdrawing,
    "surveys.note": noting,
    "surveys.wording": wording,
    "surveys.burn": burning,
}
