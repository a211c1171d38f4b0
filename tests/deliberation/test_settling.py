"""Nothing is settled by default; what was settled changes by several, after a delay."""

from datetime import UTC, datetime

import pytest

from commons import clock, log, quorum
from commons.assembly import load
from commons.quorum import Refused
from deliberation.actions import records, settling
from deliberation.queries import catalogue, settled
from tests.deliberation.gathering import PEOPLE, Gathering, gathering

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
STEPS = {"steps": {str(level): {"en": f"level {level}"} for level in range(1, 5)}}
pytestmark = pytest.mark.usefixtures("app")


def preset(code: str) -> dict[str, object]:
    return next(rule.preset for rule in catalogue.rules() if rule.code == code)


def test_a_new_assembly_has_settled_nothing() -> None:
    found = settled.collective(gathering().assembly)

    assert (found.rule, found.priority, found.voices, found.members, found.alert) == (None, "", (), 0, 1)


@pytest.mark.parametrize("code", ["R1", "R2", "R3", "R4", "R5", "R6"])
def test_an_assembly_chooses_its_rule_and_says_who_it_is(code: str) -> None:
    here = gathering()

    here.settle(code, members=14)

    found = settled.collective(here.assembly)
    assert found.rule == next(rule.rule for rule in catalogue.rules() if rule.code == code)
    assert (found.priority, found.members) == ("each_voice", 14)
    assert [voice.code for voice in found.voices] == ["river", "hill"]
    assert [(first.isoformat(), last.isoformat()) for first, last in found.quiet] == [("2026-05-01", "2026-05-07")]


def test_choosing_takes_one_more_than_k() -> None:
    here = gathering()
    params = {
        "preset": preset("R1"),
        "priority": "whole",
        "wording": records.word(here.assembly, PEOPLE),
        "members": 9,
    }

    assert here.sign("deliberation.choose", params, 3) is None
    assert settled.collective(here.assembly).rule is None
    assert here.sign("deliberation.choose", params, 4) is not None


def test_what_is_chosen_is_not_chosen_twice() -> None:
    here = gathering()
    here.settle()

    with pytest.raises(Refused, match="chosen_already"):
        here.settle()


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"preset": {"id": "R1"}}, "no_such_rule"),
        ({"preset": "R1"}, "no_such_rule"),
        ({"priority": "leader"}, "no_such_priority"),
        ({"members": 4}, "members_below_floor"),
        ({"members": "all"}, "members_below_floor"),
        ({"wording": "00"}, "no_such_words"),
        ({"wording": "words"}, "no_such_words"),
    ],
)
def test_a_choice_that_says_too_little_is_refused(params: dict[str, object], code: str) -> None:
    here = gathering()
    whole = {
        "preset": preset("R1"),
        "priority": "whole",
        "wording": records.word(here.assembly, PEOPLE),
        "members": 9,
    }

    with pytest.raises(Refused, match=code):
        here.act("deliberation.choose", **(whole | params))


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ({"voices": [{"id": "one", "words": {"en": "One"}}]}, "two_to_four_voices"),
        ({"voices": [{"id": "one", "words": {"en": "One"}}] * 2}, "two_to_four_voices"),
        ({"voices": [{"id": "one"}, {"id": "two", "words": {"en": "Two"}}]}, "two_to_four_voices"),
        ({"quiet": [["2026-05-07", "2026-05-01"]]}, "two_days"),
        ({"quiet": [["soon"]]}, "two_days"),
        ({"quiet": ["2026-05-07"]}, "two_days"),
    ],
)
def test_voices_and_quiet_days_are_checked(people: dict[str, object], code: str) -> None:
    here = gathering()
    wording = records.word(here.assembly, people)

    with pytest.raises(Refused, match=code):
        here.act("deliberation.choose", preset=preset("R1"), priority="whole", wording=wording, members=9)


def test_an_assembly_may_name_no_voice() -> None:
    here = gathering()
    wording = records.word(here.assembly, {})

    here.act("deliberation.choose", preset=preset("R1"), priority="whole", wording=wording, members=9)

    assert settled.collective(here.assembly).voices == ()


def test_rule_voices_and_thresholds_change_after_a_delay() -> None:
    with clock.stopped(START) as time:
        here = gathering()
        here.settle("R1")
        here.later("deliberation.rule", time, preset=preset("R4"), priority="whole")
        here.later("deliberation.voices", time, wording=records.word(here.assembly, {}), members=20)
        here.later("deliberation.threshold", time, k=4, t=2)

    found, assembly = settled.collective(here.assembly), load(here.assembly.id)
    assert found.rule is not None
    assert (found.rule.name, found.priority, found.voices, found.members) == ("R4", "whole", (), 20)
    assert (assembly.k, assembly.t) == (4, 2)


@pytest.mark.parametrize(
    ("kind", "params", "code"),
    [
        ("deliberation.rule", {}, "nothing_chosen_yet"),
        ("deliberation.voices", {}, "nothing_chosen_yet"),
        ("deliberation.threshold", {"k": 2, "t": 1}, "more_than_half"),
        ("deliberation.threshold", {"k": 6, "t": 1}, "more_than_half"),
        ("deliberation.threshold", {"k": 3, "t": 0}, "infiltrators_only_raised"),
        ("deliberation.threshold", {"k": 3, "t": 5}, "infiltrators_only_raised"),
        ("deliberation.threshold", {}, "more_than_half"),
    ],
)
def test_a_change_that_would_weaken_the_circle_is_refused(kind: str, params: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        gathering().act(kind, **params)


def agree(here: Gathering, signers: int, **params: object) -> None:
    assert here.sign("deliberation.threshold", params, signers) is None


def test_of_acts_that_fall_due_together_the_second_meets_what_the_first_changed() -> None:
    with clock.stopped(START) as time:
        here = gathering()
        for t in (4, 3):
            agree(here, 5, k=3, t=t)
            time.move(days=1)
        time.move(days=5)
        quorum.carry_out_due(here.assembly)
        here.assembly = load(here.assembly.id)
        raised = here.assembly.t
        for k, signers in ((5, 5), (3, 4)):
            agree(here, signers, k=k, t=4)
            time.move(days=1)
        time.move(days=5)
        quorum.carry_out_due(here.assembly)

    assert (raised, load(here.assembly.id).k) == (4, 5)
    assert len(log.entries(here.assembly, kind="act.dropped")) == 2


def test_thresholds_do_not_change_under_an_open_box() -> None:
    here = gathering()
    here.settle()
    here.draw()
    here.open(here.pulse())

    with pytest.raises(Refused, match="boxes_open"):
        here.act("deliberation.threshold", k=4, t=1)


def steps(here: Gathering) -> None:
    here.act("deliberation.steps", wording=records.word(here.assembly, STEPS))


def test_an_alert_level_is_held_at_once_when_its_steps_are_agreed() -> None:
    here = gathering()
    with pytest.raises(Refused, match="no_agreed_steps"):
        settling.hold_alert(here.assembly, 3)
    steps(here)

    settling.hold_alert(here.assembly, 3)
    settling.hold_alert(here.assembly, 3)

    found = settled.collective(here.assembly)
    assert (found.alert, found.steps[3]) == (3, {"en": "level 3"})
    assert [line.payload for line in log.entries(here.assembly, kind="alert")] == [{"level": 3}]


def test_steps_are_agreed_for_all_four_levels() -> None:
    here = gathering()
    wording = records.word(here.assembly, {"steps": {"1": {"en": "calm"}}})

    with pytest.raises(Refused, match="four_levels"):
        here.act("deliberation.steps", wording=wording)


def test_words_nobody_put_in_force_are_forgotten_after_a_month() -> None:
    with clock.stopped(START) as time:
        here = gathering()
        wording = records.word(here.assembly, STEPS)
        assert records.word(here.assembly, STEPS) == wording
        time.move(days=30)
        records.forget_words(here.assembly)
        assert records.worded(here.assembly, {"wording": wording})
        time.move(days=1)
        records.forget_words(here.assembly)

        with pytest.raises(Refused, match="no_such_words"):
            records.worded(here.assembly, {"wording": wording})
