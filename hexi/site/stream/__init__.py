"""The event stream: tells browsers what changed, in one order for all, so that they ask again for what they show."""
