"""The founding word: what those who found an assembly must have read on the console of the machine itself."""

import click
from flask.cli import with_appcontext

from commons.cli import ready
from deliberation.actions.founding import founding_word


@click.command("founding-word")
@with_appcontext
def tell() -> None:
    """Print the word that founding an assembly asks for; it changes with each founding."""
    ready()
    click.echo(founding_word())


def invitation() -> str:
    """Return what the console says while no assembly lives here. The database must be ready."""
    return f"The founding word, asked for there: {founding_word()}"
