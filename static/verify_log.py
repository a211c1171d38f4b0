#!/usr/bin/env python3
"""Check the log of an assembly, with nothing but Python: no library, no network.

    python3 verify_log.py LOG.json             is the chain whole?
    python3 verify_log.py OLD.json NEW.json    ... and does the new one continue the old one?

Each entry's hash is SHA-256(0x01, previous hash, canonical JSON of assembly, day, kind, payload and seq); the first
previous hash is 32 zero bytes. Compare the head, as words, with what the assembly wrote down on paper.
"""

import hashlib
import json
import sys
import unicodedata
from pathlib import Path

SYLLABLES = [consonant + vowel for consonant in "bdfklmnprst" for vowel in "aeiou"]
HEAD_WORDS = 8
MOST_LOGS = 2
HASHED = ("assembly", "day", "kind", "payload", "seq")


def canonical(value: object) -> str:
    """Return the one JSON text of a value, as the house writes it."""
    text = one_way(value)
    composed = unicodedata.normalize("NFC", text)
    return text if composed == text else one_way(json.loads(composed))


def one_way(value: object) -> str:
    """Return a value as JSON with sorted keys and no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def once(pairs: "list[tuple[str, object]]") -> "dict[str, object]":
    """Return what stands between braces; raise ValueError when a name stands there twice: two readers could differ."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one place")
    return found


def words(head: bytes) -> str:
    """Return a head as the words that are read aloud."""
    number, said = int.from_bytes(head, "big"), []
    for _ in range(HEAD_WORDS):
        number, word = divmod(number, len(SYLLABLES) ** 2)
        said.append(SYLLABLES[word // len(SYLLABLES)] + SYLLABLES[word % len(SYLLABLES)])
    return " ".join(said)


def check(lines: "list[dict[str, object]]") -> bytes:
    """Return the head of a whole chain; raise ValueError naming the first entry that does not hold."""
    if not isinstance(lines, list):
        raise TypeError("a log is a list of entries")
    previous = bytes(32)
    for seq, line in enumerate(lines):
        part = {name: line[name] for name in HASHED}
        if set(line) != {*HASHED, "hash", "previous"}:
            raise ValueError(f"entry {seq}: it says something that no hash covers")
        digest = hashlib.sha256(b"\x01" + previous + canonical(part).encode()).digest()
        if line["seq"] != seq or line["assembly"] != lines[0]["assembly"]:
            raise ValueError(f"entry {seq}: out of order or from another assembly")
        if line["previous"] != previous.hex() or line["hash"] != digest.hex():
            raise ValueError(f"entry {seq}: it was changed, or something before it was")
        previous = digest
    return previous


def main(paths: "list[str]") -> int:
    """Say whether each log is whole, and whether the second continues the first; return 0 when all holds."""
    if not 1 <= len(paths) <= MOST_LOGS or "--help" in paths or "-h" in paths:
        print(__doc__)
        return 2
    logs = []
    for path in paths:
        try:
            logs.append(json.loads(Path(path).read_text("utf-8"), object_pairs_hook=once))
            head = check(logs[-1])
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            print(f"{path}: NOT WHOLE. {error}")
            return 1
        print(f"{path}: whole, {len(logs[-1])} entries. Head: {words(head)}")
    if len(logs) < MOST_LOGS:
        return 0
    old, new = logs
    if [line["hash"] for line in new[: len(old)]] != [line["hash"] for line in old]:
        print("The new log does NOT continue the old one: something was rewritten or cut off.")
        return 1
    print(f"The new log continues the old one, with {len(new) - len(old)} more entries.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
