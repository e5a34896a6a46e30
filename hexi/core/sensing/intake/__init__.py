"""The way of readings into the journal: understood, checked, written down, and only then acknowledged."""
