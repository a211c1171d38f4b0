"""Several people at one keyboard: what demonstrations, replays and measurements use to take acts for real.

Nothing here has a way of its own: every step is a proposal, signatures and the engine of acts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from commons import quorum
from commons.assembly import Assembly, load
from commons.quorum import Carried, Keys
from commons.security import new_passphrase
from deliberation.actions import circle, founding
from deliberation.actions.founding import Charter


@dataclass(slots=True)
class Company:
    """An assembly and the passphrases of its circle, by slot. Keys are unlocked once and kept for the staging."""

    assembly: Assembly
    passphrases: Mapping[int, str]
    _keys: dict[int, Keys] = field(default_factory=dict)

    def keys(self, slot: int) -> Keys:
        """Return the keys of a slot."""
        if slot not in self._keys:
            self._keys[slot] = circle.unlock(self.assembly, slot, self.passphrases[slot])
        return self._keys[slot]

    def act(self, kind: str, params: Mapping[str, object], *, signers: Sequence[int] = ()) -> Carried | None:
        """Propose an act and have it signed: by the named slots, or by as many as it needs."""
        self.assembly = load(self.assembly.id)
        proposed = quorum.propose(self.assembly, kind, params)
        found = quorum.act(self.assembly, proposed)
        enough = found.needed if found else 0
        done = None
        for slot in signers or sorted(self.passphrases)[:enough]:
            done = quorum.approve(self.assembly, proposed, self.keys(slot))
        self.assembly = load(self.assembly.id)
        return done


def company(charter: Charter, people: int) -> Company:
    """Found an assembly with new passphrases and return its company."""
    passphrases = [new_passphrase() for _ in range(people)]
    assembly = founding.found(charter, passphrases)
    return Company(assembly, dict(enumerate(passphrases, start=1)))
