"""What people asked and argued about a proposal, and what became of its text, in words."""

from collections.abc import Iterable
from itertools import pairwise

from commons.i18n import gettext, pick
from deliberation.domain.difference import Run, difference
from deliberation.domain.protocol import Draft
from deliberation.domain.talk import Argument, Side, Talk


def side(found: Side) -> str:
    """Name what a reason speaks for."""
    words = {
        Side.FOR: gettext("What speaks for it"),
        Side.AGAINST: gettext("What speaks against it"),
        Side.DEPENDS: gettext("What it depends on"),
    }
    return words[found]


def sides(said: Talk) -> list[tuple[str, tuple[Argument, ...]]]:
    """Return the reasons side by side; a side nobody spoke for is left out."""
    return [(side(one), said.on(one)) for one in Side if said.on(one)]


def changes(earlier: Iterable[tuple[int, Draft]], now: Draft) -> list[tuple[str, str, tuple[Run, ...]]]:
    """Return every earlier text beside the one that came after it, with what changed, the newest change first.

    Each pair is read in the language of the page; both then are in the same language, or in the one they share.
    """
    texts = [*(draft for _, draft in earlier), now]
    pairs = [(pick(old.text).text, pick(new.text).text) for old, new in pairwise(texts)]
    return [(old, new, difference(old, new)) for old, new in reversed(pairs)]


def made_from_nothing() -> str:
    """Say that no text was chosen to be merged or split."""
    return gettext("No text was chosen, so this is a new one. Go back to choose those it is made from.")
