"""What the circle of a stage does, by its pages: it settles how to decide, proposes, and says texts in other words."""

from collections.abc import Sequence

from tests.attacks.stage import TOKEN, Stage
from tests.visitor import Page, Visitor


def choose(stage: Stage, voices: tuple[str, ...] = (), members: int = 12, rule: str = "R3") -> None:
    """Choose a rule, how priorities are judged, and the voices there are."""
    visitor = stage.facilitator()
    named = {f"voice{at}-en": words for at, words in enumerate(voices, 1)}
    fields = {"rule": rule, "priority": "each_voice" if voices else "whole", "members": str(members), **named}
    stage.sign(visitor.send(visitor.visit(stage.path("circle/rule")), fields, "choose").path, stage.k + 1)


def watch(stage: Stage, threats: Sequence[str], measures: Sequence[str]) -> None:
    """Take some threats and some measures from the lists that are offered."""
    client = stage.facilitator().client
    for page, codes in (("circle/threats", threats), ("circle/measures", measures)):
        token = TOKEN.findall(client.get(stage.path(page)).text)[0]
        for code in codes:
            taken = {"form_token": token, "code": code, "action": "take"}
            assert client.post(stage.path(page), data=taken).status_code in {200, 303}


def proposal(visitor: Visitor, stage: Stage) -> str:
    """Write a proposal, explain it and talk it over; return its slug."""
    told = {
        "text-en": "Walk together",
        **{f"reach-{whom}": "protects" for whom in ("household", "friends", "neighbours", "workmates")},
        "protects-en": "all",
        "effort-en": "all",
        "review": "2026-09-01",
        "threats": "T12",
    }
    page = visitor.send(visitor.visit(stage.path("circle/proposals/new")), told, "writing")
    return visitor.submit(visitor.submit(page, "Explain it"), "On to amendments").path.rsplit("/", 1)[1]


def round_on(stage: Stage) -> tuple[str, str]:
    """Open a round on one proposal; return the survey and the proposal."""
    choose(stage)
    visitor = stage.facilitator()
    slug = proposal(visitor, stage)
    drafted = visitor.submit(visitor.visit(stage.path("circle/proposals")), "round", proposals=slug)
    survey = drafted.path.rsplit("/", 1)[1]
    stage.sign(stage.propose(survey, "Propose to open it").path)
    return survey, slug


def reader(stage: Stage, survey: str, known: str) -> tuple[Visitor, dict[str, str], Page]:
    """Find one of the two facilitators who can read the texts, of which one is known; return what they see."""
    for slot in range(1, len(stage.papers) + 1):
        visitor, opening = stage.facilitator(slot), {"passphrase": stage.papers[slot - 1]}
        heard = visitor.send(visitor.visit(stage.path(f"circle/surveys/{survey}/texts")), opening, "passphrase")
        if known in heard.text:
            return visitor, opening, heard
    raise AssertionError("nobody was sealed the texts")


def reword(stage: Stage, survey: str, question: str, known: str, said: Sequence[str]) -> Page:
    """Publish what was written in other words, by a reader and the signatures of the circle; return what was read."""
    visitor, opening, heard = reader(stage, survey, known)
    proposed = visitor.send(heard, {**opening, question: "\n".join(said)}, "passphrase", button=question)
    stage.sign(proposed.path)
    return heard
