"""The shelves of the catalogue in words."""

from collections.abc import Mapping

from commons.i18n import gettext


def domains() -> Mapping[str, str]:
    """Name the domains of life a threat may be in."""
    return {
        "physical": gettext("Bodies"),
        "legal": gettext("Law"),
        "digital": gettext("Telephones and computers"),
        "economic": gettext("Livelihood"),
        "social": gettext("Life together"),
        "psychosocial": gettext("Hearts and minds"),
        "territorial": gettext("Land and water"),
    }


def domain(found: str) -> str:
    """Name the domain of a threat."""
    return domains().get(found, gettext("Our own"))


def categories() -> Mapping[str, str]:
    """Name the categories of measures."""
    return {
        "organisation": gettext("Organisation"),
        "territory": gettext("Land and direct action"),
        "alert": gettext("Alert"),
        "care": gettext("Care"),
        "legal": gettext("Law"),
        "information": gettext("Information"),
        "training": gettext("Training"),
        "alliances": gettext("Alliances"),
        "advocacy": gettext("Speaking up"),
        "digital": gettext("Telephones and computers"),
        "economy": gettext("Livelihood"),
        "emergency": gettext("Emergency"),
        "root_cause": gettext("Root causes"),
    }


def category(found: str) -> str:
    """Name the category of a measure."""
    return categories().get(found, gettext("Our own"))


def levels() -> Mapping[str, str]:
    """Name where a measure acts."""
    return {"L": gettext("Here"), "N": gettext("In the country"), "I": gettext("Beyond the borders")}


def acts_on() -> Mapping[str, str]:
    """Name what a measure acts on."""
    return {
        "T": gettext("Makes the danger smaller"),
        "V": gettext("Leaves us less exposed"),
        "C": gettext("Makes us more able"),
        "R": gettext("Goes to the root"),
    }
