"""The front door: one application, made of its rooms. No package imports it."""

import logging

from flask import Flask

from commons import access, cli, db, errors, i18n, pages
from commons.security import instance_key
from commons.settings import HOUSE, Instance, Settings, from_environment, refuse_debug, shut
from deliberation.cli import room as deliberation_commands
from deliberation.views import room as deliberation_room
from surveys import cli as surveys_commands
from surveys.views import room as surveys_room

LARGEST_BODY = 64 * 1024
MOST_PARTS = 1000


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. The database is reached for the first time by a request or a command."""
    refuse_debug()
    settings = settings or from_environment()
    shut(settings.instance)
    key = instance_key(settings.instance / "key")
    app = Flask("palabre", root_path=str(HOUSE))
    app.extensions["palabre"] = Instance(settings, key)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=MOST_PARTS,
        TRUSTED_HOSTS=list(settings.hosts),
    )
    logging.getLogger("werkzeug").disabled = True
    db.init(app)
    i18n.init(app)
    pages.init(app, demonstration=settings.demonstration, read_only=settings.read_only)
    errors.init(app)
    app.register_blueprint(access.blueprint)
    for commands in (cli, surveys_commands, deliberation_commands):
        commands.register(app)
    for room in (surveys_room, deliberation_room):
        room.register(app)
    return app
