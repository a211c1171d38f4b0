"""What people ask and argue about a proposal, written down without their names by anyone of the circle."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from commons.assembly import Assembly
from commons.db import transaction
from commons.quorum import Refused
from deliberation.actions.proposals import WRITABLE, free
from deliberation.actions.records import draft_of
from deliberation.domain import talk
from deliberation.domain.protocol import write_draft
from deliberation.domain.talk import Side, Talk

Words = Mapping[str, str]


def ask(assembly: Assembly, slug: str, words: Words) -> None:
    """Write down a question. Raises `Refused`."""
    _say(assembly, slug, lambda said: talk.ask(said, _some(words)))


def answer(assembly: Assembly, slug: str, question: str, words: Words) -> None:
    """Answer a question. Raises `Refused` when nobody asked it."""
    _say(assembly, slug, lambda said: talk.answer(said, question, words))


def argue(assembly: Assembly, slug: str, side: Side, words: Words) -> None:
    """Write down a reason, and what it speaks for. Raises `Refused`."""
    _say(assembly, slug, lambda said: talk.argue(said, side, _some(words)))


def unsay(assembly: Assembly, slug: str, name: str) -> None:
    """Take away a question or a reason that was said twice, or that names somebody. Raises `Refused`."""
    _say(assembly, slug, lambda said: talk.unsay(said, name))


@transaction
def _say(assembly: Assembly, slug: str, change: Callable[[Talk], Talk]) -> None:
    """Change what was said about a proposal, unless a box holds it: what people answer about stays as it is."""
    row, now = free(assembly, slug)
    if now.stage not in WRITABLE:
        raise Refused("not_now")
    draft = draft_of(row)
    try:
        row.content = write_draft(replace(draft, talk=change(draft.talk)))
    except talk.Full as full:
        raise Refused("said_enough") from full
    except KeyError as unknown:
        raise Refused("not_raised") from unknown


def _some(words: Words) -> Words:
    if not any(text.strip() for text in words.values()):
        raise Refused("no_words")
    return words
