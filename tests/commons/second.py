"""A second reading of what a log is, written from its description alone: it shares no line with the house's verifier.

An entry's hash is SHA-256 of byte 1, the hash before (32 zero bytes at first), and the entry as JSON: assembly, day,
kind, payload and seq, names sorted by code point, no spaces, characters composed.
"""

import json
from hashlib import sha256
from unicodedata import normalize

ESCAPED = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
NAMES = ["assembly", "day", "hash", "kind", "payload", "previous", "seq"]


class Broken(Exception):
    """The log does not hold."""


def head(text: str) -> str:
    """Return the last hash of a whole log. Raises `Broken`."""
    try:
        lines = json.loads(text, object_pairs_hook=pairs, parse_constant=refuse)
        if type(lines) is not list:
            raise Broken("no list")
        return chain(lines)[-1]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Broken(str(error)) from error


def chain(lines: list[dict[str, object]]) -> list[str]:
    """Return the hashes of a log, after the zeros it begins with. Raises `Broken`."""
    hashes = ["00" * 32]
    for place, line in enumerate(lines):
        if sorted(line) != NAMES or written(line["seq"]) != str(place) or line["previous"] != hashes[-1]:
            raise Broken(place)
        if line["assembly"] != lines[0]["assembly"]:
            raise Broken(place)
        said = written({name: line[name] for name in NAMES if name not in {"hash", "previous"}})
        if sha256(b"\x01" + bytes.fromhex(hashes[-1]) + said.encode()).hexdigest() != line["hash"]:
            raise Broken(place)
        hashes.append(str(line["hash"]))
    return hashes


def continues(old: str, new: str) -> bool:
    """Say whether a whole log goes on where another whole log ended. Raises `Broken`."""
    return head(old) in chain(json.loads(new)) if head(new) else False


def written(value: object) -> str:
    """Return a value as the one JSON text it has."""
    if isinstance(value, str):
        return '"' + "".join(ESCAPED.get(one) or low(one) for one in normalize("NFC", value)) + '"'
    if isinstance(value, dict):
        named = sorted((normalize("NFC", name), one) for name, one in value.items())
        return "{" + ",".join(f"{written(name)}:{written(one)}" for name, one in named) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    plain = {None: "null", True: "true", False: "false"}
    return plain[value] if value is None or isinstance(value, bool) else repr(value)


def low(one: str) -> str:
    """Return a character, or its number when it is a control."""
    return f"\\u{ord(one):04x}" if one < " " else one


def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a name that stands twice."""
    if len(dict(found)) < len(found):
        raise Broken("twice")
    return dict(found)


def refuse(constant: str) -> object:
    """Refuse what is no number."""
    raise Broken(constant)
