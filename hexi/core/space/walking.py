"""A second front door of the space room: walks.

Importing it loads a compiler (half a second, 90 MB), so import it where a walk is asked for, inside the function; the records of
`network.streets` and `network.profiles` cost nothing. The usual order, for one kind of walker:

    network = contract(streets, profile("elder", today).closed(streets))
    faults, is_apart = islands(network, 1000)
    kerbs = Kerbs(network, ~network.closed & ~is_apart)
    outlets = Outlets(kerbs.attach(*streets.in_metres(lon, lat)), kind, kinds, open=is_open)
    answer = reach(network, doors, outlets, Question(tuple(walker.metres(minutes) for minutes in (5, 10, 15))))

Web processes don't come here: `nearest_helpers` and `walked_route` of the first door ask the process that keeps the network, and so does
`asked_of_walks`, for what a room answers there.
"""

from hexi.core.space.network.attach import Attached, Kerbs
from hexi.core.space.network.changes import Moved, after_opening, after_shutting, after_streets, without
from hexi.core.space.network.contraction import Island, Network, contract, islands
from hexi.core.space.network.directions import Step, Turn, directions
from hexi.core.space.network.profiles import Profile, profile, profiles
from hexi.core.space.network.reach import Outlets, Question, Reach, reach
from hexi.core.space.network.route import Route, route
from hexi.core.space.network.search import Found, Index, index, index_of, nearest, within
from hexi.core.space.network.streets import StreetFlag, Streets, streets_of
from hexi.core.space.walks.barring import closed_now

__all__ = [
    "Attached", "Found", "Index", "Island", "Kerbs", "Moved", "Network", "Outlets", "Profile", "Question", "Reach", "Route", "Step",
    "StreetFlag", "Streets", "Turn", "after_opening", "after_shutting", "after_streets", "closed_now", "contract", "directions", "index",
    "index_of", "islands", "nearest", "profile", "profiles", "reach", "route", "streets_of", "within", "without",
]  # fmt: skip
