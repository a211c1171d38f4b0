"""A small conversation, written down as Polis exports one."""

from collections.abc import Sequence
from pathlib import Path

STATEMENTS = ("Plant maize", "Plant beans", "Plant neither", "Rent the field", "Sell the field")
HEADS = {
    "votes": "timestamp,datetime,comment-id,voter-id,vote",
    "comments": "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body",
    "participants-votes": "participant,group-id,n-comments,n-votes,n-agree,n-disagree",
}


def export(folder: Path, people: Sequence[tuple[str, Sequence[str]]], statements: Sequence[str] = STATEMENTS) -> Path:
    """Write the tables of a conversation down: each person's group, and vote on each statement."""
    folder.mkdir()
    votes = [
        f"{1000 + at},then,{statement},{at},{vote}"
        for at, (_, given) in enumerate(people)
        for statement, vote in enumerate(given)
        if vote
    ]
    again = "9000,later,3,0,-1"
    texts = [f'1,then,{at},0,0,0,1,"{text}"' for at, text in enumerate(statements)]
    rows = [f"{at},{group},0,0,0,0,{','.join(given)}" for at, (group, given) in enumerate(people)]
    asked = "".join(f",{at}" for at in range(len(statements)))
    for name, lines in (("votes", [again, *votes]), ("comments", texts), ("participants-votes", rows)):
        (folder / f"{name}.csv").write_text(
            "\n".join([HEADS[name] + asked * (name == "participants-votes"), *lines]) + "\n", "utf-8"
        )
    (folder / "summary.csv").write_text("topic,What do we plant?\nviews,3\n", "utf-8")
    return folder
