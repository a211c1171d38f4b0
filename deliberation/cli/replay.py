"""The command that replays an exported conversation, in a place of its own that is thrown away afterwards."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask.cli import with_appcontext

from commons import access
from commons import assembly as assemblies
from commons.cli import ready, refuse_taken, serve_forever
from commons.quorum import Refused
from commons.settings import HOUSE, here
from deliberation.cli import outcome, verdicts
from deliberation.cli.polis import Export, NotAnExport, read
from deliberation.cli.replaying import Settled
from deliberation.cli.replaying import replay as live
from deliberation.cli.tabled import SHOWN, chosen, table
from deliberation.domain.measures import PLACES
from deliberation.queries import catalogue
from deliberation.queries.catalogue import RuleCard
from surveys.domain.cards import MOST_CARDS
from surveys.domain.disclosure import least

RULES = tuple(rule.code for rule in catalogue.rules())
USUAL, SUPPOSED = "R3", "R2"
"""The rule of rounds, which counts out of those who answered, since few were shown everything; of conversations."""
FEWEST, MOST = 2, 4
ROUNDS, WAYS = "rounds", ("rounds", "conversation")
ENDINGS = (signal.SIGTERM, signal.SIGHUP)
SHOWN_TO = "Rounds: table what this part of those who voted were shown; 0 tables all."
folder_of = click.Path(file_okay=True, path_type=Path)


def part(_context: click.Context, _option: click.Parameter, text: str) -> Fraction:
    """Return a part of everybody, as people write it: 1/3, or 0.5."""
    try:
        found = Fraction(text)
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if not 0 <= found <= 1:
        raise click.BadParameter(f"“{text}” is no part of everybody: write it like 1/3.")
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """How it is lived, the file all is written to, and the port its pages are then served on."""

    way: str
    out: Path | None
    port: int | None

    @property
    def rounds(self) -> bool:
        """Whether statements become proposals, decided in rounds."""
        return self.way == ROUNDS


@click.command("replay", short_help="Replay the export of a Polis conversation.")
@click.argument("folder", type=folder_of)
@click.option("--voices", metavar="COLUMN", default="", help="The column that names each person's voice: group-id.")
@click.option("--json", "out", metavar="OUT", type=folder_of, help="Write all that came out to this file.")
@click.option("--as", "way", type=click.Choice(WAYS), default=ROUNDS, show_default=True, help="How it is lived.")
@click.option("--rule", type=click.Choice(RULES), help=f"How it is decided: {USUAL} for rounds, else {SUPPOSED}.")
@click.option("--shown", metavar="PART", callback=part, default=str(SHOWN), show_default=True, help=SHOWN_TO)
@click.option("--port", type=click.IntRange(1, 65535), help="Then serve its pages here, until Ctrl+C.")
@click.option("--stage", type=click.IntRange(1), help="Conversation: the stage of the rule; its last one by default.")
@click.option("--infiltrators", type=click.IntRange(1, 4), default=2, show_default=True, help="How many to assume.")
@click.option(
    "--places", type=click.IntRange(1, 20), default=PLACES, show_default=True, help="Conversation: how many to choose."
)
@click.option("--here", "inside", is_flag=True, hidden=True, help="In this instance, which was made for it.")
@with_appcontext
def replay(  # noqa: PLR0913 - one argument an option
    folder: Path,
    out: Path | None,
    *,
    voices: str,
    way: str,
    rule: str | None,
    stage: int | None,
    shown: Fraction,
    infiltrators: int,
    places: int,
    port: int | None,
    inside: bool,
) -> None:
    """Replay a Polis export in FOLDER through cards, sealed boxes and several keys, and say what comes out.

    Nothing is kept: the assembly lives in a temporary place that is thrown away. An agreement becomes full support, a
    disagreement a disagreement, a pass standing aside; what a person did not see stays unanswered.
    """
    asked = Asked(way, out, port)
    try:
        export, (card, chosen) = read(folder), _rule(rule or (USUAL if asked.rounds else SUPPOSED), stage)
        settled = Settled(card, chosen, infiltrators, places, voices, shown)
        _check(export, settled, asked)
    except NotAnExport as fault:
        raise click.ClickException(str(fault)) from None
    if port is not None:
        refuse_taken(port)
    if inside:
        _here(export, settled, asked)
    else:
        sys.exit(_apart(folder, settled, asked))


def _rule(code: str, stage: int | None) -> tuple[RuleCard, int]:
    """Return a rule and its stage, from 0. Raises `NotAnExport` for a stage the rule does not have."""
    card = next(one for one in catalogue.rules() if one.code == code)
    stages = len(card.rule.stages)
    if stage is not None and stage > stages:
        raise NotAnExport(f"The rule {code} has {stages} stage{'s' if stages > 1 else ''}; there is no stage {stage}.")
    return card, (stage or stages) - 1


def _check(export: Export, settled: Settled, asked: Asked) -> None:
    """Refuse, before anything is done, what could not be ended. Raises `NotAnExport`."""
    floor, ballots = least(settled.infiltrators), sum(bool(person.votes) for person in export.people)
    if ballots < floor:
        raise NotAnExport(f"Only {ballots} people voted: a box with fewer than {floor} ballots is never opened.")
    if len(export.people) > MOST_CARDS:
        raise NotAnExport(f"At most {MOST_CARDS} cards can be drawn at once; there are {len(export.people)} people.")
    groups = export.groups(settled.column) if settled.column else ()
    if settled.column and not FEWEST <= len(groups) <= MOST:
        raise NotAnExport(f"An assembly names two to four voices; “{settled.column}” has {len(groups)}.")
    if asked.rounds and not chosen(export, settled.shown):
        raise NotAnExport(f"No statement was shown to {settled.shown} of those who voted: say less with --shown.")
    out = asked.out
    if out is not None and not out.absolute().parent.is_dir():
        raise NotAnExport(f"There is no folder {out.absolute().parent} to write {out.name} in.")


def _here(export: Export, settled: Settled, asked: Asked) -> None:
    """Live it in this instance, which must be an empty demonstration: it will be full of invented people."""
    ready()
    if not here().settings.demonstration or assemblies.listed():
        raise click.ClickException("A replay needs a place of its own: leave --here aside.")
    try:
        lines, data = _lived(export, settled, asked)
    except Refused as refused:
        raise click.ClickException(f"The house refuses this: {refused}.") from None
    for line in lines:
        click.echo(line)
    if asked.out is not None:
        asked.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
        click.echo(f"\nWritten to {asked.out}", err=True)
    if asked.port is not None:
        _serve(asked.port)


def _lived(export: Export, settled: Settled, asked: Asked) -> tuple[Iterator[str], dict[str, object]]:
    """Live it, and return the lines to print with all of it as data. Raises `Refused`."""

    def tell(line: str) -> None:
        click.echo(line, err=True)

    if asked.rounds:
        tabled = table(export, settled, tell)
        return verdicts.told(export, settled, tabled), verdicts.written(export, settled, tabled)
    replayed = live(export, settled, tell)
    return outcome.told(export, settled, replayed), outcome.written(export, settled, replayed)


def _serve(port: int) -> None:
    place = assemblies.listed()[0]
    click.echo(f"\nOpen http://127.0.0.1:{port}/en/{place.slug}/   reading word: {access.reading_word(place)}")
    click.echo("Stop with Ctrl+C: then all of it is thrown away.")
    serve_forever(port)


def _apart(folder: Path, settled: Settled, asked: Asked) -> int:
    """Run the same command in an instance that is thrown away, and return how it ended."""
    words = ["--rule", settled.card.code, "--stage", settled.stage + 1, "--voices", settled.column]
    words += ["--infiltrators", settled.infiltrators, "--places", settled.places]
    words += ["--as", asked.way, "--shown", settled.shown]
    words += [*(["--json", asked.out] if asked.out else []), *(["--port", asked.port] if asked.port else [])]
    with _ended_in_order(), TemporaryDirectory(prefix="palabre-replay-") as place:
        around = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        around |= {"PALABRE_INSTANCE": place, "PALABRE_DEMO": "1"}
        again = [sys.executable, "-m", "flask", "--app", HOUSE / "app.py", "deliberation", "replay", "--here"]
        said = [str(word) for word in (*again, *words, "--", folder)]
        return subprocess.run(said, env=around, check=False).returncode  # noqa: S603 - the words are the person's own


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let whoever stops the process or closes its window end it as Ctrl+C does: what is thrown away, then is."""
    before = {one: signal.signal(one, lambda number, _frame: sys.exit(128 + number)) for one in ENDINGS}
    try:
        yield
    finally:
        for one, held in before.items():
            signal.signal(one, held)
