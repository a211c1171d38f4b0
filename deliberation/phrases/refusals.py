"""What cannot be done now, and what to do instead: one sentence for each refusal of the circle's acts."""

from commons.i18n import gettext


def sign_in() -> str:
    """Say that nobody was let in: the same words whatever is wrong."""
    return gettext("That place and that passphrase do not go together. Read the paper again, word by word.")


def too_many_tries() -> str:
    """Say that this place was tried too often."""
    return gettext("This place was tried several times. Wait a minute, then try again.")


def act(code: str) -> str:
    """Say why an act was refused."""
    words = {
        "not_enough": gettext("Not enough facilitators have signed it yet."),
        "changed_since": gettext("What it touches has changed since it was proposed. Propose it again."),
        "no_such_act": gettext("It was already carried out, or dropped."),
        "expired": gettext("It has expired. Propose it again."),
        "not_yours_to_sign": gettext(
            "You are not among those who may sign this: it concerns you, or your term has ended."
        ),
        "locked": gettext("The circle is locked. Several must unlock it first."),
        "not_locked": gettext("The circle is not locked."),
        "no_candidate": gettext("Nobody stands for that place any more."),
        "no_such_slot": gettext("That place is not in the circle now."),
        "raise_k_first": gettext("With one more place, fewer than half could act. Raise the number needed first."),
        "not_a_draft": gettext("This survey is not a draft any more."),
        "unknown_kind": gettext("Surveys of this kind cannot be opened here."),
        "unfinished": gettext("The questionnaire is not finished: a list it needs is empty."),
        "closes_in_the_past": gettext("Its last day is in the past. Choose a later one."),
        "no_cards": gettext("There are no cards yet. Print a set of cards first."),
        "cards_used_up": gettext("These cards have served all their surveys. Print a new set of cards first."),
        "card_set_size": gettext("That number of cards cannot be printed."),
        "no_such_survey": gettext("There is no such survey."),
        "too_few_ballots": gettext(
            "Fewer people answered than the box needs to be opened. It stays closed, and nothing is lost: extend it, "
            "decide aloud, or burn it unread."
        ),
    }
    return words.get(code, gettext("It cannot be done now. Look at what it touches, and propose it again."))


def founding(code: str) -> str:
    """Say what stands in the way of founding an assembly."""
    words = {
        "too_few": gettext("Three facilitators at least; five are better."),
        "too_many": gettext("Sixteen facilitators at most."),
        "the_same": gettext("Two passphrases are the same. Each person has their own."),
        "too_short": gettext("A passphrase is too short. Use the ones this page made."),
        "half": gettext("More than half of the facilitators must be needed for every act."),
        "more_than_all": gettext("More facilitators would be needed than there are."),
        "range": gettext("Choose between one and four."),
        "none": gettext("Choose one language at least."),
        "empty": gettext("Give the place a name of your own. It should say nothing to a stranger."),
        "form": gettext("Use small letters, digits and hyphens only."),
        "taken": gettext("That address is taken here. Choose another one."),
        "unknown": gettext("That time zone is not known here. Write it like America/Guatemala."),
        "circle_can_act": gettext("The present circle can still act: nobody can be pushed out this way."),
        "word": gettext("That is not the word printed where this machine was started."),
        "typed": gettext("The words typed differ from those on the paper. Read them again."),
    }
    return words[code]
