"""The command that counts an open file again, by the rules that count our own boxes, and says what comes out."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import click

from deliberation.cli import official, rated, recounting, statements
from deliberation.cli.telling import Asked, Data, NotHere, Told
from deliberation.interchange import pabulib, polis, preflib, ratings, sheets
from deliberation.interchange.election import Conversation, Election, Item, Unreadable
from deliberation.interchange.levels import MOST
from deliberation.interchange.lines import number
from deliberation.interchange.ratings import Wanted
from deliberation.queries import catalogue

Read = Election | Conversation
READERS = {".pb": pabulib.read, **dict.fromkeys((".soc", ".soi", ".toc", ".toi", ".cat"), preflib.read)}
LISTS = {"phragmen": recounting.by_phragmen, "equal-shares": recounting.by_shares, "approval": recounting.by_approval}
ORDERS = {"points": recounting.by_points}
RANKINGS = ("schulze", "ranked-pairs", "split-cycle", "borda", "copeland", "minimax")
RATINGS = "ratings"
TABLES = (*sheets.TEXTS, *sheets.WORKBOOKS)
TALKS = {"rounds": statements.by_rounds, "groups": statements.by_groups}
WAYS = tuple(rule.code for rule in catalogue.rules())
LONG = 1 << 20
"""Bytes from which on a person is told that it takes a moment."""
EXAMPLES = """\b
Examples:
  python3 run.py deliberation recount poland_warszawa_2023.pb --rule equal-shares
  python3 run.py deliberation recount club.soi --rule schulze --json out.json
  python3 run.py deliberation recount dinner.cat --rule phragmen --places 3
  python3 run.py deliberation recount conversation/ --rule rounds --way R2
  python3 run.py deliberation recount conversation/ --rule groups
  python3 run.py deliberation recount round1.xlsx --rule ratings --then round2.xlsx --columns "*_type1"
"""


def money(_context: click.Context, _option: click.Parameter, text: str | None) -> Fraction | None:
    """Return a sum of money, exactly, as people write it."""
    found = None if text is None else number(text)
    if text is not None and (found is None or found <= 0):
        raise click.BadParameter(f"“{text}” is no sum above 0: write it like 1200.50.")
    return found


def scale(_context: click.Context, _option: click.Parameter, text: str | None) -> tuple[int, int | None]:
    """Return the lowest and the highest level of a scale told as "7", "1-7" or "0-10"; no highest one if untold."""
    if text is None:
        return 1, None
    match = re.fullmatch(r"(?:([01])\s*[-–]\s*)?(\d{1,2})", text.strip())
    lowest, highest = (int(match[1] or 1), int(match[2])) if match else (1, 0)
    if not lowest < highest <= MOST:
        raise click.BadParameter(f"“{text}” is no scale: write how many levels it has, as 7, or 0-{MOST}.")
    return lowest, highest


@click.command("recount", short_help="Count an open file (.pb, PrefLib, Polis) by our rules.", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--rule", required=True, type=click.Choice([*LISTS, *ORDERS, *RANKINGS, *TALKS, RATINGS]), help="How it is counted."
)
@click.option("--places", type=click.IntRange(1), help="How many are chosen; those officially selected, or 10.")
@click.option("--budget", metavar="SUM", callback=money, help="What can be spent; what the file says.")
@click.option(
    "--worth",
    type=click.Choice(["cost", "one"]),
    default="cost",
    show_default=True,
    help="Equal shares: what an item weighs.",
)
@click.option("--leave-rest", is_flag=True, help="Equal shares: do not spend what is left.")
@click.option("--way", type=click.Choice(WAYS), default="R2", show_default=True, help="Rounds: the rule of practice.")
@click.option("--invited", type=click.IntRange(1), help="Rounds: how many were invited; those who voted.")
@click.option("--then", "second", metavar="FILE", type=click.Path(path_type=Path), help="Ratings: the next round.")
@click.option("--columns", metavar="PATTERN", default="", help="Ratings: the columns taken, as in “*_type1”.")
@click.option("--levels", metavar="LEVELS", callback=scale, help="Ratings: how many levels, or from which to which.")
@click.option(
    "--order", metavar="WORDS", default="", help="Ratings: a scale in words, the lowest first, with | between."
)
@click.option("--person", metavar="COLUMN", default="", help="Ratings: the column that tells people apart.")
@click.option(
    "--json", "out", metavar="OUT", type=click.Path(path_type=Path), help="Write all that came out to this file."
)
def recount(  # noqa: PLR0913 - one argument an option
    file: Path,
    rule: str,
    out: Path | None,
    *,
    places: int | None,
    budget: Fraction | None,
    worth: str,
    leave_rest: bool,
    way: str,
    invited: int | None,
    second: Path | None,
    columns: str,
    levels: tuple[int, int | None],
    order: str,
    person: str,
) -> None:
    """Count FILE again with the rules that count our own boxes, and say what comes out, step by step, with its ties.

    FILE is an election of Pabulib (.pb), a file of PrefLib (.soc, .soi, .toc, .toi, .cat), the folder of a
    conversation exported from Polis, or a table of ratings (.csv, .tsv, .xlsx, .xls, .ods): a row a person and a
    column an item, a row a rating, or a row an item with its counts. Nothing is kept, and nothing leaves this machine.
    """
    asked = Asked(places, budget, way, invited, per_cost=worth == "cost", complete=not leave_rest)
    _writable(out)
    try:
        if rule == RATINGS:
            wanted = Wanted(columns, *levels, person, tuple(order.split("|")) if order else ())
            lines, data = panel([file, *([second] if second else [])], wanted)
        else:
            found = read(file)
            told = counted(found, rule, asked)
            lines, data = [*_heading(file, found), *told.lines], written(file, found, rule, told)
    except (Unreadable, NotHere) as fault:
        raise click.ClickException(str(fault)) from None
    for line in lines:
        click.echo(line)
    if out is not None:
        out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
        click.echo(f"\nWritten to {out}", err=True)


def _writable(out: Path | None) -> None:
    if out is not None and not out.absolute().parent.is_dir():
        raise click.ClickException(f"There is no folder {out.absolute().parent} to write {out.name} in: make it first.")


def panel(files: Sequence[Path], wanted: Wanted) -> tuple[Sequence[str], Data]:
    """Return what the ratings in one or two tables come to, for people and as data. Raises `Unreadable`, `NotHere`."""
    for one in files:
        _there(one)
        if one.suffix.lower() not in TABLES:
            raise NotHere(f"Ratings stand in a table ({', '.join(TABLES)}); {one.name} is none. Save it as one.")
    found = [each for one in files for each in ratings.read(one, wanted)]
    top = max(one.levels for one in found)
    if any(one.levels != top for one in found):
        same = replace(wanted, highest=top + wanted.lowest - 1)
        found = [each for one in files for each in ratings.read(one, same)]
    told = rated.by_ratings(found)
    return told.lines, {"files": [one.name for one in files], "rule": RATINGS, **told.data}


def _there(file: Path) -> None:
    if not file.exists():
        raise Unreadable(file, 0, "There is no such file or folder.", "Check the path.")


def read(file: Path) -> Read:
    """Return what a file or folder holds. Raises `Unreadable`, and `NotHere` for a table."""
    if file.is_dir():
        return polis.read(file)
    reader = READERS.get(file.suffix.lower())
    _there(file)
    if file.suffix.lower() in TABLES:
        raise NotHere(f"{file.name} is a table of ratings: count it with --rule {RATINGS}.")
    if reader is None:
        raise Unreadable(
            file, 0, "This ending is not known.", f"It can read {', '.join(READERS)} and folders of Polis."
        )
    if file.stat().st_size > LONG:
        click.echo(f"Reading {file.name} …", err=True)
    return reader(file)


def counted(found: Read, rule: str, asked: Asked) -> Told:
    """Return what a rule makes of it, with the official outcome beside it where there is one. Raises `NotHere`."""
    if rule in TALKS:
        if isinstance(found, Election):
            raise NotHere(f"The rule {rule} is for a conversation of Polis. Choose one of {', '.join(LISTS)}.")
        return TALKS[rule](found, asked)
    election = recounting.as_election(found) if isinstance(found, Conversation) else found
    if sys.stderr.isatty():
        click.echo(f"Counting {election.ballots} ballots …", err=True)
    if rule in RANKINGS:
        return recounting.by_ranking(election, rule)
    if rule in ORDERS:
        return ORDERS[rule](election, asked)
    told = LISTS[rule](election, asked)
    beside = official.compared(election, told.chosen, rule)
    return Told((*told.lines, *beside.lines), told.data | beside.data, told.chosen)


def written(file: Path, found: Read, rule: str, told: Told) -> Data:
    """Return all of it as data: the same file gives the same bytes."""
    return {
        "file": file.name,
        "title": found.title,
        "rule": rule,
        "ballots": _ballots(found),
        "taken": _election(found).taken,
        "notes": list(found.notes),
        "items": [_item(item) for item in found.items],
        **told.data,
    }


def _heading(file: Path, found: Read) -> list[str]:
    lines = [
        f"{found.title}",
        f"{file.name}: {_ballots(found)} ballots, {len(found.items)} items. {_election(found).taken}",
    ]
    return [*lines, *found.notes, ""]


def _election(found: Read) -> Election:
    return recounting.as_election(found) if isinstance(found, Conversation) else found


def _ballots(found: Read) -> int:
    return len(found.votes) if isinstance(found, Conversation) else found.ballots


def _item(item: Item) -> Mapping[str, object]:
    return {"id": item.name, "words": item.words, "cost": str(item.cost), "selected": item.selected}


if __name__ == "__main__":
    recount(prog_name="run.py deliberation recount")
