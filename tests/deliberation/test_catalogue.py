"""The shipped catalogue: complete in three languages, every domain of life with its threats and its measures."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from deliberation.domain.presets import read_preset

FOLDER = Path(__file__).parents[2] / "deliberation" / "catalogue"
TAGS = {"en", "fr", "es"}
DOMAINS = {"physical", "legal", "digital", "economic", "social", "psychosocial", "territorial"}
LOCAL_WAYS = {"territory", "legal", "information", "training"}
LEVELS, ACTS_ON = {"L", "N", "I"}, {"T", "V", "C", "R"}

Row = Mapping[str, object]


def rows(name: str) -> list[dict[str, object]]:
    found = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    assert isinstance(found, list)
    return found


def listed(row: Row, key: str) -> list[str]:
    value = row[key]
    assert isinstance(value, list)
    return value


def words(value: object) -> list[Mapping[str, str]]:
    """Every text of a row: a mapping whose keys are languages."""
    if isinstance(value, dict):
        return [value] if TAGS & value.keys() else [one for part in value.values() for one in words(part)]
    return [one for part in value for one in words(part)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", ["threats", "measures", "rules", "glossary"])
def test_every_text_is_said_in_every_language(name: str) -> None:
    for row in rows(name):
        said = words(row)
        assert said, row["id"]
        assert [one for one in said if set(one) != TAGS or not all(one.values())] == []


@pytest.mark.parametrize(("name", "most"), [("threats", 27), ("measures", 42), ("rules", 6), ("glossary", 0)])
def test_identifiers_are_unique(name: str, most: int) -> None:
    names = [str(row["id"]) for row in rows(name)]

    assert len(set(names)) == len(names)
    assert not most or len(names) == most


@pytest.mark.parametrize("name", ["threats", "measures", "glossary"])
@pytest.mark.parametrize("tag", sorted(TAGS))
def test_no_two_rows_have_the_same_name(name: str, tag: str) -> None:
    names = [words(row["words"])[0][tag].casefold() for row in rows(name)]

    assert len(set(names)) == len(names)


def test_every_domain_of_life_has_a_threat_and_a_measure() -> None:
    domain_of = {str(threat["id"]): str(threat["domain"]) for threat in rows("threats")}
    answered = {domain_of[threat] for measure in rows("measures") for threat in listed(measure, "answers")}

    assert set(domain_of.values()) == DOMAINS
    assert answered == DOMAINS


def test_every_threat_is_answered_by_some_measure_and_has_warning_signs() -> None:
    threats = rows("threats")
    answered = {threat for measure in rows("measures") for threat in listed(measure, "answers")}

    assert answered == {threat["id"] for threat in threats}
    assert all(threat["signs"] for threat in threats)


def test_a_measure_says_where_it_works_and_on_what() -> None:
    for measure in rows("measures"):
        assert set(listed(measure, "levels")) <= LEVELS
        assert listed(measure, "levels")
        assert set(listed(measure, "acts_on")) <= ACTS_ON
        assert measure["root_cause"] is ("R" in listed(measure, "acts_on"))


def test_the_four_local_ways_of_the_practice_are_there() -> None:
    local = {str(measure["category"]) for measure in rows("measures") if "L" in listed(measure, "levels")}

    assert local >= LOCAL_WAYS


def test_whom_a_measure_protects_or_endangers_is_left_to_the_assembly() -> None:
    left = [(measure["protects"], measure["endangers"], measure["effort"]) for measure in rows("measures")]

    assert left == [([], [], "")] * len(left)


def test_every_rule_is_read_by_the_code_that_decides() -> None:
    presets = [read_preset(row) for row in rows("rules")]

    assert [preset.name for preset in presets] == ["R1", "R2", "R3", "R4", "R5", "R6"]
    assert [len(preset.stages) for preset in presets] == [2, 2, 1, 1, 2, 1]


def test_every_rule_names_its_source() -> None:
    for row in rows("rules"):
        source = row["source"]
        assert isinstance(source, dict)
        assert source["author"]
        assert source["year"] > 1900


def test_a_rule_in_two_stages_says_who_goes_on_to_the_second() -> None:
    for row in rows("rules"):
        assert ("goes_on" in row) is (len(listed(row, "stages")) == 2)
