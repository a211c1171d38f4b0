"""The command that replays an exported conversation, in a place of its own that is thrown away afterwards."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask.cli import with_appcontext

from commons import assembly as assemblies
from commons.cli import ready
from commons.quorum import Refused
from commons.settings import HOUSE, here
from deliberation.cli.outcome import told, written
from deliberation.cli.polis import Export, NotAnExport, read
from deliberation.cli.replaying import Settled
from deliberation.cli.replaying import replay as live
from deliberation.domain.measures import PLACES
from deliberation.queries import catalogue
from deliberation.queries.catalogue import RuleCard
from surveys.domain.cards import MOST_CARDS
from surveys.domain.disclosure import least

RULES = tuple(rule.code for rule in catalogue.rules())
USUAL = "R2"
FEWEST, MOST = 2, 4
folder_of = click.Path(file_okay=True, path_type=Path)


@click.command("replay", short_help="Replay the export of a Polis conversation.")
@click.argument("folder", type=folder_of)
@click.option("--voices", metavar="COLUMN", default="", help="The column that names each person's voice: group-id.")
@click.option("--json", "out", metavar="OUT", type=folder_of, help="Write all that came out to this file.")
@click.option("--rule", type=click.Choice(RULES), default=USUAL, show_default=True, help="How it is decided.")
@click.option("--stage", type=click.IntRange(1), help="The stage of the rule, from 1; its last one by default.")
@click.option("--infiltrators", type=click.IntRange(1, 4), default=2, show_default=True, help="How many to assume.")
@click.option("--places", type=click.IntRange(1, 20), default=PLACES, show_default=True, help="How many to choose.")
@click.option("--here", "inside", is_flag=True, hidden=True, help="In this instance, which was made for it.")
@with_appcontext
def replay(
    folder: Path,
    out: Path | None,
    *,
    voices: str,
    rule: str,
    stage: int | None,
    infiltrators: int,
    places: int,
    inside: bool,
) -> None:
    """Replay a Polis export in FOLDER through cards, a sealed box and several keys, and say what comes out.

    Nothing is kept: the assembly lives in a temporary place that is thrown away. An agreement becomes full support, a
    disagreement a disagreement, a pass "more discussion first"; what a person did not see stays unanswered.
    """
    try:
        export, (card, chosen) = read(folder), _rule(rule, stage)
        settled = Settled(card, chosen, infiltrators, places, voices)
        _check(export, settled, out)
    except NotAnExport as fault:
        raise click.ClickException(str(fault)) from None
    if inside:
        _here(export, settled, out)
    else:
        sys.exit(_apart(folder, settled, out))


def _rule(code: str, stage: int | None) -> tuple[RuleCard, int]:
    """Return a rule and its stage, from 0. Raises `NotAnExport` for a stage the rule does not have."""
    card = next(one for one in catalogue.rules() if one.code == code)
    stages = len(card.rule.stages)
    if stage is not None and stage > stages:
        raise NotAnExport(f"The rule {code} has {stages} stage{'s' if stages > 1 else ''}; there is no stage {stage}.")
    return card, (stage or stages) - 1


def _check(export: Export, settled: Settled, out: Path | None) -> None:
    """Refuse, before anything is done, what could not be ended. Raises `NotAnExport`."""
    floor, ballots = least(settled.infiltrators), sum(bool(person.votes) for person in export.people)
    if ballots < floor:
        raise NotAnExport(f"Only {ballots} people voted: a box with fewer than {floor} ballots is never opened.")
    if len(export.people) > MOST_CARDS:
        raise NotAnExport(f"At most {MOST_CARDS} cards can be drawn at once; there are {len(export.people)} people.")
    groups = export.groups(settled.column) if settled.column else ()
    if settled.column and not FEWEST <= len(groups) <= MOST:
        raise NotAnExport(f"An assembly names two to four voices; “{settled.column}” has {len(groups)}.")
    if out is not None and not out.absolute().parent.is_dir():
        raise NotAnExport(f"There is no folder {out.absolute().parent} to write {out.name} in.")


def _here(export: Export, settled: Settled, out: Path | None) -> None:
    """Live it in this instance, which must be an empty demonstration: it will be full of invented people."""
    ready()
    if not here().settings.demonstration or assemblies.listed():
        raise click.ClickException("A replay needs a place of its own: leave --here aside.")
    try:
        replayed = live(export, settled, lambda line: click.echo(line, err=True))
    except Refused as refused:
        raise click.ClickException(f"The house refuses this: {refused}.") from None
    for line in told(export, settled, replayed):
        click.echo(line)
    if out is not None:
        data = written(export, settled, replayed)
        out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
        click.echo(f"\nWritten to {out}", err=True)


def _apart(folder: Path, settled: Settled, out: Path | None) -> int:
    """Run the same command in an instance that is thrown away, and return how it ended."""
    words = ["--rule", settled.card.code, "--stage", settled.stage + 1, "--voices", settled.column]
    words += ["--infiltrators", settled.infiltrators, "--places", settled.places, *(["--json", out] if out else [])]
    with TemporaryDirectory(prefix="palabre-replay-") as place:
        around = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        around |= {"PALABRE_INSTANCE": place, "PALABRE_DEMO": "1"}
        again = [sys.executable, "-m", "flask", "--app", HOUSE / "app.py", "deliberation", "replay", "--here"]
        said = [str(word) for word in (*again, *words, "--", folder)]
        return subprocess.run(said, env=around, check=False).returncode  # noqa: S603 - the words are the person's own
