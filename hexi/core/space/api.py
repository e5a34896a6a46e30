"""The front door of the space room."""

from hexi.core.space.actions import NewPlace, add_alias, close_place, create_place, rename_place
from hexi.core.space.addresses.matching import AddressMatch, certain, match_address
from hexi.core.space.borders import bordering, joined_shapes
from hexi.core.space.city.taking import MEDIA_TYPES as CITY_FILES
from hexi.core.space.city.taking import city_file
from hexi.core.space.contracts import (
    DATUM_LABELS,
    LEVEL_LABELS,
    WIDTHS,
    Box,
    Candidate,
    Datum,
    Dwelling,
    GateRecord,
    Level,
    Loaded,
    Near,
    Origin,
    PlaceRecord,
    Standpoint,
    Walk,
    WalkedRoute,
    Walks,
    WalkStep,
    ancestors_of,
    level_of,
    parent_of,
    prefix_range,
)
from hexi.core.space.datum import convert, distance_m, metres_per_degree
from hexi.core.space.generate import load_district
from hexi.core.space.ground.boundaries import BoundaryReport, import_boundaries
from hexi.core.space.ground.comparing import CHANGE_LABELS
from hexi.core.space.ground.features import datum_of
from hexi.core.space.ground.gates import gates_of
from hexi.core.space.ground.importing import GroundReport, changes_of, import_osm
from hexi.core.space.ground.placing import smallest_places
from hexi.core.space.ground.roads import import_roads
from hexi.core.space.ground.streets import streets_are_drawn, streets_of_district, streets_version
from hexi.core.space.ground.things import Bad
from hexi.core.space.layers import layer, layer_version
from hexi.core.space.maps import district_layers
from hexi.core.space.network.profiles import Profile, walkers
from hexi.core.space.places import (
    child_counts,
    children_of,
    doorway_codes,
    dwellings,
    labels_for,
    names,
    path_of,
    place_by_code,
    places_of,
    points_of,
    prefix_lengths,
    roots,
)
from hexi.core.space.search import find_places, resolve
from hexi.core.space.shapes import box_of, nearest, place_at, places_at, places_in_box, shapes_of
from hexi.core.space.sites import Site, site_by_code
from hexi.core.space.sources import asked_box
from hexi.core.space.spots import SPOT_ZOOM, cell_of, parted, spot_of, spots_of_tile
from hexi.core.space.tiles.archive import build_archive
from hexi.core.space.tours.planning import Manner, Planned, plan_rounds, time_rounds, walking_order
from hexi.core.space.tours.problem import DAY_S, NO_WAY, Effort, TourPerson, TourStop
from hexi.core.space.tours.reasons import Unserved
from hexi.core.space.tours.timing import Timed, Visit
from hexi.core.space.vector_tile import EXTENT, TilePoint, point_tile
from hexi.core.space.walks.asking import nearest_helpers, serve_walks, walked_route, walked_routes, walks_between
from hexi.core.space.written import codes_by_full_name, codes_named, plain_name

__all__ = [
    "CHANGE_LABELS", "CITY_FILES", "DATUM_LABELS", "DAY_S", "EXTENT", "LEVEL_LABELS", "NO_WAY", "SPOT_ZOOM", "WIDTHS", "AddressMatch",
    "Bad", "BoundaryReport", "Box", "Candidate", "Datum", "Dwelling", "Effort", "GateRecord", "GroundReport", "Level", "Loaded",
    "Manner", "Near", "NewPlace", "Origin", "PlaceRecord", "Planned", "Profile", "Site", "Standpoint", "TilePoint", "Timed",
    "TourPerson", "TourStop", "Unserved", "Visit", "Walk", "WalkStep", "WalkedRoute", "Walks", "add_alias", "ancestors_of", "asked_box",
    "bordering", "box_of", "build_archive", "cell_of", "certain", "changes_of", "child_counts", "children_of", "city_file",
    "close_place", "codes_by_full_name", "codes_named", "convert", "create_place", "datum_of", "distance_m", "district_layers",
    "doorway_codes", "dwellings", "find_places", "gates_of", "import_boundaries", "import_osm", "import_roads", "joined_shapes",
    "labels_for", "layer", "layer_version", "level_of", "load_district", "match_address", "metres_per_degree", "names", "nearest",
    "nearest_helpers", "parent_of", "parted", "path_of", "place_at", "place_by_code", "places_at", "places_in_box", "places_of",
    "plain_name", "plan_rounds", "point_tile", "points_of", "prefix_lengths", "prefix_range", "rename_place", "resolve", "roots",
    "serve_walks", "shapes_of", "site_by_code", "smallest_places", "spot_of", "spots_of_tile", "streets_are_drawn",
    "streets_of_district", "streets_version", "time_rounds", "walked_route", "walked_routes", "walkers", "walking_order",
    "walks_between",
]  # fmt: skip
