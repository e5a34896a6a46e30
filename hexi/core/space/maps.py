"""The district as the ground of any map: green, water, roads, buildings, and streets that narrow the page."""

from __future__ import annotations

from hexi.kernel.label import Label, t
from hexi.kernel.screen import Data, Drill, Encode, Layer, LayerKind


def district_layers() -> tuple[Layer, ...]:
    """What lies under the layers of a scenario; a press on a street sets `place`."""
    streets = Layer(
        id="streets", kind="area", title=t("街道界", "Streets"), data=Data(source="space.streets", refresh="none"),
        encode=Encode(label="name"), drill=Drill(scope={"place": "$row.code"}, camera="fit"),
    )  # fmt: skip
    return (
        _ground("green", "fill", t("绿地", "Green")), _ground("water", "fill", t("水面", "Water")), _ground("roads", "line", t("道路", "Roads")),
        _ground("buildings", "extrude", t("建筑", "Buildings"), Encode(height="height")), streets,
    )  # fmt: skip


def _ground(key: str, kind: LayerKind, title: Label, encode: Encode | None = None) -> Layer:
    return Layer(id=key, kind=kind, title=title, data=Data(source=f"space.{key}", refresh="none"), encode=encode or Encode())
