"""The picture of groups against red-dwarf on three conversations: places, groups, the group-informed consensus."""

import numpy as np
import pytest

from deliberation.interchange.election import UNSEEN, Conversation
from deliberation.interchange.polis import read
from surveys.domain.groups import GRID, Seen, Votes, alike, gathered, informed
from tests.house.tree import ROOT
from tests.oracles.peers import peer, quietly

pandas, base, stats = peer("pandas"), peer("reddwarf.implementations.base"), peer("reddwarf.utils.stats")
POLIS = ROOT.parent / "shared" / "data" / "polis"
pytestmark = pytest.mark.skipif(not POLIS.is_dir(), reason="the exports of real conversations are not here")
each = pytest.mark.parametrize("name", ["brexit-consensus", "london.youth.policing", "vtaiwan.uberx"])


def held(name: str) -> tuple[Conversation, Votes, Seen]:
    talk = read(POLIS / name)
    seen = talk.votes != UNSEEN
    return talk, np.where(seen, talk.votes, 0).astype(np.int8), seen


@each
def test_the_consensus_of_the_published_groups_is_red_dwarfs(name: str) -> None:
    talk, votes, seen = held(name)
    named = sorted(set(talk.groups) - {""})
    placed = np.array([group != "" for group in talk.groups])
    labels = [named.index(group) for group in talk.groups if group]
    frame = pandas.DataFrame(np.where(seen, votes, np.nan)[placed])

    *_, theirs = stats.calculate_comment_statistics(frame, labels)

    ours = informed(votes, seen, [named.index(group) if group else -1 for group in talk.groups])
    assert np.abs(np.array([float(one) for one in ours]) - theirs[0]).max() <= 1e-12


@each
def test_places_and_groups_are_those_of_red_dwarf(name: str) -> None:
    talk, votes, seen = held(name)
    given = [
        {"participant_id": person, "statement_id": item, "vote": int(votes[person, item])}
        for person, item in np.argwhere(seen).tolist()
    ]
    number = len(set(talk.groups) - {""})

    theirs = quietly(base.run_pipeline)(votes=given, force_group_count=number, random_state=1)

    table = theirs.participants_df  # type: ignore[attr-defined]  # a peer has no types
    table = table[table["cluster_id"].notna()]
    ours = gathered(votes, seen, numbers=[number])
    assert ours is not None
    people = table.index.to_numpy()
    assert set(people.tolist()) == set(np.flatnonzero(ours.labels >= 0).tolist())
    for axis, column in enumerate(("x", "y")):
        correlation = np.corrcoef(ours.places[people, axis] / GRID, table[column].to_numpy(float))[0, 1]
        assert abs(correlation) > 1 - 1e-9
    assert alike(ours.labels[people].tolist(), table["cluster_id"].astype(int).tolist()) > ALIKE[name]


ALIKE = {"brexit-consensus": 0.9, "london.youth.policing": 0.5, "vtaiwan.uberx": 0.8}
