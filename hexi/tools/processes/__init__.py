"""The platform's processes: which there are, how they are watched, how they stop."""
