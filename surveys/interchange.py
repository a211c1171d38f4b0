"""Questionnaires that come from files: the instruments shipped with the house."""

import json
from functools import lru_cache
from pathlib import Path

from surveys.domain.questionnaire import Questionnaire
from surveys.domain.reading import read

FOLDER = Path(__file__).parent / "questionnaires"
SHIPPED = ("short-baseline", "baseline", "pulse", "practice", "round")


@lru_cache(maxsize=len(SHIPPED))
def shipped(name: str) -> Questionnaire:
    """Return a shipped instrument. Raises KeyError for a name that is not in `SHIPPED`."""
    if name not in SHIPPED:
        raise KeyError(name)
    return read(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))
