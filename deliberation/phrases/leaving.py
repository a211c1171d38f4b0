"""Deleting an assembly, and stopping what was agreed, in words."""

from commons import pages, quorum
from commons.acts import Act
from commons.i18n import gettext
from commons.pages import Told


def delete(_act: Act) -> Told:
    """Say what deleting the assembly does."""
    return Told(
        gettext("Delete everything of this assembly"),
        (
            (gettext("Boxes"), gettext("All are burnt unread, with their keys.")),
            (
                gettext("All the rest"),
                gettext("Cards, results, proposals, decisions, the plan and the log are erased."),
            ),
            (
                gettext("Before that"),
                gettext("Save the log and the results from the page “What was done together”, and print the plan."),
            ),
            (gettext("If you change your mind"), gettext("Several of you can stop it until the day it happens.")),
        ),
        (
            gettext("It cannot be undone. Nobody can bring anything back, not even with the machine in hand."),
            gettext("Copies and printed papers stay wherever they are. Disks keep traces of what was deleted."),
        ),
    )


def stop(act: Act) -> Told:
    """Say which agreed act would not happen."""
    found = quorum.act(act.assembly, str(act.params["act"]))
    title = pages.told(found).title if found else ""
    return Told(
        gettext("Stop what was agreed: %(title)s", title=title),
        ((gettext("Effect"), gettext("It does not happen. To do it later, propose and sign it anew.")),),
    )
