"""Figures of waste by area."""

from hexi.kit import Indicator, days, t
from hexi.scenarios.waste.models import StorageLot
from hexi.scenarios.waste.models_manifest import Manifest

STORED = StorageLot.left_kg > 0
OVER_TIME = StorageLot.due_on.older_than(days(0))
ON_THE_WAY = Manifest.state.one_of("planned", "draft", "signed", "cancelled")
INDICATORS = (
    Indicator(
        "waste_transfers_closed_share", t("固废转移闭环率", "waste transfers closed"), Manifest, "percent",
        where=~ON_THE_WAY & ((Manifest.state != "carried") & (Manifest.state != "arrived") | Manifest.confirm_due.older_than(days(0))),
        hit=~Manifest.received_at.missing(), target=100,
    ),
    Indicator("waste_stored_kg", t("固废在库量", "waste in storage"), StorageLot, "kg", measure="sum", column=StorageLot.left_kg, where=STORED,
              better="down"),
    Indicator("waste_stored_in_time_share", t("按期贮存率", "stored within the time"), StorageLot, "percent", where=STORED,
        hit=~OVER_TIME, target=100),
)  # fmt: skip
