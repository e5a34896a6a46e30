"""The year's livelihood programme of the district: its tasks, its screen, its desk and its page for residents."""
