"""Budgets for the parts of a town in Pabulib's META: what may be spent in each neighborhood, or on each category."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from deliberation.domain.retrace import Limit
from deliberation.interchange.lines import number

KINDS = {"neighborhood": "neighborhoods", "category": "categories", "subunit": "subunits"}
"""A kind of part, as the column of the projects is called, and the line of META that lists its names."""
Sums = Mapping[str, Fraction]


def limits(meta: Mapping[str, str], told: Mapping[str, Sequence[str]]) -> tuple[tuple[Limit, ...], tuple[str, ...]]:
    """Return what may be spent on each part, and what is to be said of it.

    `told` is for each kind the part each project names; "" binds a project to the whole budget alone. Budgets without
    names of their own, and projects that name several parts or an unknown one, leave a kind out.
    """
    found, said = list[Limit](), list[str]()
    for kind, heading in KINDS.items():
        written = meta.get(f"budget_per_{kind}", "")
        if not written:
            continue
        sums = _sums(_listed(meta.get(heading, "")), _listed(written))
        fault = _fault(sums, told[kind], heading)
        if not fault:
            found += _limits(sums, told[kind])
        said.append(f"The file also sets a budget for each {kind}: {fault or APPLIED}")
    return tuple(found), tuple(said)


APPLIED = "the official outcome is compared with them; the rules here spend the whole budget."


def _listed(text: str) -> list[str]:
    return [one.strip().casefold() for one in text.strip(" []").split(",")]


def _sums(names: Sequence[str], written: Sequence[str]) -> Sums:
    """Return the budget of each part; nothing where there are not as many sums as names."""
    sums = [number(one) for one in written]
    told = [one for one in sums if one is not None]
    fair = "" not in names and len(told) == len(sums) == len(set(names)) == len(names)
    return dict(zip(names, told, strict=True)) if fair else {}


def _fault(sums: Sums, told: Sequence[str], heading: str) -> str:
    """Say why the budgets cannot be applied, "" when they can."""
    if not sums:
        return f"they are not applied, as META does not name as many {heading} as sums."
    strange = sorted({one for one in told if one and one.casefold() not in sums})
    return f"they are not applied, as projects name none or several of the {heading}: {strange[0]}." if strange else ""


def _limits(sums: Sums, told: Sequence[str]) -> Iterator[Limit]:
    for name, money in sums.items():
        yield Limit(money, frozenset(at for at, one in enumerate(told) if one.casefold() == name))
