"""The worker: the one process that does what nobody waits for."""
