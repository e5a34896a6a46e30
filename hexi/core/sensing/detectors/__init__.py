"""Detectors of falls: plain conditions on a few numbers that anybody can draw, each with its limit and where the limit comes from."""
