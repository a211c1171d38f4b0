"""The languages an assembly writes in, told before they are signed."""

from collections.abc import Iterable

from commons.acts import Act
from commons.i18n import gettext, languages
from commons.pages import Told
from deliberation.phrases.numbers import listed

Facts = tuple[tuple[str, str], ...]


def named(tags: Iterable[str]) -> str:
    """Name languages, each as its own speakers do; one this house does not know by its tag."""
    return listed(languages()[tag].name if tag in languages() else tag for tag in tags)


def change(act: Act) -> Told:
    """Say which languages come in, which go, and what becomes of what is written."""
    given = act.params.get("languages")
    after, before = [str(tag) for tag in given] if isinstance(given, list) else [], act.assembly.languages
    gone = [tag for tag in before if tag not in after]
    facts: Facts = (
        (gettext("From then on we write in"), named(after)),
        (gettext("Comes in"), named(tag for tag in after if tag not in before) or gettext("none")),
        (gettext("Is taken out"), named(gone) or gettext("none")),
        (gettext("Effect"), gettext("Open boxes keep their languages. What is written stays as it is.")),
    )
    return Told(gettext("Change our languages"), facts, _warnings() if gone else ())


def _warnings() -> tuple[str, ...]:
    return (
        gettext("Whoever reads only a language that is taken out may not follow any more. Ask them first."),
        gettext("What is written in that language alone is still shown, in that language."),
        gettext("A text that is changed later loses its words in that language, for nobody would keep them true."),
    )
