"""The front door of the space room."""

from hexi.core.space.actions import NewPlace, add_alias, close_place, create_place, remove_alias, rename_place
from hexi.core.space.addresses.matching import AddressMatch, certain, match_address
from hexi.core.space.borders import bordering, joined_shapes
from hexi.core.space.city.taking import MEDIA_TYPES as CITY_FILES
from hexi.core.space.city.taking import city_file
from hexi.core.space.contracts import (
    DATUM_LABELS,
    LEVEL_LABELS,
    POINT_LABELS,
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
    PointBy,
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
from hexi.core.space.doors.assuming import assume_points
from hexi.core.space.doors.contracts import DOOR_CHANGES, DoorChange, DoorEnd, DoorKept, DoorWish, ListedDoor, Lying
from hexi.core.space.doors.lying import lying_of
from hexi.core.space.doors.making import count_homes, doors_below, end_doors, keep_doors, restore_doors, succeed_door
from hexi.core.space.doors.standing import doors_version, former_codes, standing_codes
from hexi.core.space.doors.telling import door_meant, doors_of, point_label
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
from hexi.core.space.meshes.keeping import MeshFile, MeshSet, drop_meshes, mesh_file, take_meshes
from hexi.core.space.meshes.matching import Matched, match_meshes
from hexi.core.space.network.profiles import Profile, walkers
from hexi.core.space.places import (
    child_counts,
    children_of,
    doorway_codes,
    dwellings,
    inhabited_doors,
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
from hexi.core.space.tours.problem import ANY_TIME, DAY_S, NO_WAY, Effort, TourPerson, TourStop
from hexi.core.space.tours.reasons import Unserved
from hexi.core.space.tours.timing import Timed, Visit
from hexi.core.space.vector_tile import EXTENT, TilePoint, point_tile
from hexi.core.space.walks.asking import asked_of_walks, nearest_helpers, serve_walks, walked_route, walked_routes, walks_between
from hexi.core.space.walks.closures import closures_at, gates_shut_at
from hexi.core.space.written import codes_by_full_name, codes_named, plain_name

__all__ = [
    "ANY_TIME", "CHANGE_LABELS", "CITY_FILES", "DATUM_LABELS", "DAY_S", "DOOR_CHANGES", "EXTENT", "LEVEL_LABELS", "NO_WAY", "POINT_LABELS",
    "SPOT_ZOOM", "WIDTHS", "AddressMatch", "Bad", "BoundaryReport", "Box", "Candidate", "Datum", "DoorChange", "DoorEnd", "DoorKept",
    "DoorWish", "Dwelling", "Effort", "GateRecord", "GroundReport", "Level", "ListedDoor", "Loaded", "Lying", "Manner", "Matched",
    "MeshFile", "MeshSet", "Near", "NewPlace", "Origin", "PlaceRecord", "Planned", "PointBy", "Profile", "Site", "Standpoint", "TilePoint",
    "Timed", "TourPerson", "TourStop", "Unserved", "Visit", "Walk", "WalkStep", "WalkedRoute", "Walks", "add_alias", "ancestors_of",
    "asked_box", "asked_of_walks", "assume_points", "bordering", "box_of", "build_archive", "cell_of", "certain", "changes_of",
    "child_counts", "children_of", "city_file", "close_place", "closures_at", "codes_by_full_name", "codes_named", "convert", "count_homes",
    "create_place", "datum_of", "distance_m", "district_layers", "door_meant", "doors_below", "doors_of", "doors_version", "doorway_codes",
    "drop_meshes", "dwellings", "end_doors", "find_places", "former_codes", "gates_of", "gates_shut_at", "import_boundaries", "import_osm",
    "import_roads", "inhabited_doors", "joined_shapes", "keep_doors", "labels_for", "layer", "layer_version", "level_of", "load_district",
    "lying_of", "match_address", "match_meshes", "mesh_file", "metres_per_degree", "names", "nearest", "nearest_helpers", "parent_of",
    "parted", "path_of", "place_at", "place_by_code", "places_at", "places_in_box", "places_of", "plain_name", "plan_rounds", "point_label",
    "point_tile", "points_of", "prefix_lengths", "prefix_range", "remove_alias", "rename_place", "resolve", "restore_doors", "roots",
    "serve_walks", "shapes_of", "site_by_code", "smallest_places", "spot_of", "spots_of_tile", "standing_codes", "streets_are_drawn",
    "streets_of_district", "streets_version", "succeed_door", "take_meshes", "time_rounds", "walked_route", "walked_routes", "walkers",
    "walking_order", "walks_between",
]  # fmt: skip
