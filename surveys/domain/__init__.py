"""What surveys think: no page, no database, no clock, no language ever enters here."""
