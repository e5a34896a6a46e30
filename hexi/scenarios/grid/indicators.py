"""Figures of the grid. A check-in is in none of them."""

from hexi.kit import Indicator, days, t
from hexi.scenarios.grid.models import CareCall, DutyGrid, Pledge, Reception, ServiceDeed

PATROLLED = ~DutyGrid.last_patrol.older_than(days(7), missing=True)
MET_IN_TIME = ~CareCall.due_on.older_than(days(0), missing=True)
CONCLUDED = ~Reception.told_at.missing()

INDICATORS = (
    Indicator(
        "grid_patrol_coverage", t("网格巡查覆盖率", "grids patrolled"), DutyGrid, "percent", where=DutyGrid.in_use, hit=PATROLLED, target=95
    ),
    Indicator("visits_in_time_share", t("走访按需及时率", "visits in time"), CareCall, "percent", where=CareCall.active, hit=MET_IN_TIME),
    Indicator(
        "first_contact_share", t("首问当场办结率", "settled at first contact"), Reception, "percent", where=CONCLUDED, hit=Reception.at_once
    ),
    Indicator(
        "pledge_fulfilment_share",
        t("认领兑现率", "pledges fulfilled"),
        Pledge,
        "percent",
        hit=Pledge.state == "confirmed",
        definition=t(
            "受益人确认的认领数，除以全部认领数（含退出的）；报到不计",
            "Pledges whose beneficiary confirmed, of all, given back or not; check-ins count nothing",
        ),
    ),
    Indicator(
        "deeds_confirmed",
        t("受益人确认的实事", "deeds that beneficiaries confirmed"),
        ServiceDeed,
        "cases",
        measure="count",
        where=ServiceDeed.state == "confirmed",
    ),
)
