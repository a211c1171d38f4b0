"""What the room may refuse. None of these holds an answer, a code or a name."""


class CardRefused(Exception):
    """This card is not one of this survey's. The same for every reason why."""


class AlreadyAnswered(Exception):
    """This card has spoken in this survey: the first counts."""


class SurveyNotOpen(Exception):
    """Nothing is accepted now."""
