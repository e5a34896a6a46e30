"""Benchmarks: what a district would feel, measured on the real processes, on loopback, bounded in count and time."""
