"""A second reading of the log: it verifies every signature itself, with keys it learned from the log."""

import json
from datetime import date, timedelta
from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from sqlalchemy import select

from commons import log
from commons.acts import ActRow, Approval
from commons.assembly import load
from commons.db import session

K, K_PLUS_ONE = "k", "k+1"
NEEDS = {
    "deliberation.unlock": K,
    "surveys.cards": K,
    "surveys.open": K,
    "deliberation.lot": K,
    "deliberation.admit": K_PLUS_ONE,
    "deliberation.end": K_PLUS_ONE,
    "deliberation.threshold": K_PLUS_ONE,
    "deliberation.turn": K_PLUS_ONE,
}
ALONE = {"founded", "founded_again", "locked", "recovered", "paused", "closed", "act.agreed", "act.dropped"}


class Reader:
    """A second reading of the log, which trusts nothing but signatures."""

    def __init__(self, assembly: bytes) -> None:
        self.assembly, self.read = assembly, 0
        self.k, self.locked, self.clock, self.today = 0, False, date.min, date.min
        self.keys: dict[int, bytes] = {}
        self.terms: dict[int, date] = {}
        self.due: dict[str, date] = {}
        self.days: list[date] = []
        self.done: set[str] = set()

    def go_on(self, today: date) -> None:
        """Read what is new; fail where something was done without enough signatures.

        Terms run by the latest day the log has seen, delays by the clock.
        """
        self.clock, self.today = today, max([today, *self.days])
        for line in log.entries(load(self.assembly))[self.read :]:
            facts = dict(line.payload)
            assert line.kind in ALONE or "act" in facts, line.kind
            if "act" in facts and line.kind != "act.dropped":
                self.judge(line.kind, str(facts["act"]), facts)
            getattr(self, f"on_{line.kind.split('.')[-1]}", lambda *_: None)(facts, line.day)
            self.days.append(line.day)
            self.read += 1

    def judge(self, kind: str, act: str, facts: dict[str, object]) -> None:
        """Check that this very proposal was signed by enough of those who might sign it."""
        row = session.get(ActRow, (self.assembly, bytes.fromhex(act)))
        assert row is not None
        said = json.loads(row.params) | {"kind": row.kind, "expires": row.expires.isoformat()}
        assert sha256(log.canonical(said).encode()).hexdigest() == act
        concerned = {said["params"]["slot"]} if row.kind == "deliberation.end" else set()
        free = self.on_duty - concerned
        enough = max(2, self.k if NEEDS[row.kind] == K else min(self.k + 1, len(free)))
        assert act in self.due or self.clock <= row.expires, "it had lapsed"
        signed = self.signers(act) & free
        assert len(signed) >= enough, f"{kind}: {signed} of {free}, {enough} needed"
        if kind != "act.agreed":
            assert facts["signed"] == len(signed)
            assert act not in self.done, "nothing happens twice"
            self.done.add(act)
            assert NEEDS[kind] == K or self.clock >= self.due.get(act, date.max), "its delay has not passed"
            assert not self.locked or kind == "deliberation.unlock"

    def signers(self, act: str) -> set[int]:
        """The places whose own key signed this act's id."""
        mine = select(Approval).where(Approval.assembly == self.assembly, Approval.act == bytes.fromhex(act))
        return {one.slot for one in session.scalars(mine) if one.slot in self.keys and self.holds(one)}

    def holds(self, one: Approval) -> bool:
        try:
            return VerifyKey(self.keys[one.slot]).verify(one.act, one.signature) == one.act
        except BadSignatureError:
            return False

    @property
    def on_duty(self) -> set[int]:
        return {slot for slot, term in self.terms.items() if self.today <= term}

    def on_founded(self, facts: dict[str, object], day: date) -> None:
        slots = facts["slots"]
        assert isinstance(slots, dict)
        self.k = int(str(facts["k"]))
        self.keys = {int(slot): bytes.fromhex(key) for slot, key in slots.items()}
        self.terms = {slot: day + timedelta(days=182 + 30 * turn) for turn, slot in enumerate(sorted(self.keys))}

    def on_founded_again(self, facts: dict[str, object], day: date) -> None:
        assert len(self.on_duty) < self.k, "nobody is pushed out"
        self.on_founded(facts, day)

    def on_admit(self, facts: dict[str, object], day: date) -> None:
        slot = int(str(facts["slot"]))
        assert slot not in self.keys, "a place never serves twice"
        self.keys[slot] = bytes.fromhex(str(facts["public_key"]))
        self.terms[slot] = day + timedelta(days=365)

    def on_end(self, facts: dict[str, object], _day: date) -> None:
        self.terms[int(str(facts["slot"]))] = date.min

    def on_threshold(self, facts: dict[str, object], _day: date) -> None:
        self.k = int(str(facts["k"]))

    def on_locked(self, _facts: dict[str, object], _day: date) -> None:
        self.locked = True

    def on_unlock(self, _facts: dict[str, object], _day: date) -> None:
        self.locked = False

    def on_agreed(self, facts: dict[str, object], day: date) -> None:
        self.due[str(facts["act"])] = date.fromisoformat(str(facts["due"]))
        assert self.due[str(facts["act"])] >= day + timedelta(days=3)
