"""Every complete language says everything the pages say, safely, and nothing they no longer say."""

import re

import pytest

from commons import cli, i18n
from commons.terms import both


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


@pytest.mark.parametrize("tag", ["fr", "es"])
def test_a_message_that_two_rooms_speak_is_said_alike(tag: str) -> None:
    """In memory they are one: of two translations the one read last would stand on the other room's pages."""
    said: dict[object, set[tuple[str, ...]]] = {}
    for room in i18n.ROOMS:
        for message in i18n.catalogue(tag, room):
            said.setdefault(message.id, set()).add(i18n.forms(message.string))

    assert [one for one, ways in said.items() if one and len(ways) > 1] == []


ONE_FOR_ALL = re.compile(
    r"\w·|\w\(e\)|\w\(ne\)|\b(?:alliés?|infiltrés?|défenseurs?|facilitateurs?|participants?|habitants?)\b"
    r"|\b(?:de|à|par|pour|parmi|nous|vous) tous\b(?! (?:les|nos|vos|ces))"
    r"|(?<!elles et )\bceux (?:qui|qu’on)\b|\b[Cc]hacun (?:de (?:vous|nous)|doit|voit|choisit|tire|cherche)\b"
    r"|\b(?:à soi|rien faire|ne décide|me sens) seul\b|\bpour certains\b"
)


@pytest.mark.parametrize("room", i18n.ROOMS)
def test_french_speaks_of_people_in_words_for_everybody_that_are_read_out_well(room: str) -> None:
    """Words of one gender for all ("personne alliée"), or both forms written out; never a point inside a word."""
    said = [form for message in i18n.catalogue("fr", room) if message.id for form in i18n.forms(message.string)]
    ours = [both(text)[0] for text in said]

    assert said
    assert [text for text in ours if ONE_FOR_ALL.search(text)] == []


@pytest.mark.parametrize("said", ["aux allié·es", "des alliés", "nous tous", "ceux qui répondent", "chacun doit"])
def test_a_masculine_for_all_is_seen(said: str) -> None:
    assert ONE_FOR_ALL.search(said)
    assert not ONE_FOR_ALL.search("des personnes alliées, celles et ceux qui répondent, nous toutes et tous")
