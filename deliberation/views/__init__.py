"""The pages of the deliberation room."""
