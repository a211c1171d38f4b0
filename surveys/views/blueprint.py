"""The surveys room's addresses hang from here."""

from flask import Blueprint

blueprint = Blueprint("surveys", __name__, url_prefix="/<tag>/<assembly>")
