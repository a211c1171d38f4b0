"""Kinds of actors, their influence and their attitude, in words."""

from collections.abc import Mapping

from commons.i18n import gettext


def categories() -> Mapping[str, str]:
    """Name what kinds of actors there are."""
    return {
        "institution": gettext("public institution"),
        "company": gettext("company"),
        "forces": gettext("police or army"),
        "armed_group": gettext("armed group"),
        "media": gettext("press, radio, social media"),
        "community": gettext("neighbouring community"),
        "organisation": gettext("organisation"),
        "belief": gettext("church, temple or elders"),
        "abroad": gettext("embassy or body from abroad"),
    }


def influence() -> Mapping[str, str]:
    """Name how much an actor can do, the most first."""
    return {
        "5": gettext("decides over us"),
        "4": gettext("much"),
        "3": gettext("somewhat"),
        "2": gettext("little"),
        "1": gettext("hardly any"),
    }


def attitude() -> Mapping[str, str]:
    """Name how an actor stands towards us."""
    return {
        "-2": gettext("against us"),
        "-1": gettext("rather against"),
        "0": gettext("undecided"),
        "1": gettext("rather with us"),
        "2": gettext("with us"),
    }
