"""What cannot be done now, and what to do instead: one sentence for each refusal of the circle's acts."""

from collections.abc import Mapping

from commons import pages
from commons.i18n import gettext

WRONG_SHARE = "wrong_share:"


def sign_in() -> str:
    """Say that nobody was let in: the same words whatever is wrong."""
    return gettext("That place and that passphrase do not go together. Read the paper again, word by word.")


def too_many_tries() -> str:
    """Say that this place was tried too often."""
    return gettext("This place was tried several times. Wait a minute, then try again.")


def act(code: str) -> str:
    """Say why an act was refused, or why something cannot be written down now."""
    if code.startswith(WRONG_SHARE):
        return gettext(
            "The share of place %(slot)s is not the one it was given. The box stays closed.",
            slot=code[len(WRONG_SHARE) :],
        )
    unknown = gettext("It cannot be done now. Look at what it touches, and propose it again.")
    return acts().get(code) or pages.refused(code) or unknown


def acts() -> Mapping[str, str]:
    """Say what each refusal of this room means, by its code. Those of surveys are said by their own room."""
    return {**_signing(), **_boxes(), **_before_a_round(), **_proposals(), **_decisions(), **_settled(), **_together()}


def _signing() -> Mapping[str, str]:
    return {
        "not_enough": gettext("Not enough facilitators have signed it yet."),
        "changed_since": gettext("What it touches has changed since it was proposed. Propose it again."),
        "amended_since": gettext(
            "The text has been changed since this was proposed: what you read here is not what the others signed. "
            "Propose it again."
        ),
        "no_such_act": gettext("It was already carried out, or dropped."),
        "expired": gettext("It has expired. Propose it again."),
        "not_yours_to_sign": gettext(
            "You are not among those who may sign this: it concerns you, or your term has ended."
        ),
        "locked": gettext("The circle is locked. Several must unlock it first."),
        "not_locked": gettext("The circle is not locked."),
        "no_candidate": gettext("Nobody stands for that place any more."),
        "no_such_slot": gettext("That place is not in the circle now."),
        "circle_full": gettext("The circle is full: sixteen places at most. End the term of one first."),
        "raise_k_first": gettext("With one more place, half of you could act alone. Raise the number needed first."),
        "draw_first": gettext("The assembly chose the lot, and nobody who was drawn waits to join. Draw first."),
        "no_such_way": gettext("Choose one of the ways."),
        "no_lot_here": gettext("The assembly has not chosen the lot. Choose how the next turn comes first."),
        "numbers_in_the_bag": gettext("Say how many numbers are in the bag: two at least, five hundred at most."),
        "frozen_by_now": gettext("This survey is not a draft any more: what it says is frozen."),
        "fewer_places": gettext("There must be fewer places than numbers, and one at least."),
        "no_lot_waits": gettext("No lot waits to be drawn. Seal one first."),
        "people_in_the_hall": gettext("Say how many are here: two at least, five hundred at most."),
        "size_of_groups": gettext("Small groups have three to twelve people."),
        "few_digits": gettext("Write ten digits at least and sixty at most, as they were said aloud."),
        "lot_lost": gettext("This machine has no seed for that lot any more. Seal another one."),
        "words_not_in_the_log": gettext("Those words are not in the log. Read them again, word by word."),
        "no_such_words": gettext("What this act was about is not kept any more. Propose it again."),
        "other_words": gettext("These are not the words that were proposed. Propose it again."),
    }


def _boxes() -> Mapping[str, str]:
    return {
        "unfinished": gettext("Something it has to say is still missing."),
        "settled_otherwise": gettext(
            "What you agreed about yourselves has changed since it was drafted. Draft it again."
        ),
        "text_changed": gettext("A proposal in it was changed since it was drafted. Draft it again."),
        "boxes_open": gettext("A box is open. Wait until it is counted or burnt."),
    }


def _before_a_round() -> Mapping[str, str]:
    return {
        "stopped_by_protocol": gettext("Our protocol stops it. Only a round on the protocol itself can change that."),
        "objections_unmet": gettext(
            "Something raised in the last round was not met yet. Answer it, take it in, or write it down."
        ),
        "texts_wait": gettext(
            "What people wrote in the last round is not said in other words yet. The two places it was sealed to open "
            "it on the page of that box, and propose the words; several sign. After two weeks it is erased unread, and "
            "the next round is free."
        ),
    }


def _proposals() -> Mapping[str, str]:
    return {
        "no_rule": gettext("The assembly has not chosen how it decides yet."),
        "no_priority": gettext("The assembly has not chosen how priorities are judged yet."),
        "no_such_stage": gettext("The rule has no such part."),
        "not_called_before": gettext("A second call follows a round too few came to: there was none yet."),
        "nobody_said_go_on": gettext(
            "Only the assembly goes on to this part of the rule. Record on the page of the proposal that it said so."
        ),
        "blocked_again": gettext(
            "It was blocked a second time: under our rule there is no agreement, and it ends there."
        ),
        "voices_not_counted": gettext(
            "This rule asks something of each voice. Name the voices, and say how many people each is: as many at "
            "least as a box needs to be opened."
        ),
        "voices_above_members": gettext("The voices together are more people than you say you are."),
        "how_many_at_once": gettext("Choose between one and forty proposals."),
        "how_many_in_a_sitting": gettext("Choose between one and twelve proposals."),
        "in_a_draft": gettext("It is in a draft of a round. Throw that draft away first."),
        "in_a_box": gettext("It is in a box. Wait until it is counted or burnt."),
        "not_now": gettext("Its text cannot be changed now."),
        "no_such_month": gettext("Choose one of the last twelve months."),
        "no_such_day": gettext("Choose a day between the demand and today."),
        "no_such_demand": gettext("There is no such demand here."),
        "due_before_made": gettext("An answer cannot be due before it was asked for."),
        "said_enough": gettext("So much was written down already that nobody could read it. Merge reasons first."),
        "no_words": gettext("Write it in one language at least."),
        "heard_already": gettext("People have heard it already. It can be withdrawn, not thrown away."),
        "not_raised": gettext("Nobody raised that in the last round."),
        "no_round_left": gettext("Its rounds are used up. Agreement is never forced: ratify what the last one gave."),
        "not_amended_yet": gettext("Talk it over first. The short path is for one sitting only."),
        "not_a_talk": gettext("It cannot go there from where it stands."),
        "no_such_move": gettext("It cannot go there from where it stands."),
        "no_closed_round": gettext("No closed round says so. Nothing is ratified without one."),
    }


def _decisions() -> Mapping[str, str]:
    return {
        "no_such_verdict": gettext("That outcome and that reason do not go together."),
        "no_quorum": gettext("Without as many people as your rule asks, the round gives nothing: choose “too few”."),
        "no_such_criterion": gettext("That is not one of our principles."),
        "in_force": gettext("It is in force. Look at it again instead."),
        "not_in_force": gettext("It is not in force."),
        "not_due": gettext("It is not due: its day has not come, and no danger it acts on is rising."),
        "no_such_ending": gettext("Choose whether it stays or is withdrawn."),
        "no_such_answer": gettext("Choose one of the answers."),
        "no_such_delay": gettext("Choose one of the delays."),
        "nothing_won": gettext("Choose what was won, or that it does not hold any more."),
        "no_check_date": gettext("What is won is won for now: choose the day it is checked again, within two years."),
        "no_review_date": gettext("Choose a day within two years on which it is looked at again."),
        "three_to_seven_days": gettext("Choose between three and seven days."),
        "began_lately": gettext("Choose the day it began: in the last seven days, and not before it was agreed on."),
        "since_decided": gettext("Choose a day since it was decided, and not after today."),
        "not_agreed_beforehand": gettext("The assembly has not agreed beforehand that one person may start this."),
        "running_already": gettext("It is running already."),
        "about_nothing_known": gettext("That is neither a threat we keep nor a proposal."),
        "threats_said_already": gettext(
            "In the last three months our talking circles named as many threats aloud as there are talking circles."
        ),
        "said_already": gettext("One of our talking circles has spoken about this in the last three months."),
    }


def _settled() -> Mapping[str, str]:
    return {
        "chosen_already": gettext("The assembly has chosen already. Propose to change it."),
        "nothing_chosen_yet": gettext("The assembly has not chosen how it decides yet."),
        "no_such_rule": gettext("Choose a rule of the list."),
        "no_such_priority": gettext("Choose how priorities are judged."),
        "no_such_collective": gettext("Choose one of these kinds, or none."),
        "a_person": gettext("This names a person. Write what it is instead: its office, its company, its group."),
        "maybe_a_person": gettext(
            "This looks like somebody’s name. Write what it is, or say below that it is no person."
        ),
        "too_many_actors": gettext("There are sixty already. Forget one first."),
        "no_such_term": gettext("That is none of the words that can be changed."),
        "word_with_article": gettext(
            "Write the word with its article, a comma, and the word for several, in letters only."
        ),
        "no_such_language": gettext("Choose one language of the list at least."),
        "same_languages": gettext("These are the languages you have."),
        "no_complete_language": gettext(
            "Keep one language at least in which all the questions that come with this program are written."
        ),
        "two_to_four_voices": gettext("Name two to four voices, or none."),
        "same_words": gettext("Two of these are called the same. Leave one out, or give it other words."),
        "members_below_floor": gettext(
            "You are fewer than a box needs to be opened. Decide aloud, or allow for fewer infiltrators."
        ),
        "two_days": gettext("Give a first day and a last day, in this order."),
        "more_than_half": gettext("More than half of the facilitators must be needed for every act."),
        "infiltrators_only_raised": gettext("The number of infiltrators can only be raised, up to four."),
        "no_such_table": gettext("That is no table of classes from 1 to 5."),
        "same_table": gettext("That is the table you have."),
        "four_levels": gettext("Say what to do at each of the four levels."),
        "not_agreed": gettext("Only what was agreed and waits for its day can be stopped."),
        "open_to_allies": gettext("Allies can read it already."),
        "nothing_to_open": gettext("Choose the digest, the plan, or a result that stands."),
        "only_among_ourselves": gettext("It holds what you keep among yourselves: nothing of that is shown to allies."),
        "not_open_to_allies": gettext("Allies cannot read it."),
        "no_agreed_steps": gettext("Nothing was agreed for that level yet."),
        "not_kept": gettext("That is not kept here."),
    }


def recovery() -> str:
    """Say that nobody was let in: the same words whatever is wrong."""
    return gettext(
        "That place and those words do not go together. Nothing was changed. Read each word again: the first four "
        "letters are enough."
    )


def second(code: str) -> str:
    """Say why that cannot be a second passphrase."""
    return _second()[code]


def _second() -> Mapping[str, str]:
    return {
        "second_too_short": gettext("The second passphrase is too short. Take five or six words, as in the first."),
        "second_the_same": gettext("The second passphrase is the same as the first. Take other words."),
    }


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
        "lost": gettext("What the others have done was lost on the way. Begin again, together."),
        **_second(),
    }
    return words[code]


def _together() -> Mapping[str, str]:
    return {
        "no_federation": gettext("We have not agreed with other assemblies on how we decide together yet."),
        "no_such_federation": gettext(
            "Name two to sixty assemblies, each once, and say how many must answer: two at least, all of them at most."
        ),
        "not_decided_yet": gettext("Our assembly has to decide it and ratify it first."),
        "no_such_document": gettext(
            "That is not a decision handed over by an assembly. Copy all of it, and nothing else."
        ),
        "not_signed_so": gettext("The signature does not fit: something was changed on the way. Ask for it again."),
        "words_not_of_the_document": gettext(
            "Those words do not belong to this document. Have them read to you again, by another way than it came."
        ),
        "no_such_part": gettext("That assembly is not among those we agreed with."),
        "another_text": gettext("They decided on another text. Compare both, word by word, in a language you share."),
        "answered_before": gettext("That assembly has answered already. Only a later decision can replace it."),
        "another_key": gettext(
            "It is signed by another assembly’s machine than before. Speak with them; agree anew if it is new."
        ),
        "nobody_answered": gettext("No assembly has answered yet."),
    }
