"""Where members answer: one page, one form, a look before sending, and a page that says it is in the box."""

import re
from collections.abc import Iterator
from secrets import token_bytes
from struct import unpack

from flask import abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import i18n, pages
from commons.access import member
from commons.assembly import Assembly
from surveys import queries
from surveys.actions.answering import hand_in
from surveys.actions.refusals import AlreadyAnswered, CardRefused, SurveyNotOpen
from surveys.domain.cards import show
from surveys.domain.logic import DONT_KNOW
from surveys.domain.questionnaire import Choice, Item, Section
from surveys.forms.answering import CARD, Filled, filled
from surveys.phrases import answering as phrases
from surveys.phrases.standing import standing
from surveys.queries import State, Survey
from surveys.views.blueprint import blueprint

SEND, CHANGE = "send", "change"
SHUFFLED = re.compile("<!--shuffled ([0-9]+)-->(.*?)<!--/shuffled-->", re.DOTALL)
LABEL = "</label>\n"
Told = tuple[Item, tuple[Choice, ...], str]


def find(assembly: Assembly, slug: str) -> Survey:
    """Return a survey members may know of, or end with "not found"."""
    found = queries.survey(assembly, slug)
    if found is None or found.state is State.DRAFT:
        abort(404)
    return found


@blueprint.route("/answer/<survey>", methods=["GET", "POST"])
@member
def answer(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Show the questionnaire, and take the answers."""
    found = find(assembly, survey)
    if request.method == "POST":
        return _sent(found)
    if not found.open:
        return pages.render("surveys/closed.html", survey=found, closed=standing(found))
    return pages.kept(_key(found), lambda: _whole(found), (SHUFFLED, _drawn))


def _key(survey: Survey) -> tuple[str, ...]:
    place = survey.assembly
    frozen = survey.fingerprint.hex(), survey.slug, survey.closes.isoformat()
    return "answer", place.id.hex(), place.title, *frozen, i18n.current().tag, str(i18n.own_words())


def shuffled(page: str) -> str:
    """Return the page with the choices of each shuffled question in another order, which is kept nowhere.

    Nobody can foresee it: it is drawn by the system. Each choice keeps its position as its value, and its tick; those
    that stay last stay there.
    """
    return SHUFFLED.sub(_drawn, page)


def _drawn(found: re.Match[str]) -> str:
    """Return the choices of a question in an order of numbers from the system; two are never alike in practice."""
    first, labels = int(found[1]), found[2].split(LABEL)
    numbers = unpack(f"{first}Q", token_bytes(8 * first))
    labels[:first] = [label for _, label in sorted(zip(numbers, labels[:first], strict=True))]
    return LABEL.join(labels)


def _page(survey: Survey, form: Filled | None = None, closed: str = "", *, spoken: bool = False) -> str:
    return shuffled(_whole(survey, form, closed, spoken=spoken))


def _whole(survey: Survey, form: Filled | None = None, closed: str = "", *, spoken: bool = False) -> str:
    """Return the page with its choices as they are written."""
    return pages.render(
        "surveys/answer.html",
        survey=survey,
        entries=form.entries if form else {},
        problems=form.problems if form else {},
        conditions=phrases.conditions(survey.questionnaire),
        closed=closed,
        spoken=phrases.already_answered() if spoken else "",
        in_words=queries.in_words(survey),
        shuffling=True,
    )


def _sent(survey: Survey) -> ResponseReturnValue:
    """Look at what was sent: show it again with sentences, show it for review, or put it in the box."""
    form, step = filled(survey.definition, request.form), request.form.get("step")
    if step == CHANGE or not form.fits():
        return _page(survey, form)
    if step != SEND:
        return _review(survey, form)
    try:
        hand_in(survey.assembly, survey.slug, survey.questionnaire, form.code, form.answers)
    except CardRefused:
        form.refuse(CARD, phrases.card_refused())
    except AlreadyAnswered:
        return _page(survey, form, spoken=True)
    except SurveyNotOpen:
        return _page(survey, form, standing(survey))
    else:
        return pages.evict(make_response(redirect(url_for("surveys.thanks", survey=survey.slug), 303)))
    return _page(survey, form)


def _review(survey: Survey, form: Filled) -> str:
    sections = [(section, items) for section in survey.questionnaire.sections if (items := list(_told(section, form)))]
    return pages.render(
        "surveys/review.html",
        survey=survey,
        entries=form.entries,
        sections=sections,
        unknown={key for key, answer in form.answers.items() if answer == DONT_KNOW},
        skipped=phrases.skipped(survey.questionnaire, form.answers),
        code=show(form.code),
    )


def _told(section: Section, form: Filled) -> Iterator[Told]:
    mine = {question.id for question in section.questions}
    for item in form.questionnaire.items:
        if item.question.id in mine and item.key in form.answers:
            yield item, phrases.told(item, form.answers), phrases.written(item, form.answers)


@blueprint.get("/thanks/<survey>")
@member
def thanks(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Say that it is in the box, and until when nobody can read it."""
    return pages.render("surveys/thanks.html", survey=find(assembly, survey))
