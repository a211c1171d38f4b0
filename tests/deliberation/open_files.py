"""Open files as tests save them, and the command that counts them again."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from click.testing import Result
from flask import Flask

META = "META\nkey;value\ndescription;Our budget\nvote_type;approval\nbudget;10\nrule;greedy\nnum_votes;4\n"
PROJECTS = 'PROJECTS\nproject_id;cost;votes;name;selected\n1;5;3;Well;1\n2;6;2;School;0\n3;4;1;"Path; north";1\n'
VOTES = "VOTES\nvoter_id;age;vote\na;30;1,2\nb;;1\nc;41;1,2\nd;;3\n"
DINNER = "# TITLE: Dinner\n# ALTERNATIVE NAME 1: Soup\n# ALTERNATIVE NAME 2: Rice\n# ALTERNATIVE NAME 3: Maïs\n"
COMMENTS = 'comment-id,author-id,moderated,comment-body\n0,1,1,"More light, please"\n1,1,1,Less noise\n2,2,-1,Spam\n'
SAID = "timestamp,comment-id,voter-id,vote\n"


def saved(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def talk(folder: Path, people: Sequence[tuple[str, Sequence[int | None]]]) -> Path:
    """Save a conversation: for each person the published group and the votes."""
    votes = [
        f"{at},{statement},{person},{vote}\n"
        for person, (_, given) in enumerate(people)
        for at, (statement, vote) in enumerate(enumerate(given))
        if vote is not None
    ]
    saved(folder / "talk", "comments.csv", COMMENTS)
    saved(folder / "talk", "votes.csv", SAID + "".join(votes))
    table = "".join(f"{person},{group}\n" for person, (group, _) in enumerate(people))
    saved(folder / "talk", "participants-votes.csv", f"participant,group-id\n{table}")
    saved(folder / "talk", "summary.csv", "topic,Our street\nurl,x\n")
    return folder / "talk"


def counted(app: Flask, *words: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["deliberation", "recount", *map(str, words)])


def data(app: Flask, file: Path, rule: str, *words: str) -> Mapping[str, object]:
    out = file.parent / "out.json"
    result = counted(app, file, "--rule", rule, "--json", out, *words)
    assert result.exit_code == 0, result.output
    found: Mapping[str, object] = json.loads(out.read_text("utf-8"))
    return found
