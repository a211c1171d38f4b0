"""Every complete language says everything the pages say, safely, and nothing they no longer say."""

import re

import pytest

from commons import cli, i18n


@pytest.mark.parametrize(("tag", "room"), list(cli.catalogues()))
def test_the_catalogue_is_whole_and_fresh(tag: str, room: str) -> None:
    assert cli.missing(tag, room) == []
    assert cli.stale(tag, room) == []


@pytest.mark.parametrize("room", i18n.ROOMS)
def test_no_french_line_begins_with_a_mark(room: str) -> None:
    """A plain space before a high mark lets a line begin with it: only a hard one stands there."""
    said = [form for message in i18n.catalogue("fr", room) if message.id for form in i18n.forms(message.string)]

    assert said
    assert [text for text in said if re.search(r" [:;?!»]|« ", text)] == []
