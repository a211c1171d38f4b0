"""Say at the console what opens an assembly's pages, when every paper it was printed on is lost."""

import click
from flask.cli import with_appcontext

from commons import assembly as assemblies
from commons.access import reading_word
from commons.cli import ready


@click.command("reading-word")
@click.argument("address")
@with_appcontext
def tell(address: str) -> None:
    """Print the reading word of the assembly at ADDRESS; it is the same for all, and changes with its cards."""
    ready()
    found = assemblies.find(address)
    if found is None:
        raise click.BadParameter("No assembly lives at that address.", param_hint="ADDRESS")
    click.echo(reading_word(found))
