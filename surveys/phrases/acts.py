"""The room's acts in words: what each will do exactly, before anybody signs."""

from collections.abc import Callable, Mapping
from datetime import date

from commons.acts import Act
from commons.i18n import dated, gettext, languages, ngettext, pick
from commons.pages import Told
from surveys import queries
from surveys.domain.disclosure import WAVES_FROM
from surveys.phrases import ahead, circle
from surveys.phrases.cards import square
from surveys.phrases.releases import why
from surveys.queries import Survey

SHORT = 16


def cards(act: Act) -> Told:
    """Say what drawing cards does."""
    halved = (
        gettext(
            "In two halves. Place %(place)s prints the second ones; whoever signs last prints the first.",
            place=str(act.params["second"]),
        )
        if "second" in act.params
        else gettext("On one sheet, in digits and in words.")
        if act.params.get("words")
        else gettext("On one sheet.")
    )
    return Told(
        ngettext("Print one card", "Print %(num)s cards", int(str(act.params["size"]))),
        (
            (gettext("Effect"), gettext("A new season begins: new cards, and a new reading word printed on them.")),
            (gettext("The cards in use now"), gettext("They serve the boxes already open, and no new one.")),
            (gettext("Spares among them"), str(act.params.get("spares", 0))),
            (gettext("How they are printed"), halved),
            (gettext("The square on each card"), square(str(act.params.get("square", "address")))),
        ),
        (gettext("The numbers are shown once, to the last who signs. Have paper and a printer ready."),),
    )


def sparing(_act: Act) -> Told:
    """Say what giving out a spare does."""
    return Told(
        gettext("Give out one spare card"),
        ((gettext("Effect"), gettext("The log says that one more spare was given, never to whom.")),),
        (gettext("A lost card cannot be cancelled: whoever finds it can still use it. Be sure that it is lost."),),
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
    return Told(gettext("Open “%(title)s”", title=_title(survey)), facts, (*circle.betrays(survey), *_waves(survey)))


def _waves(survey: Survey) -> tuple[str, ...]:
    """Say when this survey will be shown more coarsely, because others of its kind end close to it."""
    waves = queries.waves(survey)
    if any(0 < ballots < WAVES_FROM for ballots in waves):
        return (
            gettext(
                "Something of this kind was counted within three months of it, with fewer than %(least)s ballots. So "
                "this result will say most, some or few, and no percentages.",
                least=WAVES_FROM,
            ),
        )
    later = gettext(
        "Another box of this kind ends within three months of this one. If one of the two holds fewer than %(least)s "
        "ballots, the one counted later will say most, some or few, and no percentages.",
        least=WAVES_FROM,
    )
    return (later,) if waves else ()


def counting(act: Act) -> Told:
    """Say what counting does."""
    survey = _survey(act)
    if survey is None:
        return _gone()
    effect = gettext(
        "Each signature gives one share of the box’s key. When enough are there, the whole box is counted at once, "
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
    """Say what showing and voiding left-over cards does."""
    listed = act.params["cards"]
    number = len(listed) if isinstance(listed, list) else 0
    effect = gettext(
        "These cards can never be used again. Their small numbers are published and looked for in every result of "
        "their season."
    )
    return Told(
        ngettext("Show one left-over card, and void it", "Show %(num)s left-over cards, and void them", number),
        ((gettext("Effect"), effect),),
        (
            gettext(
                "Only cards that nobody drew: left in the bag, or spares not given. Of a card that somebody holds, it "
                "would show where that person took part."
            ),
        ),
    )


def exchanging(act: Act) -> Told:
    """Say what letting in paper forms does."""
    survey = _survey(act)
    if survey is None:
        return _gone()
    number = int(str(act.params["forms"]))
    effect = gettext(
        "The cards given in for them are made worthless, for the whole season. As many paper forms can then be typed "
        "in, by two of you together, and not one more. Where such a card has spoken in this survey before, the form "
        "speaks in its place."
    )
    return Told(
        ngettext(
            "Let one paper form into “%(title)s”", "Let %(num)s paper forms into “%(title)s”", number,
            title=_title(survey),
        ),
        ((gettext("Effect"), effect),),
        (
            gettext("Count the folded forms and the cards given in, before everybody, before you sign."),
            gettext("The two who type will read every form. Mix them first; nobody looks at who wrote what."),
        ),
    )  # fmt: skip


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
            *_left_out(act),
        ),
        (gettext("Read the words first, with your passphrase, on the page of this survey’s texts."),),
    )


def _left_out(act: Act) -> tuple[tuple[str, str], ...]:
    if not act.params.get("left_out"):
        return ()
    told = gettext("Something that names somebody. The result, the minutes and the log say that it is, never what.")
    return ((gettext("Left out"), told),)


def _survey(act: Act) -> Survey | None:
    return queries.survey(act.assembly, str(act.params["survey"]))


def _gone() -> Told:
    return Told(gettext("An act about a survey that is gone"))


def _title(survey: Survey) -> str:
    return pick(survey.questionnaire.known_by).text.rstrip(". ")


def _facts(survey: Survey) -> tuple[tuple[str, str], ...]:
    names = ", ".join(languages()[tag].name for tag in survey.questionnaire.languages if tag in languages())
    facts = (
        (gettext("Kind"), circle.kind(survey.kind)),
        (gettext("It asks"), circle.asked(survey)),
        (gettext("Languages"), names),
        (gettext("Last day"), _day(survey.closes)),
        (gettext("If a card answers twice"), circle.twice(survey)),
    )
    return (*facts, (gettext("Fingerprint"), survey.fingerprint.hex()[:SHORT])) if survey.fingerprint else facts


def _day(day: date) -> str:
    return dated(day)


TELLERS: Mapping[str, Callable[[Act], Told]] = {
    "surveys.cards": cards,
    "surveys.spare": sparing,
    "surveys.open": opening,
    "surveys.paper": exchanging,
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
