"""What the indicators room declares."""

from datetime import timedelta

from hexi.kernel.declare import Grant, Job, LayerSource, MenuItem, Room, Source
from hexi.kernel.label import t
from hexi.modules.indicators.board import areas, board, tile, trend
from hexi.modules.indicators.changes import ACTIONS
from hexi.modules.indicators.compute import refresh
from hexi.modules.indicators.fill import fill
from hexi.modules.indicators.load import load
from hexi.modules.indicators.models import Card, Value

TOPICS = ("indicators.value",)

room = Room(
    key="indicators",
    label=t("指标", "indicators"),
    entities=(Card, Value),
    grants=(
        Grant("public", "indicators.*", ("read",), sees="open"),
        Grant("data_steward", "indicators.*", ("read", "revise", "export", "import"), reach="everywhere"),
        Grant("department_staff", "indicators.*", ("read", "export"), reach="everywhere"),
        Grant("street_staff", "indicators.*", ("read", "export"), reach="everywhere"),
        Grant("community_worker", "indicators.*", ("read",), reach="everywhere"),
    ),
    actions=ACTIONS,
    sources=(
        Source("indicators.board", t("全部指标", "all indicators"), board, TOPICS),
        Source("indicators.tile", t("单项指标", "one indicator"), tile, TOPICS),
        Source("indicators.trend", t("指标走势", "trend of an indicator"), trend, TOPICS),
        Source("indicators.areas", t("分区域指标", "an indicator by area"), areas, TOPICS),
    ),
    layers=(LayerSource("indicators.areas", t("指标分布", "indicator by area"), fill, TOPICS),),
    menu=(
        MenuItem("cards", t("指标字典", "indicator dictionary"), entity="indicators.card"),
        MenuItem("values", t("指标数值", "indicator values"), entity="indicators.value"),
    ),
    jobs=(Job("refresh_indicators", t("重算指标", "refresh indicators"), refresh, every=timedelta(hours=1), topics=("*",)),),
    demo=(load,),
    demo_order=900,
)
