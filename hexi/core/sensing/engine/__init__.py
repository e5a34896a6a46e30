"""The embedded engine: a shard's rules, fed from its journal; state, findings and offset are written in one transaction."""
