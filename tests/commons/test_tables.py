"""Tables of the ground, the circle and what is around hold exactly what was agreed: no name, no address, no hour."""

import pytest
from flask import Flask
from sqlalchemy import inspect

from commons.db import session

COLUMNS = {
    "assembly": "id slug title languages k t timezone",
    "session": "token assembly slot idle absolute",
    "act": "assembly id kind params expires state",
    "approval": "assembly act slot signature",
    "log": "assembly seq previous day kind payload hash",
    "facilitator": "assembly slot passphrase second public_key seed term",
    "collective": "assembly rule priority voices members quiet alert steps profile terms path",
    "actor": "assembly id code words content",
    "demand": "assembly id slug content made due answered answer state",
    "incident": "assembly id threat sign month",
    "part": "assembly id about content day",
}
FORBIDDEN = {
    "name",
    "email",
    "phone",
    "address",
    "author",
    "user",
    "agent",
    "ip",
    "created",
    "updated",
    "time",
    "language",
}


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_has_exactly_its_columns(either: Flask, table: str) -> None:
    assert {column["name"] for column in inspect(session.connection()).get_columns(table)} == set(
        COLUMNS[table].split()
    )


def test_no_table_has_a_column_that_could_say_who_or_when(app: Flask) -> None:
    seen = inspect(session.connection())
    found = {f"{table}.{one['name']}" for table in seen.get_table_names() for one in seen.get_columns(table)}

    assert {one for one in found if one.split(".")[1] in FORBIDDEN} == set()
