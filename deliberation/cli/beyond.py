"""What the demonstration shows beyond its five steps: an alarm, what was won, a hall, assemblies deciding apart."""

import json
from collections.abc import Mapping
from datetime import timedelta
from random import Random

from commons import clock
from deliberation.actions import asking, federating, living, records
from deliberation.cli import crowd
from deliberation.cli.crowd import Leanings
from deliberation.cli.life import Life
from deliberation.cli.story import UPPER, Place, said
from deliberation.domain.federation import read_answer, write_answer
from deliberation.domain.lived import Won
from surveys import door

DELAY = 4
"""Days until an act that members read for three days has happened."""
SPRINGS = Place("springs", "Las fuentes", 3, 2, ((UPPER, 12),), ("T22",), (), 3)
"""The federation of the three places: an assembly like any other, whose people are sent by theirs."""
SHARE, FLOOR = "2/3", 2
MEETING_POINTS = said(
    "When the bell rings three times, everybody goes to the meeting points.",
    "Quand la cloche sonne trois fois, tout le monde va aux points de rencontre.",
    "Cuando la campana suena tres veces, todo el mundo va a los puntos de encuentro.",
)
WATER = said(
    "Measure the water on the same day each month, and compare what we find.",
    "Mesurer l’eau le même jour chaque mois, et comparer ce que nous trouvons.",
    "Medir el agua el mismo día cada mes, y comparar lo que encontramos.",
)
ITEMS = (
    said(
        "Keep water and blankets at the two meeting points.",
        "Garder de l’eau et des couvertures aux deux points de rencontre.",
        "Tener agua y cobijas en los dos puntos de encuentro.",
    ),
    said(
        "Take no pictures of faces at the river.",
        "Ne photographier aucun visage à la rivière.",
        "No fotografiar ninguna cara en el río.",
    ),
)
IN_THE_HALL: Leanings = {"S1": (8, 3, 1, 0, 0, 0), "S2": (0, 0, 0), "S3": (0, 0, 0, 0, 0, 1, 0)}
PLAN = {"minutes": [20, 15], "before": 10, "after": 10}
HANDS = 16
RANG_DAYS_AGO, RUNS = 2, 7


def agree_beforehand(life: Life) -> str:
    """Adopt, aloud, a measure that anybody on duty may start in an emergency; return the decision."""
    slug = life.table(MEETING_POINTS, ("T12",), serves=("together",), emergency=True)
    life.amend(slug)
    return life.decide_aloud(slug)


def rang(life: Life, decision: str) -> None:
    """Write down afterwards, alone, that the bell rang two days ago: the machine was never in its way."""
    living.start_emergency(life.assembly, decision, RUNS, clock.today(life.assembly) - timedelta(days=RANG_DAYS_AGO))


def win(life: Life, decision: str) -> None:
    """Write down what a decision won, for now."""
    again = life.day(60).isoformat()
    won = {"decision": decision, "won": Won.SAFER.value, "again": again, "heard": life.heard()}
    life.company.act("deliberation.won", won)


def gather(life: Life) -> str:
    """Open a box for each item of today's plenary; some of the hall have given in their cards. Return the first box."""
    slugs = [life.table(item, ("T12",), serves=("together",)) for item in ITEMS]
    for slug in slugs:
        life.amend(slug)
    boxes = asking.draft_rounds(life.assembly, door.shipped("round"), slugs, closes=life.day(0))
    life.company.act("surveys.sitting", {"surveys": list(boxes), "together": False, **PLAN})
    for box in boxes:
        leaning = Random(crowd.SEED)  # noqa: S311 - the published seed
        crowd.hand_in(life.assembly, box, life.people[:HANDS], IN_THE_HALL, leaning)
    return boxes[0]


def hand_over(life: Life) -> str:
    """Decide aloud what the federation asked, and let it know; return the document, as it is sent."""
    slug = life.table(WATER, life.place.threats[-1:], serves=("together",))
    life.amend(slug)
    life.decide_aloud(slug)
    life.company.act(federating.HAND_OVER, {"proposal": slug})
    life.wait(DELAY)
    answer = federating.handed_over(life.assembly, slug)
    if answer is None:
        raise LookupError(slug)
    return json.dumps(write_answer(answer))


def together(life: Life, names: Mapping[str, str]) -> dict[str, str]:
    """Live the federation: `names` are its assemblies, each with the document it sent, or with none yet."""
    life.settle()
    wording = records.word(life.assembly, {"names": list(names)})
    terms = {"share": SHARE, "floor": FLOOR, "unanimous": False, "wording": wording}
    life.company.act(federating.FEDERATE, terms)
    life.wait(DELAY)
    water = life.table(WATER, life.place.threats)
    life.amend(water)
    life.wait(60)
    for name, document in names.items():
        if document:
            _receive(life, water, name, document)
    life.company.act(federating.COMBINE, {"proposal": water})
    life.ratify(water)
    return {"water": water}


def _receive(life: Life, proposal: str, name: str, document: str) -> None:
    """Receive what one assembly sent, with the words somebody of theirs read out."""
    wording = records.word(life.assembly, {"document": document})
    answer = read_answer(json.loads(document))
    told = {"proposal": proposal, "part": federating.name_of(name), "wording": wording}
    life.company.act(federating.RECEIVE, told | {"heard": federating.words_of(answer)})
