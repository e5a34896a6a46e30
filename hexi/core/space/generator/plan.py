"""The drawn plan of the reference district: our own sketch in metres, not traced from any map.

East is x, north is y, the origin is `sheet.ORIGIN`. Only the names, the codes and roughly which street lies beside
which are facts; every line here was invented, so nothing on the map may be taken for a survey.
"""

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Line = tuple[Point, ...]
Era = Literal["lanes", "old", "mixed", "new"]


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """One street office: where it lies, how many communities it is cut into and what it looks like.

    `turn` is the bearing of its inner roads against east in degrees; `grain_m2` the usual size of one grid.
    """

    code: str
    seeds: Line
    communities: int
    era: Era
    turn: float
    grain_m2: float


@dataclass(frozen=True, slots=True)
class ParkPlan:
    """A park grown from the grids round a point; `lake` is the share of it that is water."""

    name: str
    name_en: str
    at: Point
    radius_m: float
    lake: float


# The middle of the river; the district ends there. Both ends run on outside of the district.
RIVER: Line = (
    (-24000, 15500),
    (-14500, 13100),
    (-8800, 10000),
    (-5200, 8350),
    (-4300, 7600),
    (-3000, 6750),
    (-1500, 6050),
    (-520, 5280),
    (-140, 4640),
    (300, 4030),
    (560, 3380),
    (790, 2700),
    (1200, 2090),
    (1670, 1550),
    (2010, 880),
    (2180, 160),
    (2570, -500),
    (3200, -970),
    (3670, -1490),
    (3860, -2140),
    (4230, -2970),
    (5100, -3700),
    (6300, -4100),
    (7600, -4900),
    (9600, -6900),
    (13000, -7700),
    (18500, -11000),
    (26000, -12500),
)

# The land side of the outline; both ends reach over the river and are cut off there.
LAND: Line = (
    (0, 4720),
    (-140, 4640),
    (-560, 4480),
    (-760, 4080),
    (-1230, 3700),
    (-1300, 3330),
    (-1820, 2990),
    (-2060, 2500),
    (-2540, 2300),
    (-3120, 2280),
    (-3280, 1720),
    (-3560, 1170),
    (-3470, 480),
    (-3760, -250),
    (-3580, -990),
    (-3140, -1460),
    (-2740, -1800),
    (-2290, -1660),
    (-2010, -2200),
    (-1690, -2540),
    (-1700, -2990),
    (-1400, -3500),
    (-640, -3610),
    (-520, -4140),
    (380, -4290),
    (1060, -4090),
    (1890, -4220),
    (2030, -3740),
    (2790, -3620),
    (2950, -3140),
    (3480, -2900),
    (3860, -2140),
    (3960, -1990),
)

# Arterial roads. Where they overshoot the outline, the rest is drawn faintly as the city around; short dead ends are cut off.
ARTERIALS: tuple[tuple[str, str, Line], ...] = (
    (
        "示例沿河大道",
        "Sample Riverside Avenue",
        (
            (-3300, 6700),
            (-2300, 5900),
            (-1350, 5000),
            (-700, 4150),
            (-330, 3480),
            (30, 2790),
            (430, 2110),
            (880, 1480),
            (1180, 800),
            (1400, 80),
            (1800, -640),
            (2380, -1250),
            (2960, -1990),
            (3500, -2880),
            (4300, -3700),
            (5200, -4900),
            (5700, -6300),
        ),
    ),
    (
        "示例一道",
        "Sample First Avenue",
        (
            (-4600, 2500),
            (-3300, 2900),
            (-2000, 3080),
            (-1290, 3330),
            (-330, 3480),
            (560, 3700),
            (1300, 4000),
            (2500, 4700),
            (3600, 5100),
        ),
    ),
    (
        "示例二道",
        "Sample Second Avenue",
        (
            (-5000, 3000),
            (-3600, 2950),
            (-2600, 2650),
            (-2030, 2400),
            (-1250, 2330),
            (-380, 2060),
            (430, 2110),
            (1000, 2350),
            (1800, 2800),
            (3000, 3700),
            (4400, 4300),
        ),
    ),
    (
        "示例三道",
        "Sample Third Avenue",
        (
            (-6400, 1700),
            (-5300, 1500),
            (-4300, 1350),
            (-3450, 1080),
            (-2500, 930),
            (-1400, 870),
            (-250, 700),
            (560, 760),
            (1180, 800),
            (2010, 980),
            (3000, 1300),
            (4300, 1400),
            (5600, 1900),
        ),
    ),
    (
        "示例四道",
        "Sample Fourth Avenue",
        (
            (-6700, 300),
            (-5500, -100),
            (-4200, -300),
            (-3630, -420),
            (-2700, -600),
            (-1900, -520),
            (-1230, -560),
            (-300, -760),
            (700, -830),
            (1340, -640),
            (1720, -500),
            (2560, -400),
            (3400, -50),
            (4600, 700),
            (6000, 1000),
        ),
    ),
    (
        "示例五道",
        "Sample Fifth Avenue",
        (
            (-700, -1950),
            (-590, -1960),
            (500, -2060),
            (1500, -1950),
            (2070, -1760),
            (2740, -1710),
            (3600, -1350),
            (4500, -900),
            (5600, -700),
            (7000, -100),
        ),
    ),
    (
        "示例斜街",
        "Sample Diagonal Street",
        (
            (-2180, 960),
            (-1600, 10),
            (-1230, -560),
            (-800, -1320),
            (-590, -1960),
            (-560, -2600),
            (-620, -3560),
            (-650, -4300),
            (-900, -5500),
            (-900, -6900),
        ),
    ),
    (
        "示例一路",
        "Sample First Road",
        (
            (-1240, 2390),
            (-1250, 2330),
            (-1310, 1600),
            (-1400, 870),
            (-1410, 800),
        ),
    ),
    (
        "示例二路",
        "Sample Second Road",
        (
            (-380, 2130),
            (-360, 1400),
            (-250, 700),
            (-330, 0),
            (-300, -700),
            (-300, -830),
        ),
    ),
    (
        "示例三路",
        "Sample Third Road",
        (
            (610, 840),
            (620, 765),
            (760, -100),
            (700, -830),
            (840, -1500),
            (900, -2025),
            (1000, -3000),
            (960, -4040),
            (1010, -4900),
            (900, -6000),
            (1200, -7200),
        ),
    ),
    (
        "示例四路",
        "Sample Fourth Road",
        (
            (2060, -1690),
            (2070, -1760),
            (2160, -2700),
            (2010, -3700),
            (2050, -4700),
            (2300, -5800),
            (2200, -7000),
        ),
    ),
)

# Canals keep beside an arterial and run into the river or out of the district.
CANALS: tuple[tuple[str, str, Line], ...] = (
    (
        "示例北渠",
        "Sample North Canal",
        (
            (-16000, 3900),
            (-9800, 2100),
            (-5200, 1560),
            (-4300, 1410),
            (-3440, 1140),
            (-2490, 990),
            (-1400, 932),
            (-250, 762),
            (560, 822),
            (1170, 862),
            (1960, 1030),
        ),
    ),
    (
        "示例南渠",
        "Sample South Canal",
        (
            (-1330, -420),
            (-1290, -590),
            (-860, -1350),
            (-652, -1980),
            (-622, -2600),
            (-682, -3560),
            (-720, -4300),
            (-1000, -5500),
            (-2300, -8200),
            (-2600, -14000),
        ),
    ),
)

PARKS: tuple[ParkPlan, ...] = (
    ParkPlan("示例湖公园", "Sample Lake Park", (-830, 250), 430, 0.42),
    ParkPlan("示例南湖公园", "Sample South Lake Park", (-2350, -1080), 400, 0.62),
    ParkPlan("示例西湖公园", "Sample West Lake Park", (-1350, -2350), 430, 0.58),
    ParkPlan("示例北公园", "Sample North Park", (-950, 3180), 190, 0.2),
    ParkPlan("示例体育公园", "Sample Sports Park", (350, -3500), 330, 0.15),
    ParkPlan("示例湿地公园", "Sample Wetland Park", (2850, -2900), 300, 0.5),
    ParkPlan("示例中心公园", "Sample Central Park", (250, -1300), 210, 0.0),
    ParkPlan("示例西园", "Sample West Garden", (-2750, 1650), 230, 0.3),
    ParkPlan("示例东园", "Sample East Garden", (1650, -3100), 190, 0.0),
    ParkPlan("示例滨河公园", "Sample Riverside Park", (1650, 750), 220, 0.0),
)

# Where offices and shops crowd and towers rise: point, reach in metres, highest storey.
CENTRES: tuple[tuple[Point, float, int], ...] = (
    ((150, 3700), 620, 48),
    ((-420, 620), 520, 40),
    ((1450, 900), 420, 36),
    ((700, -1950), 420, 32),
    ((-1650, -300), 330, 30),
    ((2250, -1650), 300, 28),
)


STREETS: tuple[StreetPlan, ...] = (
    StreetPlan("120103001", ((-300, 3950), (-800, 3850)), 7, "lanes", -58, 16_000),
    StreetPlan("120103002", ((450, 2900),), 9, "old", -64, 15_000),
    StreetPlan("120103003", ((-1000, 2800),), 9, "lanes", -52, 17_000),
    StreetPlan("120103004", ((1200, 1600), (100, 1400)), 15, "old", -55, 18_000),
    StreetPlan("120103005", ((-2300, 1600),), 10, "mixed", -14, 24_000),
    StreetPlan("120103006", ((-800, 1500),), 10, "old", -6, 18_000),
    StreetPlan("120103007", ((-900, 200),), 14, "mixed", 4, 22_000),
    StreetPlan("120103008", ((-2600, 100),), 14, "mixed", -50, 26_000),
    StreetPlan("120103009", ((200, -100), (100, -1400)), 12, "old", 3, 22_000),
    StreetPlan("120103010", ((1000, 200), (1250, -1200), (1700, 300), (2500, -1000)), 12, "mixed", -8, 26_000),
    StreetPlan("120103011", ((2600, -2600), (3300, -2000)), 10, "new", -20, 30_000),
    StreetPlan("120103012", ((1500, -3000),), 13, "mixed", 2, 28_000),
    StreetPlan("120103013", ((-1500, -1500),), 7, "new", -38, 34_000),
    StreetPlan("120103014", ((200, -3000),), 8, "new", 5, 32_000),
)
