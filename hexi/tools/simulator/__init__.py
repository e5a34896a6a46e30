"""Simulated devices at work: what each would say at any moment, and who sends it by the way that real ones take."""
