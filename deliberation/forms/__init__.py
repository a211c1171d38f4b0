"""What the circle's pages take in: every field checked here, a sentence for each that does not fit."""
