"""The kit's second door: walks. Importing it loads a compiler, so only a `WalkAnswer` or a job imports it, inside of its function."""

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
    closed_now,
    contract,
    index,
    index_of,
    islands,
    profile,
    reach,
    within,
)

__all__ = [
    "Attached", "Index", "Kerbs", "Moved", "Network", "Outlets", "Profile", "Question", "Reach", "StreetFlag", "Streets", "after_shutting",
    "after_streets", "closed_now", "contract", "index", "index_of", "islands", "profile", "reach", "within",
]  # fmt: skip
