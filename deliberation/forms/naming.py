"""An assembly's own words in place of ours: one line for each term in each language of its pages."""

from collections.abc import Mapping

from wtforms import StringField

from commons.terms import OURS, Unsaid, noun
from deliberation.forms.sheet import Fits, Sheet
from deliberation.phrases import asking

Terms = Mapping[str, Mapping[str, str]]


def _said(tag: str) -> Fits:
    def holds(text: str) -> bool:
        try:
            noun(text, tag)
        except Unsaid:
            return False
        return True

    return Fits(holds, asking.word_with_article)


class TermsForm(Sheet):
    """The words; a line left empty keeps ours."""

    @property
    def terms(self) -> Terms:
        """The words typed: {term: {tag: written}}."""
        return {term: said for term in OURS if (said := self._of(term))}

    def _of(self, term: str) -> Mapping[str, str]:
        given = {tag: str(self[f"{term}-{tag}"].data or "") for tag in OURS[term]}
        return {tag: " ".join(text.split()) for tag, text in given.items() if text.strip()}


for _term, _words in OURS.items():
    for _tag in _words:
        setattr(TermsForm, f"{_term}-{_tag}", StringField(validators=[_said(_tag)]))


def begun(terms: Terms) -> TermsForm:
    """Return the form of the words in use now."""
    return TermsForm(data={f"{term}-{tag}": text for term, words in terms.items() for tag, text in words.items()})
