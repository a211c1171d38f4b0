"""The shelves of the catalogue in words."""

from collections.abc import Mapping

from commons.i18n import gettext


def domain(found: str) -> str:
    """Name the domain of a threat."""
    words = {
        "physical": gettext("Bodies"),
        "legal": gettext("Law"),
        "digital": gettext("Telephones and computers"),
        "economic": gettext("Livelihood"),
        "social": gettext("Life together"),
        "psychosocial": gettext("Hearts and minds"),
        "territorial": gettext("Land and water"),
    }
    return words.get(found, gettext("Our own"))


def category(found: str) -> str:
    """Name the category of a measure."""
    words = {
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
    return words.get(found, gettext("Our own"))


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
