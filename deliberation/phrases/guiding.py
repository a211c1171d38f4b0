"""The guided path and the learning page, in words. Sources are named where others can find them."""

from collections.abc import Mapping

from commons.i18n import gettext
from deliberation.domain.collective import Step

SOURCES: tuple[tuple[str, str], ...] = (
    ("Open Briefing, Collective Protection (2023)", "openbriefing.gitbook.io/collective-protection"),
    ("Open Briefing, Defenders’ Protocol", "openbriefing.gitbook.io/defenders-protocol"),
    ("Protection International, Taking Care of Us / Cuidándonos (2020)", "protectioninternational.org"),
    ("Front Line Defenders, Workbook on Security (2011)", "frontlinedefenders.org"),
    ("Protocolo de Consulta Munduruku (2014)", "rca.org.br/consulta-previa"),
    ("Natural Justice, Lamu biocultural community protocol", "naturaljustice.org"),
    ("CODHES, Manual de autoprotección (2021)", "codhes.org"),
    ("Seeds for Change, Consensus Decision Making", "seedsforchange.org.uk"),
)
"""Titles as they were published, each with where to look: read outside this machine, or printed."""


def steps() -> Mapping[Step, tuple[str, str]]:
    """Name each step of the path, and say what it is for."""
    return {
        Step.MEMBERS: (
            gettext("Who we are"),
            gettext("Say who belongs, which voices there are, and how you decide. Nobody outside can say it for you."),
        ),
        Step.CONSULT: (
            gettext("Ask everybody"),
            gettext("Ask all, also those who do not speak in meetings, and agree on the rules before the content."),
        ),
        Step.THREATS: (
            gettext("What threatens us"),
            gettext("Name threats and the signs that announce them, together: people see different things."),
        ),
        Step.NEEDS: (
            gettext("What we need and can do"),
            gettext("Look at what already protects you, then at what is missing, and for whom."),
        ),
        Step.PLAN: (
            gettext("Our plan"),
            gettext("Decide in assembly what to do, who carries it, and when to look at it again."),
        ),
        Step.REVIEW: (
            gettext("Look at it again"),
            gettext("Danger moves, and so do you: confirm, change or withdraw what was decided."),
        ),
    }


def hints() -> tuple[tuple[str, str], ...]:
    """Tell words apart that people often take for one another, each in a line."""
    return (
        (gettext("Threat"), gettext("What somebody may do to us. It comes from outside.")),
        (gettext("Risk"), gettext("How likely that is, and how much it would harm us. It changes.")),
        (gettext("Exposure"), gettext("What makes it easier to reach us. It is no weakness and nobody’s fault.")),
        (gettext("Capacity"), gettext("What we know, have and do that makes it harder.")),
        (gettext("Context"), gettext("What happens around us, whether it concerns us or not.")),
        (gettext("Measure"), gettext("What we do: so that others accept us, to protect ourselves, or to deter.")),
    )
