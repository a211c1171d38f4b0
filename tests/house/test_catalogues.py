"""Every complete language says everything the pages say, safely, and nothing they no longer say."""

import pytest

from commons import cli


@pytest.mark.parametrize(("tag", "room"), list(cli.catalogues()))
def test_the_catalogue_is_whole_and_fresh(tag: str, room: str) -> None:
    assert cli.missing(tag, room) == []
    assert cli.stale(tag, room) == []
