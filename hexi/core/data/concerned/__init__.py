"""The person whom data is about: who looked at it, what they ask about that, and how they are forgotten."""
