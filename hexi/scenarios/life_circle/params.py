"""What the district may tune of the circles; the values are ours until it does."""

from hexi.kit import Param, days, t

SEEN_FOR = Param(
    "outlet_seen_for", t("网点核实有效期", "how long a look at an outlet counts"), default=days(180), low=days(30), high=days(730)
)
GOOD = Param("circle_good_share", t("生活圈覆盖良好线（%）", "coverage from which a circle is good (%)"), default=85, low=50, high=100)
POOR = Param("circle_poor_share", t("生活圈覆盖薄弱线（%）", "coverage under which a circle is weak (%)"), default=65, low=10, high=95)
PARAMS = (SEEN_FOR, GOOD, POOR)
