"""The front door of the tours room."""

from hexi.modules.tours.tables import read_terms

__all__ = [
    "read_terms",
]  # fmt: skip
