"""What acts on what stands in one table, what was decided first."""

from deliberation.domain.links import Mark, Row, links

D, C = Mark.DECIDED, Mark.COULD


def test_what_was_decided_stands_before_what_could_answer() -> None:
    could = {"M07": ("T12", "T04"), "M01": ("T04",), "M03": ("T99",)}
    decided = {"M07": {"T12"}, "decision-2": {"T04"}}

    assert links(("T12", "T04"), could, decided) == (
        Row("M07", (D, C)),
        Row("decision-2", (None, D)),
        Row("M01", (None, C)),
    )


def test_without_threats_nothing_acts() -> None:
    assert links((), {"M07": ("T12",)}, {}) == ()
