"""Change coordinates between the systems met in Chinese data, and measure distances.

GCJ-02 is WGS-84 moved by a fixed field (up to some 700 m; about 556 m in this district); BD-09 moves GCJ-02 once more.
The field has no closed inverse, so the way back repeats until it is still. Outside of China there is no field.
"""

import math

from hexi.core.space.contracts import Datum

LonLat = tuple[float, float]

# The Krasovsky 1940 ellipsoid, as the field was defined on it.
_AXIS_M = 6_378_245.0
_SQUARE = 0.00669342162296594323
# Half a metre is asked for; this is some 0.1 mm.
_STILL_DEGREES = 1e-9
_CHINA = (72.004, 0.8293, 137.8347, 55.8271)
_BAIDU_TURN = math.pi * 3000.0 / 180.0

# WGS-84.
_EARTH_AXIS_M = 6_378_137.0
_EARTH_SQUARE = 0.00669437999014


def convert(lon: float, lat: float, source: Datum, target: Datum) -> LonLat:
    """The same spot in another system, in degrees. Good to less than half a metre both ways."""
    return _from_wgs84(*_to_wgs84(lon, lat, source), target)


def distance_m(one: LonLat, other: LonLat) -> float:
    """Metres between two points (WGS-84), on the ellipsoid flattened at their middle: good to 0.01 % over 50 km."""
    east_m, north_m = metres_per_degree((one[1] + other[1]) / 2)
    return math.hypot((one[0] - other[0]) * east_m, (one[1] - other[1]) * north_m)


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Length of one degree of longitude and of latitude at this latitude (WGS-84)."""
    sine = math.sin(math.radians(lat))
    root = math.sqrt(1 - _EARTH_SQUARE * sine * sine)
    across = _EARTH_AXIS_M / root
    along = _EARTH_AXIS_M * (1 - _EARTH_SQUARE) / root**3
    return math.radians(across * math.cos(math.radians(lat))), math.radians(along)


def _to_wgs84(lon: float, lat: float, source: Datum) -> LonLat:
    if source is Datum.BD09:
        lon, lat = _from_baidu(lon, lat)
    return _out_of_field(lon, lat) if source in (Datum.GCJ02, Datum.BD09) else (lon, lat)


def _from_wgs84(lon: float, lat: float, target: Datum) -> LonLat:
    if target in (Datum.GCJ02, Datum.BD09):
        lon, lat = _into_field(lon, lat)
    return _to_baidu(lon, lat) if target is Datum.BD09 else (lon, lat)


def _into_field(lon: float, lat: float) -> LonLat:
    west, south, east, north = _CHINA
    if not (west <= lon <= east and south <= lat <= north):
        return lon, lat
    moved_east, moved_north = _field_m(lon - 105.0, lat - 35.0)
    angle = math.radians(lat)
    root = math.sqrt(1 - _SQUARE * math.sin(angle) ** 2)
    north_radius = _AXIS_M * (1 - _SQUARE) / root**3
    east_radius = _AXIS_M / root * math.cos(angle)
    return lon + math.degrees(moved_east / east_radius), lat + math.degrees(moved_north / north_radius)


def _field_m(x: float, y: float) -> tuple[float, float]:
    """The field in metres east and north; x and y are degrees from 105 E, 35 N."""
    ripple = 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (ripple + _waves(x, ((20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30)))) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (ripple + _waves(y, ((20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30)))) * 2 / 3
    return east, north


def _waves(value: float, waves: tuple[tuple[float, float], ...]) -> float:
    return sum(height * math.sin(value * turns * math.pi) for height, turns in waves)


def _out_of_field(lon: float, lat: float) -> LonLat:
    guess_lon, guess_lat = lon, lat
    for _ in range(12):
        there_lon, there_lat = _into_field(guess_lon, guess_lat)
        off_lon, off_lat = there_lon - lon, there_lat - lat
        guess_lon, guess_lat = guess_lon - off_lon, guess_lat - off_lat
        if max(abs(off_lon), abs(off_lat)) < _STILL_DEGREES:
            break
    return guess_lon, guess_lat


def _to_baidu(lon: float, lat: float) -> LonLat:
    radius = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BAIDU_TURN)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BAIDU_TURN)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


def _from_baidu(lon: float, lat: float) -> LonLat:
    # The shift hardly changes over its own length, so a few rounds of correction are as good as a true inverse.
    x, y = lon - 0.0065, lat - 0.006
    radius = math.hypot(x, y) - 0.00002 * math.sin(y * _BAIDU_TURN)
    angle = math.atan2(y, x) - 0.000003 * math.cos(x * _BAIDU_TURN)
    x, y = radius * math.cos(angle), radius * math.sin(angle)
    for _ in range(3):
        there_x, there_y = _to_baidu(x, y)
        x, y = x - (there_x - lon), y - (there_y - lat)
    return x, y
