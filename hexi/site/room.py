"""Pages that look across rooms: only the site knows all of them."""

from hexi.kernel.declare import MenuItem, Room, Source
from hexi.kernel.label import t
from hexi.site.figures import INDICATORS
from hexi.site.overview import overview
from hexi.site.rules import PAGE, rules

room = Room(
    key="site",
    label=t("平台", "platform"),
    pages=(overview, PAGE),
    indicators=INDICATORS,
    sources=(Source("site.rules", t("规则", "rules"), rules),),
    menu=(MenuItem("rules", t("规则与发现", "rules and findings"), page="rules"),),
)
