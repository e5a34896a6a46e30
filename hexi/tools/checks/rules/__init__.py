"""The rules. A file here is a rule as soon as it is there."""
