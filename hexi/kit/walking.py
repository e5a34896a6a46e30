"""The kit's second door: walks. Importing it loads a compiler, so import it inside the function that walks."""

from hexi.core.space.walking import (
    Attached,
    Index,
    Kerbs,
    Moved,
    Network,
    Outlets,
    Profile,
    Question,
    Reach,
    StreetFlag,
    Streets,
    after_shutting,
    after_streets,
    contract,
    index,
    index_of,
    islands,
    profile,
    reach,
    within,
)

__all__ = [
    "Attached", "Index", "Kerbs", "Moved", "Network", "Outlets", "Profile", "Question", "Reach", "StreetFlag", "Streets",
    "after_shutting", "after_streets", "contract", "index", "index_of", "islands", "profile", "reach", "within",
]  # fmt: skip
