"""The units that a number may carry: one key, its sign in both languages, and how it is spoken of."""

from __future__ import annotations

from dataclasses import dataclass

from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label, t


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or a Chinese counting word. Values are stored in it, never converted silently."""

    key: str
    label: Label


def _units(*rows: tuple[str, str, str]) -> dict[str, Unit]:
    return {key: Unit(key, t(zh, en)) for key, zh, en in rows}


UNITS = _units(
    ("percent", "%", "%"), ("years", "岁", "years"), ("people", "人", "people"), ("person_times", "人次", "person-times"),
    ("households", "户", "households"), ("places", "个", "places"), ("items", "项", "items"), ("cases", "件", "cases"),
    ("sets", "套", "units"), ("seats", "个学位", "school places"), ("lamps", "盏", "lamps"), ("trees", "棵", "trees"),
    ("roads", "条", "roads"), ("sites", "处", "sites"), ("seat_toilets", "座", "facilities"), ("well_times", "座次", "well cleanings"),
    ("houses", "家", "houses"), ("schools", "所", "schools"), ("events", "场", "events"), ("times", "次", "times"),
    ("m", "米", "m"), ("km", "公里", "km"), ("m2", "平方米", "m²"), ("km2", "平方公里", "km²"), ("hours", "小时", "h"),
    ("minutes", "分钟", "min"), ("days", "天", "days"), ("yuan", "元", "yuan"), ("storeys", "层", "storeys"), ("rows", "行", "rows"),
    ("yuan_100m", "亿元", "100 million yuan"), ("yuan_10k", "万元", "10,000 yuan"), ("records", "条", "records"),
    ("accounts", "个", "accounts"), ("tonnes", "吨", "tonnes"), ("kg", "千克", "kg"), ("kwh", "千瓦时", "kWh"), ("celsius", "℃", "°C"),
    ("per_minute", "次/分", "per min"), ("g_force", "g", "g"), ("decibels", "分贝", "dB"), ("ppm", "ppm", "ppm"), ("watts", "瓦", "W"),
    ("km_per_hour", "公里/小时", "km/h"), ("degrees", "度", "degrees"), ("seconds", "秒", "s"),
)  # fmt: skip


def unit(key: str) -> Unit:
    """The unit of that key. Raises DeclarationError when there is none."""
    if key not in UNITS:
        raise DeclarationError(f"There is no unit {key!r}. Use one of {', '.join(sorted(UNITS))}, or add it to hexi/kernel/units.py.")
    return UNITS[key]
