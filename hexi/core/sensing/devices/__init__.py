"""Devices: the register, their keys, and what became of what they sent."""
