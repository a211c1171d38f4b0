"""The log in words: what was done together, never by whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from commons.i18n import gettext, ngettext
from commons.log import Line
from deliberation.actions.widening import DIGEST, PLAN, RESULTS
from deliberation.domain.rounds import RESULT, Stage
from deliberation.phrases import rounds
from deliberation.phrases.numbers import day
from deliberation.phrases.speaking import named
from deliberation.phrases.turns import log_lines

NAMED = ("survey", "proposal", "decision", "about")


def line(found: Line, titles: Mapping[str, str]) -> str:
    """Say one entry of the log, with titles in place of addresses; one nobody has words for is named by its kind.

    An entry about a text holds its hash: the text is then quoted as it was, whatever it says today.
    """
    facts = dict(found.payload)
    for name in NAMED:
        if name in facts:
            title = titles.get(str(facts.get("text", "")), titles.get(str(facts[name]), str(facts[name])))
            facts[name] = title.rstrip(". ")  # the sentence around it brings its own full stop
    if "what" in facts:
        facts["what"] = _what(str(facts["what"]), titles)
    return {**_words(facts), **_decided(facts), **log_lines(facts)}.get(found.kind, found.kind)


def text_of(found: Line, titles: Mapping[str, str]) -> str:
    """Return the text an entry speaks of, as it was; its address where no text is kept."""
    slug = str(found.payload.get("proposal", ""))
    return titles.get(str(found.payload.get("text", "")), titles.get(slug, slug))


def many(found: Sequence[Line]) -> str:
    """Say that several rounds were ratified one after the other, and how many gave what."""
    outcomes = Counter(str(one.payload.get("outcome", "")) for one in found)
    told = [f"{rounds.stage(one, outcomes[one])} ({outcomes[one]})" for one in RESULT.values() if outcomes[one]]
    return gettext("The assembly ratified %(num)s rounds: %(outcomes)s.", num=len(found), outcomes=", ".join(told))


def until(title: str, last: date) -> str:
    """Name a box that is called like another by its last day too."""
    return gettext("%(title)s (until %(day)s)", title=title, day=day(last))


def _what(what: str, titles: Mapping[str, str]) -> str:
    if what == DIGEST:
        return gettext("The digest of our plan")
    slug = what.removeprefix(RESULTS)
    return gettext("Our plan") if what == PLAN else gettext("The results of “%(title)s”", title=titles.get(slug, slug))


def _words(facts: Mapping[str, object]) -> Mapping[str, str]:
    survey, slot = str(facts.get("survey", "")), str(facts.get("slot", ""))
    return {
        "founded": gettext(
            "The assembly was founded. %(k)s facilitators are needed for every act.", k=facts.get("k", "")
        ),
        "founded_again": gettext("The circle was founded again. What was decided stays."),
        "recovered": gettext("A facilitator took a new passphrase, with the recovery words of their paper."),
        "locked": gettext("One facilitator locked the circle."),
        "act.agreed": gettext("An act was agreed; its delay ends on %(day)s.", day=_day(facts.get("due"))),
        "act.dropped": gettext("An agreed act was dropped: it could not be carried out any more."),
        "deliberation.unlock": gettext("The circle was unlocked."),
        "deliberation.admit": gettext("Place %(slot)s joined the circle.", slot=slot),
        "deliberation.end": gettext("The term of place %(slot)s was ended.", slot=slot),
        "surveys.cards": _cards(facts),
        "surveys.spare": gettext(
            "A spare card was given out: number %(given)s of %(spares)s.",
            given=facts.get("given", ""),
            spares=facts.get("spares", ""),
        ),
        "surveys.paper": _paper(facts, survey),
        "surveys.void": _voided(facts),
        "surveys.open": gettext(
            "“%(survey)s” was opened; it closes on %(day)s.", survey=survey, day=_day(facts.get("closes"))
        ),
        "surveys.series": _series(facts),
        "surveys.sitting": gettext("One box for each item of an assembly was opened."),
        "finished": gettext("The hall finished with “%(survey)s”.", survey=survey),
        "closed": gettext("The first share was given for “%(survey)s”; its box is closed for good.", survey=survey),
        "tried": gettext(
            "Somebody of the circle tried to change “%(survey)s”, which was frozen. Nothing changed.", survey=survey
        ),
        "surveys.count": gettext("The box of “%(survey)s” was opened and counted.", survey=survey),
        "surveys.extend": gettext("“%(survey)s” was extended.", survey=survey),
        "surveys.close": gettext("“%(survey)s” was closed before its date.", survey=survey),
        "surveys.burn": gettext("The box of “%(survey)s” was burnt unread.", survey=survey),
        "surveys.withdraw": gettext("The results of “%(survey)s” were withdrawn.", survey=survey),
        "surveys.note": gettext("A note was attached to the results of “%(survey)s”.", survey=survey),
        **_texts(facts, survey),
    }


def _texts(facts: Mapping[str, object], survey: str) -> Mapping[str, str]:
    """Say what became of texts: published in other words, with something left out or not, or erased."""
    whole = gettext("Texts of “%(survey)s” were published in common words.", survey=survey)
    part = gettext(
        "Texts of “%(survey)s” were published in common words. Something was left out, because it named somebody.",
        survey=survey,
    )
    erased = gettext(
        "What people wrote in “%(survey)s” was erased: nobody had put it in other words in two weeks.", survey=survey
    )
    return {"surveys.wording": part if facts.get("left_out") is True else whole, "unsaid": erased}


def _decided(facts: Mapping[str, object]) -> Mapping[str, str]:
    about, ending = str(facts.get("proposal") or facts.get("decision") or ""), _day(facts.get("until"))
    return {
        "path": gettext("The steps of our path were put in another order."),
        "alert": gettext("The alert level was changed."),
        "emergency": _emergency(facts, ending),
        "emergency.ended": gettext("The emergency measure “%(about)s” ended by itself.", about=about),
        "progress": gettext("How far “%(about)s” has come was written down.", about=about),
        "paused": gettext("One facilitator paused “%(survey)s” for two days.", survey=facts.get("survey", "")),
        "deliberation.delete": gettext("Everything of this assembly was deleted."),
        "deliberation.stop": gettext("An agreed act was stopped before its day."),
        "deliberation.widen": gettext("Opened to allies, by a word of its own: %(what)s", what=facts.get("what", "")),
        "deliberation.narrow": gettext("Shown to allies no more: %(what)s", what=facts.get("what", "")),
        "deliberation.federate": gettext("We agreed with other assemblies on how we decide together."),
        "deliberation.hand_over": gettext(
            "What we decided on “%(about)s” was handed over to our federation.", about=about
        ),
        "deliberation.receive_part": gettext("What another assembly decided on “%(about)s” was received.", about=about),
        "deliberation.combine": gettext("What the assemblies decided on “%(about)s” was put together.", about=about),
        "deliberation.choose": gettext("The assembly’s rule, voices and number of members were chosen."),
        "deliberation.rule": gettext("The rule for deciding was changed."),
        "deliberation.voices": gettext("The voices or the number of members were changed."),
        "deliberation.terms": gettext("The words that pages use for some things were changed."),
        "deliberation.languages": gettext("The languages we write in were changed: %(named)s.", named=_tongues(facts)),
        "deliberation.threshold": gettext("How many facilitators an act needs was changed."),
        "deliberation.table": gettext("Our table of risk was changed."),
        "deliberation.steps": gettext("What to do at each alert level was agreed."),
        "deliberation.aloud": gettext("What the hall decided aloud on “%(about)s” was recorded.", about=about),
        "deliberation.ratify": gettext(
            "The assembly ratified the round on “%(about)s”: %(outcome)s.", about=about, outcome=_outcome(facts)
        ),
        "deliberation.go_on": gettext("The assembly chose to go on talking about “%(about)s”.", about=about),
        "deliberation.take_back": gettext("“%(about)s” was taken back.", about=about),
        "deliberation.review": gettext("“%(about)s” was looked at again.", about=about),
        "deliberation.won": _won(facts, about),
        "deliberation.caucus": gettext(
            "One of our talking circles spoke aloud about what is called “%(about)s” today.",
            about=facts.get("about", ""),
        ),
    }


def _outcome(facts: Mapping[str, object]) -> str:
    """Name what a ratified round gave."""
    return rounds.stage(Stage(str(facts.get("outcome", Stage.ROUND))))


def _won(facts: Mapping[str, object], about: str) -> str:
    if not facts.get("again"):
        return gettext("What “%(about)s” had won does not hold any more.", about=about)
    again = _day(facts["again"])
    return gettext("“%(about)s” won something, for now. It is checked again on %(day)s.", about=about, day=again)


def _emergency(facts: Mapping[str, object], ending: str) -> str:
    if "began" not in facts:
        return gettext("An emergency measure agreed on beforehand was started, until %(day)s.", day=ending)
    return gettext(
        "An emergency measure agreed on beforehand was started on %(began)s, until %(day)s.",
        began=_day(facts["began"]),
        day=ending,
    )


def _cards(facts: Mapping[str, object]) -> str:
    printed = ngettext("One card was printed.", "%(num)s cards were printed.", _whole(facts.get("cards")))
    if not facts.get("spares"):
        return printed
    return gettext("%(printed)s Spares among them: %(spares)s.", printed=printed, spares=facts["spares"])


def _paper(facts: Mapping[str, object], survey: str) -> str:
    number = _whole(facts.get("forms"))
    return ngettext(
        "One paper form was let into “%(survey)s”, for one card given in.",
        "%(num)s paper forms were let into “%(survey)s”, for as many cards given in.",
        number,
        survey=survey,
    )


def _series(facts: Mapping[str, object]) -> str:
    boxes = facts.get("boxes")
    number = len(boxes) if isinstance(boxes, list) else 0
    return ngettext("One box was opened ahead.", "%(num)s boxes were opened ahead, one after the other.", number)


def _voided(facts: Mapping[str, object]) -> str:
    number, among = _whole(facts.get("voided")), _whole(facts.get("among"))
    shown = ngettext("One left-over card was shown.", "%(num)s left-over cards were shown.", number)
    if not among:
        return gettext("%(shown)s None of them appears among those counted.", shown=shown)
    return gettext("%(shown)s Found among those counted: %(among)s.", shown=shown, among=among)


def _tongues(facts: Mapping[str, object]) -> str:
    tags = facts.get("languages")
    return named(str(tag) for tag in tags) if isinstance(tags, list) else ""


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _day(value: object) -> str:
    return day(date.fromisoformat(str(value))) if value else ""
