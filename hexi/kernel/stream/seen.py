"""Which readings count: of which kind, above or below what, inside or outside which fence."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi
from typing import Any

from hexi.kernel.checked import checked_label
from hexi.kernel.context import Param
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label
from hexi.kernel.reading import ReadingKind

METRES_PER_DEGREE = 6_371_008.8 * pi / 180
"""On the sphere of the Earth's mean radius (IUGG): at the size of a district its error is far below that of a satellite fix."""


@dataclass(frozen=True, slots=True)
class Circle:
    """All within so many metres of a point (WGS-84)."""

    label: Label
    lon: float
    lat: float
    radius_m: float

    def __post_init__(self) -> None:
        checked_label("Circle", self.label)
        if not (-180 <= self.lon <= 180 and -85 <= self.lat <= 85 and self.radius_m > 0):
            raise DeclarationError(f"Circle {self.label.en}: lon, lat in degrees and a radius in metres above 0, got {self}.")

    def holds(self, lon: Any, lat: Any) -> Any:
        """Is it inside? Numbers give a yes or no, arrays an array of them."""
        east = (lon - self.lon) * (cos(self.lat * pi / 180) * METRES_PER_DEGREE)
        north = (lat - self.lat) * METRES_PER_DEGREE
        return east * east + north * north <= self.radius_m * self.radius_m


@dataclass(frozen=True, slots=True)
class Fence:
    """The inside of a line through these points (longitude, latitude; WGS-84), closed by itself. It may not cross the date line."""

    label: Label
    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        checked_label("Fence", self.label)
        if len(set(self.points)) < 3:
            raise DeclarationError(f"Fence {self.label.en}: three points at least, got {len(set(self.points))}.")

    def holds(self, lon: Any, lat: Any) -> Any:
        """Is it inside? A ray to the west crosses the line an odd number of times (the even-odd rule)."""
        inside: Any = lon != lon  # no, in the shape of what was given
        for (x, y), (x_next, y_next) in zip(self.points, (*self.points[1:], self.points[0]), strict=True):
            if y != y_next:
                crosses = ((y > lat) != (y_next > lat)) & (lon < (x_next - x) * (lat - y) / (y_next - y) + x)
                inside = inside ^ crosses
        return inside


@dataclass(frozen=True, slots=True)
class Seen:
    """A reading of this kind that meets all that is said of it; any of the kind where nothing is said."""

    kind: ReadingKind
    above: float | Param[float] | None = None
    below: float | Param[float] | None = None
    inside: Circle | Fence | None = None
    outside: Circle | Fence | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.kind, ReadingKind):
            raise DeclarationError(f"Seen: name the kind of reading that is declared, as in Seen(HEART, above=160), got {self.kind!r}.")
        for word in ("inside", "outside"):
            if not isinstance(getattr(self, word), Circle | Fence | None):
                raise DeclarationError(f"Seen {self.kind.key}: {word}= is a Circle or a Fence, got {getattr(self, word)!r}.")

    def holds(self, value: Any, second: Any) -> Any:
        """Does it count? Numbers give a yes or no, arrays an array of them; what is tuned must be resolved before."""
        found: Any = value == value  # a number at all
        for met in (
            None if self.above is None else value > self.above, None if self.below is None else value < self.below,
            None if self.inside is None else self.inside.holds(value, second),
            None if self.outside is None else (self.outside.holds(value, second) ^ True) & (second == second),
        ):  # fmt: skip
            found = found if met is None else found & met
        return found
