"""Hexi: the open operating platform of a city district."""
