"""Lengths of time as a scenario writes them."""

from datetime import timedelta


def days(number: float) -> timedelta:
    """That many days."""
    return timedelta(days=number)


def hours(number: float) -> timedelta:
    """That many hours."""
    return timedelta(hours=number)


def minutes(number: float) -> timedelta:
    """That many minutes."""
    return timedelta(minutes=number)


def seconds(number: float) -> timedelta:
    """That many seconds."""
    return timedelta(seconds=number)
