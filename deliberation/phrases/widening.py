"""What is shown to allies, in words."""

from commons.acts import Act
from commons.assembly import Assembly
from commons.i18n import gettext, ngettext, pick
from commons.pages import Told
from deliberation.actions.widening import DIGEST, PLAN, RESULTS
from surveys import door


def named(assembly: Assembly, what: str) -> str:
    """Name what may be opened to allies."""
    if what in {PLAN, DIGEST}:
        return gettext("Our plan") if what == PLAN else gettext("The digest of our plan")
    survey = door.survey(assembly, what.removeprefix(RESULTS))
    title = pick(survey.questionnaire.title).text if survey else what
    return gettext("The results of “%(title)s”", title=title)


def after(days: int) -> str:
    """Say how long members read an act before it happens."""
    return ngettext("After one day.", "After %(num)s days.", days)


def widen(act: Act) -> Told:
    """Say what opening something to allies does."""
    return Told(
        gettext("Show to allies: %(what)s", what=named(act.assembly, str(act.params["what"]))),
        (
            (
                gettext("Who can read it"),
                gettext("Whoever has a word made for this alone. Nothing else opens with it."),
            ),
            (gettext("What is left out"), gettext("The numbers that were counted, and every other page.")),
            (gettext("Until"), gettext("Several of you take it back, at once.")),
        ),
        (
            gettext("A word travels. Open nothing that would help whoever threatens you."),
            gettext("What was read or copied before cannot be taken back."),
        ),
    )


def narrow(act: Act) -> Told:
    """Say what taking it back does."""
    effect = gettext("The allies’ word opens nothing any more. If you show it again, the word is another.")
    return Told(
        gettext("Show to allies no more: %(what)s", what=named(act.assembly, str(act.params["what"]))),
        ((gettext("Effect"), effect),),
        (gettext("What was read or copied before cannot be taken back."),),
    )
