"""The same questions away from the machine: on paper, and read aloud."""

from flask import request
from flask.typing import ResponseReturnValue

from commons import i18n, pages
from commons.access import member
from commons.assembly import Assembly
from surveys.domain.questionnaire import Item, Questionnaire, Section
from surveys.phrases.answering import conditions
from surveys.views.answering import find
from surveys.views.blueprint import blueprint

PARTS = ("form", "script")


@blueprint.get("/paper/<survey>")
@member
def paper(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Show the questionnaire as a paper form and as a script to read aloud, or one of them alone."""
    found = find(assembly, survey)
    part = request.args.get("part", "")
    part = part if part in PARTS else ""
    frozen, said = (found.slug, found.fingerprint.hex()), (i18n.current().tag, str(i18n.own_words()))
    key = "paper", assembly.id.hex(), assembly.title, *frozen, *said, part
    return pages.kept(
        key,
        lambda: pages.render(
            "surveys/paper.html",
            survey=found,
            part=part,
            sections=sections(found.questionnaire),
            numbers={item.key: number for number, item in enumerate(found.questionnaire.items, start=1)},
            conditions=conditions(found.questionnaire),
        ),
    )


def sections(questionnaire: Questionnaire) -> tuple[tuple[Section, tuple[Item, ...]], ...]:
    """Return each section with its items."""
    return tuple(
        (section, tuple(item for item in questionnaire.items if item.question.id in _asked(section)))
        for section in questionnaire.sections
    )


def _asked(section: Section) -> frozenset[str]:
    return frozenset(question.id for question in section.questions)
