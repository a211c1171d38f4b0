"""What people wrote: read by the two facilitators it was sealed to, said in other words, published by several."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import i18n, pages, quorum
from commons.access import Actor, facilitator
from commons.quorum import Keys, NotUnlocked, Refused
from surveys import queries
from surveys.actions.wording import reword
from surveys.domain.questionnaire import Item, Kind, Words
from surveys.forms.wording import PASSPHRASE, Reworded
from surveys.phrases import circle as phrases
from surveys.queries import Survey
from surveys.views.blueprint import blueprint
from surveys.views.boxes import find

Heard = tuple[Item, tuple[str, ...], tuple[Words, ...]]


@blueprint.route("/circle/surveys/<survey>/texts", methods=["GET", "POST"])
@facilitator
def circle_texts(actor: Actor, survey: str) -> ResponseReturnValue:
    """Open the texts sealed to this facilitator, and take the common words for one question."""
    found = find(actor, survey)
    heard: tuple[Heard, ...] = ()
    form = Reworded([item.key for item in _asked(found)], request.form)
    if request.method == "POST":
        try:
            heard = _heard(found, quorum.unlock(actor.assembly, actor.slot, form.sent(PASSPHRASE).said))
            if form.doubtful:
                form.refuse(form.question, phrases.maybe_a_person())
            elif form.question:
                return _proposed(actor, found, form)
        except NotUnlocked:
            form.refuse(PASSPHRASE, phrases.not_unlocked())
        except Refused as refused:
            form.refuse(form.question, phrases.refusal(refused.code))
    return pages.render(
        "surveys/texts.html",
        survey=found,
        heard=heard,
        opened=request.method == "POST" and PASSPHRASE not in form.problems,
        entries=form.entries,
        problems=form.problems,
    )


def _asked(survey: Survey) -> tuple[Item, ...]:
    return tuple(item for item in survey.questionnaire.items if item.question.kind is Kind.TEXT)


def _heard(survey: Survey, keys: Keys) -> tuple[Heard, ...]:
    """Return, for each question, the texts sealed to these keys and the common words that wait for signatures."""
    texts, waiting = queries.texts(survey, keys), queries.waiting(survey, keys)
    return tuple(
        (item, tuple(one.text for one in texts if one.question == item.key), waiting.get(item.key, ()))
        for item in _asked(survey)
    )


def _proposed(actor: Actor, survey: Survey, form: Reworded) -> ResponseReturnValue:
    said = [{i18n.current().tag: line} for line in form.lines]
    params = reword(actor.assembly, survey.slug, form.question, said, left_out=form.left_out)
    act = quorum.propose(actor.assembly, "surveys.wording", params)
    return redirect(url_for("deliberation.act", act_id=act), 303)
