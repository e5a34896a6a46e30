"""Transparency logs to the letter of C2SP: trees, tiles, notes, checkpoints, proofs and policies. It knows no database and no Django."""
