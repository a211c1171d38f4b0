"""Discusses and decides. Knows people, never answers."""
