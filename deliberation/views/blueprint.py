"""The deliberation room's addresses hang from here."""

from flask import Blueprint

blueprint = Blueprint("deliberation", __name__, url_prefix="/<tag>/<assembly>")
founding_blueprint = Blueprint("founding", __name__, url_prefix="/<tag>")
walk_blueprint = Blueprint("walk", __name__)
