"""Asks and counts. Knows cards, never people."""
