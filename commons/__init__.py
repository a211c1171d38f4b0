"""The ground both rooms stand on: no questions, no answers, no decisions live here."""
