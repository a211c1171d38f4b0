"""An assembly's own words, told before they are signed."""

from collections.abc import Iterator, Mapping

from commons.acts import Act
from commons.i18n import gettext, languages
from commons.pages import Told
from commons.terms import OURS
from deliberation.actions.records import worded


def terms(act: Act) -> Told:
    """Say which words would take the place of ours."""
    effect = gettext("Every page speaks these words from then on. What was written before keeps its own.")
    return Told(
        gettext("Use words of our own"),
        (*_facts(worded(act.assembly, act.params).get("terms")), (gettext("Effect"), effect)),
    )


def _facts(said: object) -> Iterator[tuple[str, str]]:
    for term, words in sorted(said.items()) if isinstance(said, Mapping) else ():
        for tag, written in sorted(words.items()):
            yield f"{OURS[term][tag]} ({languages()[tag].name})", written
