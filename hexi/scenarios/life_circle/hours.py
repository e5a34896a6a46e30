"""Opening hours of outlets as people and maps write them."""

from __future__ import annotations

from hexi.kit import Hours, Invalid, opening_hours


def hours_of(said: str) -> Hours | None:
    """None where they are not known or cannot be read."""
    try:
        return opening_hours(said) if said else None
    except Invalid:
        return None
