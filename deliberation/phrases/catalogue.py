"""The shelves of the catalogue in words."""

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
