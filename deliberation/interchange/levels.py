"""Which cells are ratings, which columns hold them, and of how many levels the scale is."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

KNOWN = (5, 6, 7, 9, 10)
"""Scales of the field; when nobody says otherwise, the smallest that holds the highest level seen."""
MOST = KNOWN[-1]
ABSENT = frozenset(
    {"", "na", "n/a", "nan", "null", "none", "-", ".", "77", "88", "98", "99", "998", "999", "nr", "nsp"}
)
NUMBER = re.compile(r"(\d{1,4})(?:[.,]0+)?")
OF = re.compile(r"(\d{1,2})\s*(?:/|sur|out of|of|de)\s*\d{1,2}", re.IGNORECASE)
BEFORE = re.compile(r"\(?(\d{1,2})\)?\s*[-–—:.)=]?\s*[^\W\d_].*", re.DOTALL)
BEHIND = re.compile(r".*[^\W\d_].*\((\d{1,2})\)\.?", re.DOTALL)
FORMS = (NUMBER, OF, BEHIND, BEFORE)
NO_RATING = re.compile(
    r"(^|_)(record_?id|id|no_?op(inion)?|email|e-mail|complete|timestamp|age|âge|comments?|commentaires?)$|___\d+$"
)
"""Columns that research databases keep beside ratings: keys, flags, states of forms, boxes to tick."""
MARK = re.compile(r"[_.\s-](?:r|t|tour|round|wave|vague|ronda)[_ ]?([1-9])$", re.IGNORECASE)
"""How a name ends that tells of a round."""
ALONE, WORDS = " alone", " words"
"""The kinds of columns that are alone of theirs, and of those that are called by a sentence."""
SHARED = 2
"""So many letters at the beginning or the end make names alike."""
LONGEST = 200
"""A cell of more letters than this is a text, and no level is looked for in it."""
MOSTLY = 3
"""One cell in so many may be something else than a level, as "no opinion" in words of the panel's own."""


def level_of(text: str) -> int | None:
    """Return the level a cell holds: "7", "7,0", "7 - d’accord", "Accord total (9)", "7/9"; None for none."""
    said = text.strip()
    match = next((found for form in FORMS if len(said) <= LONGEST and (found := form.fullmatch(said))), None)
    return int(match[1]) if match else None


def absent(text: str) -> bool:
    """Tell whether a cell is empty, or one of the ways to write that."""
    return text.strip().casefold() in ABSENT


def scale(highest: int) -> int:
    """Return how many levels the smallest known scale has that holds the highest level seen."""
    return next((one for one in KNOWN if highest <= one), highest)


def chosen(
    columns: Sequence[tuple[str, Sequence[str]]], *, lowest: int = 1
) -> tuple[dict[int, int], dict[str, list[str]]]:
    """Return the places of the columns that hold ratings, with their highest level, and why the others are left.

    Levels are counted from 1, whatever the number of the `lowest`.

    Columns of one kind share the last part of their name ("…_type1"), or else their name but for its numbers; those
    that are alone of their kind are one kind. The largest kind gives the scale; another is taken when it reaches the
    same highest level, but those alone are not beside a kind that shares its last part: they may be codes of a choice.
    A column that nobody answered is taken with its kind; of columns that are alone, when its name begins and ends like
    all that somebody answered.
    """
    kinds, left = defaultdict[str, list[int]](list), defaultdict[str, list[str]](list)
    tails = Counter(_tail(one) for one, _ in columns)
    highest = {at: _highest(cells, lowest) for at, (_, cells) in enumerate(columns)}
    for at, (name, _) in enumerate(columns):
        if NO_RATING.search(name.casefold()):
            left["keys, flags, comments or boxes to tick"].append(name)
        elif highest[at] is None:
            left[f"no levels from {lowest} to {MOST}"].append(name)
        else:
            kinds[_kind(name, tails)].append(at)
    kinds = _together(kinds, [MARK.sub("", name) for name, _ in columns])
    tops = {kind: max((highest[at] or 0) for at in places) for kind, places in kinds.items()}
    rated = {kind: sum(bool(highest[at]) for at in places) for kind, places in kinds.items() if tops[kind] > 1}
    main = max(rated, key=lambda kind: (rated[kind], tops[kind], kind != ALONE), default=None)
    taken = dict[int, int]()
    for kind, places in kinds.items():
        kept = _kept(kind, {at: (columns[at][0].casefold(), highest[at] or 0) for at in places})
        if main is not None and tops[kind] == tops[main] and not _strange(kind, main):
            taken |= kept
            left["empty"] += [columns[at][0] for at in places if at not in kept]
        elif main is not None and tops[kind] == tops[main]:
            left[f"alone, where the others end in _{main}"] += [columns[at][0] for at in places]
        else:
            high, others = (top + lowest - 1 for top in (tops[kind], tops.get(main or "", 0)))
            reason = f"levels up to {high} where the others have {others}"
            left[reason if tops[kind] else "empty"] += [columns[at][0] for at in places]
    return dict(sorted(taken.items())), dict(left)


def _together(kinds: Mapping[str, list[int]], names: Sequence[str]) -> defaultdict[str, list[int]]:
    """Put the columns of which there is one alone of a kind, whatever the rounds, into one kind."""
    joined = defaultdict[str, list[int]](list)
    for kind, places in kinds.items():
        joined[kind if len({names[at] for at in places}) > 1 else ALONE] += places
    return joined


def _strange(kind: str, main: str) -> bool:
    """Tell whether a kind stands alone beside one whose columns share the last part of their name."""
    return kind == ALONE != main and "#" not in main and main != WORDS


def _kind(name: str, tails: Mapping[str, int]) -> str:
    """Return the kind of a column: what its name ends in, when others end so, or its name with # for numbers."""
    if " " in name:
        return WORDS
    tail = _tail(name)
    if "_" in name and tails[tail] > 1 and not tail.isdecimal():
        return tail
    return re.sub(r"\d+", "#", MARK.sub("", name).casefold())


def _tail(name: str) -> str:
    return MARK.sub("", name).casefold().rpartition("_")[2]


def _kept(kind: str, places: Mapping[int, tuple[str, int]]) -> dict[int, int]:
    """Return the columns of a kind that are taken, with their highest level; a place has its name and that level.

    What nobody answered stands with its kind; alone, when its name begins and ends with all that the others share.
    """
    family = [name for name, high in places.values() if high]
    begin, end = _common(family), _common([one[::-1] for one in family])[::-1]
    alike = " " not in kind or (len(family) > 1 and len(begin + end) >= SHARED)
    if " " not in kind:
        begin = end = ""
    return {
        at: high
        for at, (name, high) in places.items()
        if high or (alike and name.startswith(begin) and name.endswith(end))
    }


def _common(names: Sequence[str]) -> str:
    """Return with what all names begin."""
    return "".join(letters[0] for letters in takewhile(lambda met: len(set(met)) == 1, zip(*names, strict=False)))


def _highest(cells: Iterable[str], lowest: int) -> int | None:
    """Return the highest level of a column, 0 when all is empty; None when it holds something else than ratings."""
    said = [one for one in cells if not absent(one)]
    levels = [level for one in said if (level := level_of(one)) is not None]
    if any(not lowest <= level <= MOST for level in levels) or MOSTLY * (len(said) - len(levels)) > len(said):
        return None
    return max(levels, default=lowest - 1) - lowest + 1


def why(left: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Say which columns were left out, and why."""
    for reason, names in left.items():
        yield f"Columns left out ({reason}): {', '.join(names)}."
