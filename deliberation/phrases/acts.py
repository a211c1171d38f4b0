"""The room's acts in words: what each will do exactly, before anybody signs."""

from collections.abc import Callable, Mapping

from commons import quorum
from commons.acts import Act
from commons.i18n import gettext, ngettext
from commons.pages import Told
from deliberation.actions.leaving import DELETE
from deliberation.phrases import (
    deciding,
    federating,
    leaving,
    lived,
    naming,
    risks,
    settling,
    speaking,
    turns,
    widening,
)


def when(act: Act) -> str:
    """Say how many an act takes, and when it then happens."""
    days = quorum.kinds()[act.kind].delay(act.params)
    if not days:
        return gettext("It takes %(needed)s of you, and happens as soon as enough have signed.", needed=act.needed)
    return ngettext(
        "It takes %(needed)s of you. Then members read it on their home page for one day before it happens.",
        "It takes %(needed)s of you. Then members read it on their home page for %(num)s days before it happens.",
        days,
        needed=act.needed,
    )


def kept(act: Act) -> tuple[tuple[str, str], ...]:
    """Say what remains of an act and who reads it: for every kind the same, but for the one that leaves nothing."""
    if act.kind == DELETE:
        nothing = gettext("Nothing of this act, nor of anything else: all of it goes, the log too.")
        return ((gettext("On this machine"), nothing),)
    facts = [
        (
            gettext("In the log, for whoever has the reading word"),
            gettext("That it was done, on which day, and how many signed. Never which places."),
        ),
        (
            gettext("On this machine, shown on no page"),
            gettext(
                "The signature of each place that signs. Whoever copies the machine, and knows who holds which "
                "place, learns who signed."
            ),
        ),
    ]
    if quorum.kinds()[act.kind].delay(act.params):
        facts.append(
            (
                gettext("On the members’ home page"),
                gettext("All that stands above, from the day enough have signed until it is done or stopped."),
            )
        )
    return tuple(facts)


def unlock(_act: Act) -> Told:
    """Say what unlocking does."""
    effect = gettext("Acts can be signed again. Nothing else changes.")
    return Told(gettext("Unlock the circle"), ((gettext("Effect"), effect),))


def admit(act: Act) -> Told:
    """Say what admitting a place does."""
    effect = gettext("This place can sign acts for one year, and gets a share of every box opened from then on.")
    return Told(
        gettext("Admit place %(slot)s to the circle", slot=act.params["slot"]),
        ((gettext("Effect"), effect), (gettext("Its key"), act.touches["public_key"][:16])),
        (gettext("Let the person read these signs of their key aloud, and compare."), turns.never_twice()),
    )


def end(act: Act) -> Told:
    """Say what ending a term does."""
    effect = gettext("This place can sign no more. It may still hand over its shares of boxes opened before.")
    return Told(
        gettext("End the term of place %(slot)s", slot=act.params["slot"]),
        ((gettext("Effect"), effect),),
        (gettext("The place concerned does not sign. Members see this act before it takes effect."),),
    )


TELLERS: Mapping[str, Callable[[Act], Told]] = {
    "deliberation.unlock": unlock,
    "deliberation.admit": admit,
    "deliberation.end": end,
    "deliberation.turn": turns.turn,
    "deliberation.lot": turns.lot,
    "deliberation.draw": turns.draw,
    "deliberation.choose": settling.choose,
    "deliberation.rule": settling.rule,
    "deliberation.voices": settling.voices,
    "deliberation.terms": naming.terms,
    "deliberation.languages": speaking.change,
    "deliberation.threshold": settling.threshold,
    "deliberation.steps": settling.steps,
    "deliberation.table": risks.table,
    "deliberation.widen": widening.widen,
    "deliberation.narrow": widening.narrow,
    "deliberation.federate": federating.federate,
    "deliberation.hand_over": federating.hand_over,
    "deliberation.receive_part": federating.receive,
    "deliberation.combine": federating.combine,
    "deliberation.delete": leaving.delete,
    "deliberation.stop": leaving.stop,
    "deliberation.ratify": deciding.ratify,
    "deliberation.aloud": deciding.aloud,
    "deliberation.go_on": deciding.go_on,
    "deliberation.take_back": deciding.take_back,
    "deliberation.review": deciding.review,
    "deliberation.won": lived.winning,
    "deliberation.caucus": deciding.caucus,
}
