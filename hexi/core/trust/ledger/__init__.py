"""The transparency log: every event becomes one entry, numbered by one sequencer, under checkpoints that others cosign."""
