"""What the deliberation room says: whole sentences in the language of the page, made from values."""
