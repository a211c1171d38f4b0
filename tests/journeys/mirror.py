"""A language nobody speaks, written from right to left: letters for letters, and a third longer than English."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib

from commons import i18n

TAG = "x-mirror"
LATIN = "abcdefghijklmnopqrstuvwxyz"
MIRRORED = "אבגדהוזחטיכלמנסעפצקרשתךםןף"
KEPT = re.compile(r"(%(?:\(\w*\))?[a-zA-Z%]?|<[^>]{0,200}>?|&\w{1,20};|\{\w*\})")
ENTRY = f"""
[{TAG}]
name = "ךארים"
dir = "rtl"
formats = "he"
fallback = []
complete = true
reviewed = true
"""


def said(text: str) -> str:
    """Return a sentence in the mirror's letters, longer by a third; what stands for something else is left alone."""
    parts = KEPT.split(text)
    turned = [
        part if at % 2 else part.lower().translate(str.maketrans(LATIN, MIRRORED)) for at, part in enumerate(parts)
    ]
    words = [word for part in turned[::2] for word in part.split()]
    return " ".join(["".join(turned), *words[: len(words) // 3]])


def write(folder: Path) -> None:
    """Write the languages there are, and the mirror beside them, into an empty folder."""
    shutil.copytree(i18n.FOLDER, folder)
    with (folder / "languages.toml").open("a", encoding="utf-8") as registry:
        registry.write(ENTRY)
    (folder / TAG).mkdir()
    for room in i18n.ROOMS:
        book = polib.pofile(str(folder / "fr" / f"{room}.po"))
        for entry in book:
            if entry.msgid_plural:
                entry.msgstr_plural = {0: said(entry.msgid), 1: said(entry.msgid_plural)}
            else:
                entry.msgstr = said(entry.msgid)
            entry.flags = []
        book.save(str(folder / TAG / f"{room}.po"))


@contextmanager
def spoken(folder: Path) -> Iterator[str]:
    """Let the house speak the mirror for a while; return its tag."""
    before = i18n.FOLDER
    write(folder)
    i18n.FOLDER = folder
    _forget()
    try:
        yield TAG
    finally:
        i18n.FOLDER = before
        _forget()


def _forget() -> None:
    i18n.languages.cache_clear()
    i18n.spoken.cache_clear()
