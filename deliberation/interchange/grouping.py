"""Groups of opinion as Polis publishes them: …comment-groups.csv of an export, math-pca2.json of its computation."""

import json
import re
from collections import defaultdict
from math import isfinite
from pathlib import Path

from deliberation.interchange import sheets
from deliberation.interchange.election import Published, Unreadable
from deliberation.interchange.lines import number, text_of

COUNT = re.compile(r"group-([a-z])-(votes|agrees)")
TABLE, COMPUTED = "*comment-groups.csv", "*pca2.json"
Votes = defaultdict[str, dict[str, tuple[int, int]]]


def published(folder: Path) -> tuple[Published, ...]:
    """Return what each such file in a folder tells; nothing where there is none. Raises `Unreadable`."""
    tables = (_table(path) for path in sorted(folder.glob(TABLE)))
    return (*tables, *(_computed(path) for path in sorted(folder.glob(COMPUTED))))


def _table(path: Path) -> Published:
    votes = Votes(dict)
    for line, row in sheets.read(path).records():
        counts = {match.groups(): number(text) for name, text in row.items() if (match := COUNT.fullmatch(name))}
        for group in sorted({group for group, _ in counts}):
            agrees, answers = counts.get((group, "agrees")), counts.get((group, "votes"))
            if "comment-id" not in row or agrees is None or answers is None or not 0 <= agrees <= answers:
                raise Unreadable(
                    path,
                    line,
                    "It needs comment-id and, for each group, agrees and votes, no more agrees than votes.",
                    "Export the conversation again, or take this file out of the folder.",
                )
            votes[str(ord(group) - ord("a"))][row["comment-id"]] = int(agrees), int(answers)
    return Published(path.name, votes, {})


def _computed(path: Path) -> Published:
    """Return what the computation holds: for each group the agreements (A) and the answers (S) by statement.

    Groups are made of base clusters, and these of people.
    """
    try:
        found = json.loads(text_of(path))
        stated = {str(one): float(value) for one, value in found.get("group-aware-consensus", {}).items()}
        votes = {
            str(group): {str(one): (int(said["A"]), int(said["S"])) for one, said in held["votes"].items()}
            for group, held in found.get("group-votes", {}).items()
        }
        bases = found.get("base-clusters", {})
        base = dict(zip(bases.get("id", ()), bases.get("members", ()), strict=True))
        clusters = found.get("group-clusters", ())
        people = {str(one): str(held["id"]) for held in clusters for key in held["members"] for one in base[key]}
        sound = all(0 <= agrees <= answers for said in votes.values() for agrees, answers in said.values())
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        sound, stated, votes, people = False, {}, {}, {}
    if not sound or not all(map(isfinite, stated.values())):
        raise Unreadable(
            path, 0, "It is not the computation of a Polis conversation.", "Take this file out of the folder."
        )
    return Published(path.name, votes, stated, people)
