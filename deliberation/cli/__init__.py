"""Commands of the deliberation room, one file per subject."""
