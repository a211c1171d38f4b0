"""Open formats of the field, read as they are found: nothing here is kept, and nothing of ours goes out this way."""
