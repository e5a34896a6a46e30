"""What the space room declares: its sources, its map layers and the reference district."""

from datetime import timedelta

from hexi.core.space.generate import load_district
from hexi.core.space.sources import layer_source, places, scope
from hexi.core.space.tiles.keeping import keep_drawn
from hexi.kernel.declare import Job, LayerSource, Room, Source
from hexi.kernel.label import t

LAYERS = (
    ("space.streets", t("街道界", "streets")),
    ("space.communities", t("社区界", "communities")),
    ("space.grids", t("网格界", "grids")),
    ("space.buildings", t("建筑", "buildings")),
    ("space.water", t("水系", "water")),
    ("space.roads", t("道路", "roads")),
    ("space.green", t("绿地", "green")),
)

room = Room(
    key="space",
    label=t("空间底座", "space"),
    sources=(
        Source("space.places", t("地点", "places"), places, topics=("space.place",)),
        Source("space.scope", t("所在范围", "scope"), scope, topics=("space.place",)),
    ),
    layers=tuple(LayerSource(key, label, layer_source(key), topics=("space.place",)) for key, label in LAYERS),
    jobs=(Job("draw_map", t("绘制底图", "draw the base map"), keep_drawn, every=timedelta(minutes=5)),),
    demo=(load_district,),
    demo_order=10,
)
