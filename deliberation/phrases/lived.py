"""What lives on after a decision, in words: what a review said, what was won for now, what changed lately."""

from collections.abc import Mapping, Sequence
from datetime import date

from commons.acts import Act
from commons.i18n import gettext, pick
from commons.pages import Told
from deliberation.domain.lived import ASKED, Cause, Change, Made, Outcome, Progress, Review, Turn, Won
from deliberation.phrases.numbers import day
from deliberation.queries import decided

Pair = tuple[str, str]
MANY = 5
"""So many decisions adopted on one day, and no more, are told one by one."""


def questions() -> list[tuple[str, str, list[Pair]]]:
    """Return what a review asks beside its ending: a name, the question, and each answer with its words."""
    causes = [(one.value, _cause(one)) for one in Cause]
    made = [(one.value, _made(one)) for one in Made]
    return [(name, asks(name), causes if words is Cause else made) for name, words in ASKED.items()]


def asks(name: str) -> str:
    """Return one question of a review."""
    words = {
        "changed": gettext("What changed since: the community, or what surrounds it?"),
        "fairer": gettext("Did it make us fairer?"),
        "stronger": gettext("Did it make us stronger?"),
    }
    return words[name]


def _cause(found: Cause) -> str:
    words = {
        Cause.COMMUNITY: gettext("The community."),
        Cause.AROUND: gettext("What surrounds it."),
        Cause.BOTH: gettext("Both."),
        Cause.NOTHING: gettext("Nothing."),
    }
    return words[found]


def _made(found: Made) -> str:
    words = {
        Made.YES: gettext("Yes."),
        Made.NO: gettext("No."),
        Made.UNKNOWN: gettext("We do not know."),
    }
    return words[found]


def steps() -> list[Pair]:
    """Return how far a decision may have come, as the value of a form and its words."""
    words = {
        Progress.BEGUN: gettext("It has begun."),
        Progress.UNDER_WAY: gettext("It is under way."),
        Progress.DONE: gettext("It is done."),
    }
    return [(one.value, words[one]) for one in Progress]


def progress(found: Progress, on: date) -> str:
    """Say how far a decision has come, and on which day that was so."""
    words = {
        Progress.BEGUN: gettext("Begun, as of %(day)s.", day=day(on)),
        Progress.UNDER_WAY: gettext("Under way, as of %(day)s.", day=day(on)),
        Progress.DONE: gettext("Done, as of %(day)s.", day=day(on)),
    }
    return words[found]


def answers(said: Mapping[str, object]) -> tuple[Pair, ...]:
    """Return each question of a review that was answered, with its answer."""
    given = {name: words(str(said[name])) for name, words in ASKED.items() if said.get(name)}
    return tuple(
        (asks(name), _cause(one) if isinstance(one, Cause) else _made(Made(one))) for name, one in given.items()
    )


def looked(seen: Review) -> str:
    """Say when a decision was looked at again."""
    return gettext("Looked at again on %(day)s.", day=day(seen.day))


def wins() -> list[Pair]:
    """Return everything a decision can win, each with its words."""
    return [(one.value, _won(one)) for one in Won]


def _won(found: Won) -> str:
    words = {
        Won.STOPPED: gettext("The danger was stopped."),
        Won.DELAYED: gettext("The danger was delayed."),
        Won.RECOGNISED: gettext("A right of ours was recognised."),
        Won.DUTY_DONE: gettext("An institution did its duty."),
        Won.SAFER: gettext("We are safer."),
        Won.LOST: gettext("What was won does not hold any more."),
    }
    return words[found]


def outcome(found: Outcome, today: date) -> str:
    """Say what was won, for now, and when it is checked again."""
    if found.again is None:
        return _won(found.won)
    words = {"won": _won(found.won), "day": day(found.again)}
    if found.due(today):
        return gettext("For now: %(won)s It was to be checked again on %(day)s.", **words)
    return gettext("For now: %(won)s Checked again on %(day)s.", **words)


def changes(found: Sequence[Change], named: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Say what changed in one way on one day: one by one, or only how many where many were adopted together."""
    if len(found) > MANY and found[0].turn is Turn.ADOPTED:
        return [gettext("Adopted: %(num)s decisions.", num=len(found))]
    return [change(one, named) for one in found]


def change(found: Change, named: Mapping[str, Mapping[str, str]]) -> str:
    """Say one thing that changed; who did it stands nowhere."""
    what = pick(named.get(found.about, {})).text.rstrip(". ") or found.about
    words = {
        Turn.ROSE: gettext("The danger rose: “%(what)s”.", what=what),
        Turn.ADOPTED: gettext("Adopted: “%(what)s”.", what=what),
        Turn.CONFIRMED: gettext("Looked at again, and kept: “%(what)s”.", what=what),
        Turn.AMENDED: gettext("Replaced by another: “%(what)s”.", what=what),
        Turn.WITHDRAWN: gettext("Withdrawn: “%(what)s”.", what=what),
        Turn.STARTED: gettext("Begun in an emergency: “%(what)s”.", what=what),
        Turn.RAN_OUT: gettext("Ended by itself: “%(what)s”.", what=what),
        Turn.WON: gettext("It won something, for now: “%(what)s”.", what=what),
        Turn.LOST: gettext("What it had won does not hold any more: “%(what)s”.", what=what),
    }
    return words[found.turn]


def winning(act: Act) -> Told:
    """Say that something was won, for now."""
    slug, again = str(act.params["decision"]), act.params.get("again")
    text = next((pick(one.draft.text).text for one in decided.decisions(act.assembly) if one.slug == slug), slug)
    checked = ((gettext("Checked again on"), day(date.fromisoformat(str(again)))),) if again else ()
    heard = gettext("Words of the log that were read aloud"), str(act.params.get("heard", ""))
    return Told(
        gettext("Write down what a decision won"),
        ((gettext("Decision"), text), (gettext("What was won"), _won(Won(str(act.params["won"])))), *checked, heard),
        (gettext("Sign only if the assembly said so. What is won is won for now: it is checked again."),),
    )
