"""Pages that look across rooms: only the site knows all of them."""

from hexi.kernel.declare import Room
from hexi.kernel.label import t
from hexi.site.figures import INDICATORS
from hexi.site.overview import overview

room = Room(key="site", label=t("总览", "overview"), pages=(overview,), indicators=INDICATORS)
