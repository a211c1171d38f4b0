"""The demonstration: invented places whose months were lived through the house's own acts, then served.

Cards, passphrases and answers come from a published seed, so that anybody can draw them again: nothing is secret here.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import click
from flask.cli import with_appcontext

from commons import access, clock
from commons import assembly as assemblies
from commons.cli import PORT, alone, ready, refuse_real, refuse_taken, serve_forever, start_over
from commons.security import entropy
from commons.settings import here
from deliberation.actions import proposals
from deliberation.actions.proposals import How
from deliberation.cli import beyond, crowd, story, surroundings
from deliberation.cli.life import Life, born
from deliberation.domain.protocol import Contact
from deliberation.queries.demonstration import Shown, file, kept, shown
from surveys import door
from surveys.domain.cards import show, show_witness, witness

MONTHS_AGO = timedelta(days=150)
FRESH = timedelta(days=10)  # the act that waits lapses a day later
SHOWN_CARDS = 8
Progress = Callable[[str], None]


def live(tell: Progress) -> tuple[Shown, ...]:
    """Live the three places' past and return what to show of them. The clock stands at today when it ends."""
    began = datetime.now(UTC) - MONTHS_AGO
    with entropy.seeded(crowd.published()), clock.stopped(began) as time:
        random = Random(crowd.SEED)  # noqa: S311 - a published seed, nothing secret comes of it
        shown, told = [], dict[str, str]()
        for place, past in ((story.FORTY, forty), (story.SIXTEEN, sixteen), (story.SIX, six)):
            time.move(seconds=(began - clock.now()).total_seconds())
            tell(f"Living the months of {place.title} ({place.members} people) …")
            life = born(place, time, random)
            boxes = past(life)
            told[place.title] = boxes.pop("document", "")
            shown.append(_shown(life, boxes))
        time.move(seconds=(began - clock.now()).total_seconds())
        tell("Putting together what they decided apart …")
        life = born(beyond.SPRINGS, time, random)
        shown.append(_shown(life, beyond.together(life, told)))
        _until(life, days_before=0)
        return tuple(shown)


def forty(life: Life) -> dict[str, str]:
    """Live the place of forty people, three voices: from a practice box to a plan, with boxes open and waiting."""
    practice = life.ask("practice", "practice", days=2)
    life.answer(practice, {}, people=32)
    life.wait(4)
    life.count(practice)
    life.settle()
    first = life.table(story.ADOPT_PROTOCOL, story.FORTY.threats[:1], protocol=story.PROTOCOL)
    life.amend(first)
    life.decide_aloud(first)
    bell = beyond.agree_beforehand(life)
    baseline = life.ask("baseline", "short-baseline")
    life.compare(life.answer(baseline, story.BASELINE_FORTY))
    life.wait(9)
    life.count(baseline)
    document = beyond.hand_over(life)
    boxes = _alert_tree(life)
    company = {"company": Contact.MEET}
    life.table(story.MEETING, ("T12",), serves=("together",), contacts=company)
    return {"practice": practice, "baseline": baseline, **boxes, **_present(life, bell), "document": document}


def _alert_tree(life: Life) -> dict[str, str]:
    """Take a proposal through a round that returns it, an answered reservation, and a round that adopts it."""
    tree = life.table(story.ALERT_TREE, ("T12", "T17"), serves=("together",), measure="M09")
    life.amend(tree)
    surroundings.talk_over(life, tree)
    first = life.round(tree, story.FIRST_ROUND)
    life.wait(6)
    life.count(first)
    life.company.act("deliberation.go_on", {"proposal": tree})
    _meet(life, tree)
    life.amend(tree, story.ALERT_TREE_AMENDED)
    second = life.round(tree, story.SECOND_ROUND)
    life.wait(6)
    life.count(second)
    beyond.win(life, life.ratify(tree))
    _meet(life, tree)
    return {"first": first, "second": second, "tree": tree}


def _meet(life: Life, slug: str) -> None:
    """Meet each objection of the last round in its own words."""
    for raised in life.raised(slug):
        how, words = story.REPLIES[raised]
        proposals.reply(life.assembly, slug, raised, How(how), words)


def _present(life: Life, bell: str) -> dict[str, str]:
    """Leave one box released, one closed that waits for keys, and one open, at the day the visitor comes.

    That day a hall sits too, and somebody wrote down that the `bell` had rung.
    """
    _until(life, days_before=20)
    pulse = life.ask("pulse", "pulse", days=3)
    life.answer(pulse, story.CALM_PULSE, people=36)
    life.wait(5)
    life.count(pulse)
    _until(life, days_before=7)
    complaint = life.table(story.COMPLAINT, ("T12",), serves=("nobody-alone",), measure="M18")
    life.amend(complaint)
    waiting = life.round(complaint, story.WAITING_ROUND, days=2)
    _until(life, days_before=3)
    life.company.act("surveys.count", {"survey": waiting}, signers=(1,))
    _until(life, days_before=0)
    surroundings.notice(life)
    still_open = life.ask("pulse", "pulse", days=21)
    life.answer(still_open, story.CALM_PULSE, people=12)
    beyond.rang(life, bell)
    hall = beyond.gather(life)
    return {"pulse": pulse, "waiting": waiting, "open": still_open, "complaint": complaint, "hall": hall}


def _until(life: Life, *, days_before: int) -> None:
    """Let days go by until so many days before the visitor comes."""
    days = (datetime.now(UTC) - clock.now()).days - days_before
    if days > 0:
        life.wait(days)


def sixteen(life: Life) -> dict[str, str]:
    """Live the place of sixteen people: few enough that everything is told in bands."""
    life.settle()
    first = life.table(story.ADOPT_PROTOCOL, life.place.threats[:1], protocol=story.PROTOCOL)
    life.amend(first)
    life.decide_aloud(first)
    baseline = life.ask("baseline", "short-baseline", carry=story.CARRY_SIXTEEN)
    life.answer(baseline, story.BASELINE_SIXTEEN)
    life.wait(9)
    life.count(baseline)
    tree = life.table(story.ALERT_TREE, ("T13",), serves=("together",), measure="M09")
    life.amend(tree)
    box = life.round(tree, story.SECOND_ROUND)
    life.wait(6)
    life.count(box)
    life.ratify(tree)
    return {"baseline": baseline, "round": box, "document": beyond.hand_over(life)}


def six(life: Life) -> dict[str, str]:
    """Live the place whose box ended with six answers: too few to open."""
    _until(life, days_before=5)
    box = life.ask("practice", "practice", days=2)
    life.answer(box, {}, people=6)
    life.wait(4)
    return {"six": box}


def _shown(life: Life, boxes: dict[str, str]) -> Shown:
    place = life.assembly
    return Shown(
        slug=place.slug,
        word=access.reading_word(place),
        cards=[show(card) for card in life.spare[:SHOWN_CARDS]],
        used=[show(person.card) for person in life.people[:1]],
        witness=_witness(life, boxes),
        passphrases=dict(life.company.passphrases),
        boxes=boxes,
        beside=life.beside,
    )


def _witness(life: Life, boxes: dict[str, str]) -> str:
    """Return the number that the first used card has in the box that waits for its keys."""
    waiting = door.survey(life.assembly, boxes.get("waiting", ""))
    return show_witness(witness(life.people[0].card, waiting.number)) if waiting else ""


def keep(places: tuple[Shown, ...]) -> None:
    """Keep what to show for the next start: whole, or not at all."""
    fresh = file().with_suffix(".new")
    data = {"day": clock.now().date().isoformat(), "edition": edition(), "places": [asdict(one) for one in places]}
    fresh.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    fresh.replace(file())


def edition() -> str:
    """Return a fingerprint of the story and of how it is lived: a demonstration of another one is out of date."""
    told = (path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return sha256(b"\0".join(told)).hexdigest()


def outdated(*, again: bool) -> str:
    """Say in one sentence why the demonstration must be lived now; nothing while the last one holds."""
    before, age = kept(), timedelta(0)
    if before is not None:
        age = abs(clock.now().date() - before.day)
    if again:
        return "Starting over, as you asked: what visitors did here is thrown away."
    if before is None and not assemblies.listed():
        return "Making the demonstration, once: this takes a minute or two."
    if before is None:
        return "The demonstration was left unfinished, or made by another version: it is made again."
    if before.edition != edition():
        return "The story of the demonstration has changed since it was made: it is made again."
    if age > FRESH:
        return f"The demonstration is {age.days} days old and its boxes have ended: it is made again, up to today."
    return ""


def make(*, again: bool, tell: Progress) -> None:
    """Live the demonstration if there is none, if it is out of date, or if it is asked for again."""
    ready()
    refuse_real()
    why = outdated(again=again)
    if not why:
        return
    with alone():
        tell(why)
        file().unlink(missing_ok=True)  # an interrupted life is never taken for a whole one
        if assemblies.listed():
            start_over()
        keep(live(tell))


@click.command("demo")
@click.option("--port", default=PORT, show_default=True, help="The port to listen on, on this machine only.")
@click.option("--again", is_flag=True, help="Start over: throw away what visitors did, and live it again up to today.")
@click.option("--prepare", is_flag=True, help="Make the demonstration and stop, without serving it.")
@with_appcontext
def demo(port: int, *, again: bool, prepare: bool) -> None:
    """Show an invented assembly at work: nothing in it is secret."""
    if not here().settings.demonstration:
        raise click.ClickException("Start the demonstration with: python3 run.py demo")
    if not prepare:
        refuse_taken(port)
    make(again=again, tell=click.echo)
    _say(port)
    if not prepare:
        serve_forever(port)


def _say(port: int) -> None:
    click.echo(f"\nOpen http://127.0.0.1:{port}/demo for a guided walk of ten minutes. Nothing here is secret.\n")
    for one in shown():
        click.echo(f"  {one.slug:9} http://127.0.0.1:{port}/en/{one.slug}/   reading word: {one.word}")
        click.echo(f"            unused cards: {' · '.join(one.cards[:2])}")
        for slot, words in one.passphrases.items():
            click.echo(f"            facilitator {slot}: {words}")
    click.echo("\nStop with Ctrl+C.")
