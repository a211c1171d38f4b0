"""What a collective says of itself: its kind, its profile, and the guided path it takes through its own protection.

Nothing here is about a person. A profile sorts what the shipped catalogue suggests; nothing is hidden from whoever
writes their own words, and nothing is applied. The path is a guide, not a norm: the founding resource on collective
protection begins so (Open Briefing, 2023), and says that no single model fits all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from surveys.domain.questionnaire import read_words

Words = Mapping[str, str]


class CollectiveKind(StrEnum):
    """What holds a collective together."""

    TERRITORIAL = "territorial"
    ORGANISATION = "organisation"
    NETWORK = "network"
    URBAN = "urban"


class Step(StrEnum):
    """A step of the guided path, in the order the resource gives them."""

    MEMBERS = "members"
    CONSULT = "consult"
    THREATS = "threats"
    NEEDS = "needs"
    PLAN = "plan"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a collective is, in its own words. `kind` is None until it is said."""

    kind: CollectiveKind | None = None
    mission: Words = field(default_factory=dict)
    context: Words = field(default_factory=dict)
    needs: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Path:
    """The steps a collective takes, in its order, and those among them it skips."""

    order: tuple[Step, ...] = tuple(Step)
    skipped: frozenset[Step] = frozenset()

    def now(self, done: Collection[Step]) -> Step | None:
        """Return the first step neither done nor skipped; None when there is none left."""
        return next((step for step in self.order if step not in done and step not in self.skipped), None)


def read_profile(data: Mapping[str, object]) -> Profile:
    """Read a profile as `write_profile` leaves it; of nothing, an empty one. Raises ValueError on an unknown kind."""
    kind = data.get("kind")
    said = (read_words(data.get(part)) for part in ("mission", "context", "needs"))
    return Profile(CollectiveKind(str(kind)) if kind else None, *said)


def write_profile(profile: Profile) -> dict[str, object]:
    """Return the data of a profile, the same for equal profiles."""
    return {
        "kind": profile.kind.value if profile.kind else "",
        "mission": dict(profile.mission),
        "context": dict(profile.context),
        "needs": dict(profile.needs),
    }


def suits(profile: Profile, kinds: Collection[str]) -> bool:
    """Tell whether a card of the catalogue made for `kinds` is suggested; one made for none is for all of them.

    A collective that has not said what it is gets every card.
    """
    return profile.kind is None or not kinds or profile.kind.value in kinds


def read_path(data: Mapping[str, object]) -> Path:
    """Read a path from {"order": steps, "skipped": steps}. What is unknown is left out, what is missing comes last."""
    order = [*_steps(data.get("order")), *Step]
    return Path(tuple(dict.fromkeys(order)), frozenset(_steps(data.get("skipped"))))


def write_path(path: Path) -> dict[str, list[str]]:
    """Return the data of a path."""
    return {"order": [step.value for step in path.order], "skipped": sorted(step.value for step in path.skipped)}


def _steps(data: object) -> Sequence[Step]:
    return [Step(one) for one in data if one in set(Step)] if isinstance(data, list) else []
