"""The ways by which people are told: each says whether it is set up, and sends one letter."""
