"""The demonstration is made anew when it must be, and never in the place of anything real."""

from dataclasses import replace

import click
import pytest
from flask import Flask

from commons import assembly as assemblies
from commons import cli
from deliberation.actions.founding import Charter
from deliberation.cli.staging import company

CHARTER = Charter("casa", "Casa", ("en",), 2, 2, "UTC")


def told(app: Flask, **changed: object) -> Flask:
    """Give an application other settings."""
    found = app.extensions["palabre"]
    app.extensions["palabre"] = replace(found, settings=replace(found.settings, **changed))
    return app


def test_a_demonstration_never_takes_the_place_of_a_real_assembly(app: Flask) -> None:
    company(CHARTER, 3)
    told(app, demonstration=True)

    refused = app.test_cli_runner().invoke(args=["demo", "--prepare", "--port", "0"])

    assert refused.exit_code == 1
    assert "nothing in it was lost" in refused.output
    assert [place.slug for place in assemblies.listed()] == ["casa"]
    with pytest.raises(click.ClickException):
        cli.start_over()
    assert [place.slug for place in assemblies.listed()] == ["casa"]


def test_only_a_demonstration_starts_over(app: Flask) -> None:
    told(app, demonstration=True)
    company(CHARTER, 3)
    told(app, demonstration=False)

    with pytest.raises(click.ClickException):
        cli.start_over()
    assert len(assemblies.listed()) == 1
    told(app, demonstration=True, database="postgresql://elsewhere")
    with pytest.raises(click.ClickException):
        cli.start_over()
    assert len(assemblies.listed()) == 1

    told(app, database="")
    cli.start_over()
    assert assemblies.listed() == ()
