"""What a form of the circle asks for when something is missing or does not fit."""

from commons.i18n import gettext


def passphrase() -> str:
    """Ask for the passphrase."""
    return gettext("Type your passphrase, word by word.")


def recovery() -> str:
    """Ask for the recovery words."""
    return gettext("Type the twenty recovery words of your paper.")


def place() -> str:
    """Ask for the place in the circle."""
    return gettext("Type the number of your place, as on your paper.")


def founding_word() -> str:
    """Ask for the word of the console."""
    return gettext("Type the words printed where this machine was started.")


def title() -> str:
    """Ask for the assembly's own name."""
    return gettext("Give the place a name of your own. It should say nothing to a stranger.")


def slug() -> str:
    """Ask for the address."""
    return gettext("Use small letters, digits and hyphens only.")


def people() -> str:
    """Ask how many facilitators there are."""
    return gettext("Three facilitators at least, sixteen at most; five are better.")


def needed() -> str:
    """Ask how many are needed for an act."""
    return gettext("More than half of the facilitators must be needed for every act.")


def timezone() -> str:
    """Ask for a time zone."""
    return gettext("That time zone is not known here. Write it like America/Guatemala.")


def text() -> str:
    """Ask for the text of a proposal."""
    return gettext("Write what is proposed.")


def said() -> str:
    """Ask for what was said."""
    return gettext("Write what was said, without a name.")


def threat() -> str:
    """Ask for a threat."""
    return gettext("Choose the threat it belongs to.")


def month() -> str:
    """Ask for a month."""
    return gettext("Choose the month.")


def institution() -> str:
    """Ask for an institution."""
    return gettext("Say which institution.")


def duty() -> str:
    """Ask for a duty."""
    return gettext("Say which duty it has.")


def proposals() -> str:
    """Ask for the proposals of a round."""
    return gettext("Choose one proposal at least.")


def day() -> str:
    """Ask for a day."""
    return gettext("Choose a day.")


def heard() -> str:
    """Ask for the words of the log."""
    return gettext("Type the words of the log that were read aloud in the assembly.")


def verdict() -> str:
    """Ask what a round held aloud gave."""
    return gettext("Choose what the round gave.")


def raised() -> str:
    """Ask what is answered."""
    return gettext("Choose what is answered.")


def reply() -> str:
    """Ask how an objection was met."""
    return gettext("Write how it was met.")


def statement() -> str:
    """Ask for the words of a circle."""
    return gettext("Write what was said, without any name.")


def words() -> str:
    """Ask for words in one language at least."""
    return gettext("Write it in one language at least.")


def rule() -> str:
    """Ask for a rule."""
    return gettext("Choose a rule. None is applied that you have not chosen.")


def priority() -> str:
    """Ask how priorities are judged."""
    return gettext("Choose how priorities are judged.")


def members() -> str:
    """Ask how many people the assembly has."""
    return gettext("Write how many people you say you are.")


def kind() -> str:
    """Ask what kind of collective it is."""
    return gettext("Choose one of these kinds, or none.")


def word_with_article() -> str:
    """Ask for a word as it is said, once and several times."""
    return gettext("Write the word with its article, a comma, and the word for several, in letters only.")


def actor_category() -> str:
    """Ask what kind of actor it is."""
    return gettext("Choose what kind it is.")


def actor_place() -> str:
    """Ask where an actor stands in the map."""
    return gettext("Choose one of the five.")


def two_days() -> str:
    """Ask for a first and a last day."""
    return gettext("Give a first day and a last day, in this order.")


def ending() -> str:
    """Ask what becomes of a decision."""
    return gettext("Choose whether it stays or is withdrawn.")


def changed() -> str:
    """Ask what changed since a decision was taken."""
    return gettext("Choose what changed since: the community, what surrounds it, both or nothing.")


def fairer() -> str:
    """Ask whether a decision made the assembly fairer."""
    return gettext("Choose whether it made us fairer, or that we do not know.")


def stronger() -> str:
    """Ask whether a decision made the assembly stronger."""
    return gettext("Choose whether it made us stronger, or that we do not know.")


def won() -> str:
    """Ask what a decision won."""
    return gettext("Choose what was won, or that it does not hold any more.")


def part() -> str:
    """Ask for a part of a whole."""
    return gettext("Write a part, above nothing and up to all: 3/4, or 75 %.")


def half() -> str:
    """Ask for a part of half at least."""
    return gettext("Write a part of half at least: 1/2, 3/4, or 75 %.")


def allowed() -> str:
    """Ask for how many are allowed."""
    return gettext("Write how many people, such as 2, or a part, such as 1/10 or 10 %. Leave it empty for no limit.")


def one_of_these() -> str:
    """Ask for a choice."""
    return gettext("Choose one of these.")


def beside() -> str:
    """Say when standing aside can be left out of the count."""
    return gettext(
        "Those who stand aside can be left out only where parts are taken of those who answer, and they do not count "
        "as agreeing."
    )


def lower() -> str:
    """Ask for a lower quorum at the second call."""
    return gettext("A second call asks for fewer than the first.")


def whole() -> str:
    """Ask for a whole number."""
    return gettext("Write a whole number, or leave it empty.")


def voice_members() -> str:
    """Ask how many a voice says it is."""
    return gettext("Write how many people this voice says it is, or leave it empty.")


def lines() -> str:
    """Ask for a list."""
    return gettext("Write one on each line.")


def line_too_long(number: int, most: int) -> str:
    """Ask for a shorter line."""
    return gettext("Line %(number)s is longer than %(most)s letters. Say it shorter.", number=number, most=most)


def line_twice(number: int) -> str:
    """Ask to leave out a line said before."""
    return gettext("Line %(number)s is in the list already. Leave one of the two out.", number=number)


def line_kept(name: str) -> str:
    """Ask to leave out a line that is kept already."""
    return gettext("“%(name)s” is kept already. Leave that line out.", name=name)


def too_many_lines(most: int) -> str:
    """Ask for a shorter list."""
    return gettext("That is more than %(most)s lines. Keep the list in two parts.", most=most)
