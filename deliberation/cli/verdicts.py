"""What became of a conversation that was tabled as proposals, told to a tired person and written for a machine."""

import textwrap
from collections.abc import Iterator, Sequence

from commons.i18n import pick
from deliberation.cli.outcome import headed
from deliberation.cli.polis import Export
from deliberation.cli.replaying import Settled
from deliberation.cli.tabled import Tabled
from deliberation.domain.rules import Outcome
from deliberation.phrases import rounds
from deliberation.queries.proposals import Proposal

WIDTH = 100
Numbered = tuple[str, Proposal]


def written(export: Export, settled: Settled, tabled: Tabled) -> dict[str, object]:
    """Return what became of it as plain data: each statement with its verdicts, and where it stands."""
    return {
        **headed(export, settled),
        "shown": str(settled.shown),
        "infiltrators": settled.infiltrators,
        "left_out": tabled.unseen,
        "statements": [_data(statement, one) for statement, one in tabled.proposals.items()],
        "releases": dict(tabled.releases),
    }


def _data(statement: str, one: Proposal) -> dict[str, object]:
    verdict = one.rounds[-1].verdict
    return {
        "comment": statement,
        "text": pick(one.draft.text).text,
        "proposal": one.slug,
        "rounds": [
            {"outcome": each.verdict.outcome.value, "reason": each.verdict.reason.value}
            for each in one.rounds
            if each.verdict
        ],
        "outcome": verdict.outcome.value if verdict else "",
        "stage": one.way.stage.value,
    }


def told(export: Export, settled: Settled, tabled: Tabled) -> Iterator[str]:
    """Yield the lines to print: the sizes and the rule, how many of each outcome, then each text by outcome."""
    every = tuple(tabled.proposals.items())
    yield from ("", export.topic or "(no topic)", "=" * min(WIDTH, max(1, len(export.topic))))
    yield f"{len(export.people)} people, {len(every)} proposals, {_number(len(tabled.releases))}."
    yield f"Rule {settled.card.code}, {pick(settled.card.words, 'en').text}."
    yield f"Tabled: what at least {settled.shown} of those who voted were shown, whatever they said of it."
    if tabled.unseen:
        yield f"Left out: {tabled.unseen} statements that fewer people were shown."
    grouped = {outcome: [one for one in every if _outcome(one) is outcome] for outcome in Outcome}
    yield ", ".join(f"{rounds.outcome(one)}: {len(found)}" for one, found in grouped.items() if found) + "."
    for outcome, found in grouped.items():
        yield from _group(outcome, found)
    yield ""
    yield from (f"Digest of the release of {slug}: {digest}" for slug, digest in tabled.releases.items())


def _number(boxes: int) -> str:
    return "1 box" if boxes == 1 else f"{boxes} boxes"


def _outcome(one: Numbered) -> Outcome | None:
    verdict = one[1].rounds[-1].verdict
    return verdict.outcome if verdict else None


def _group(outcome: Outcome, found: Sequence[Numbered]) -> Iterator[str]:
    title = f"{rounds.outcome(outcome).capitalize()}: {len(found)}"
    yield from (("", title, "-" * len(title)) if found else ())
    for statement, one in found:
        number, verdict = f"{statement:>4}  ", one.rounds[-1].verdict
        text = pick(one.draft.text).text
        yield textwrap.fill(text, WIDTH, initial_indent=number, subsequent_indent=" " * len(number))
        yield f"      → {rounds.reason(verdict.reason)}" if verdict else ""
