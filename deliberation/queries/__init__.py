"""Reading the room: values only, never a row, and never a write. Members and facilitators read the same."""
