"""One process of its own that signs the last approval of a count, to be killed at any moment.

python -m tests.attacks.counting_apart INSTANCE SLUG ACT SLOT PASSPHRASE
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from app import create_app
from commons import clock, quorum
from commons.assembly import find
from commons.settings import Settings

AFTER = datetime(2026, 5, 9, 12, tzinfo=UTC)


def main(instance: str, slug: str, act: str, slot: str, passphrase: str) -> None:
    """Say that the opening begins, then sign."""
    app = create_app(Settings(instance=Path(instance), passphrase_memory=1))
    with app.app_context(), clock.stopped(AFTER):
        place = find(slug)
        assert place is not None
        keys = quorum.unlock(place, int(slot), passphrase)
        sys.stdout.write("begins\n")
        sys.stdout.flush()
        quorum.approve(place, act, keys)


if __name__ == "__main__":
    main(*sys.argv[1:])
