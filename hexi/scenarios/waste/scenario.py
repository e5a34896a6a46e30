"""Waste from cradle to grave: every kilogram that a firm of the district produces is somewhere, and somebody signed for it."""

from hexi.kit import Grant, MenuItem, Role, Scenario, t
from hexi.scenarios.waste import cells, explaining, life, paper, revising, storage
from hexi.scenarios.waste.models import Firm
from hexi.scenarios.waste.parties import CARRIER, DRIVER, FIRMS, OFFICE, PRODUCER, RECEIVER
from hexi.scenarios.waste.tables import REGISTERS

OWN = ("permit", "yearplan", "container", "storagelot", "declaration")
SHARED = ("manifest", "load", "signature", "revision", "alert")
GRANTS = (
    *(Grant(role, f"waste.{name}", ("read", "export"), sees="personal") for role in (PRODUCER, RECEIVER) for name in OWN),
    *(Grant(role, f"waste.{name}", ("read", "export"), sees="personal") for role in (PRODUCER, RECEIVER, CARRIER) for name in SHARED),
    *(Grant(DRIVER, f"waste.{name}", ("read",)) for name in SHARED),
    Grant(CARRIER, "waste.permit", ("read", "export")),
    *(Grant(role, "waste.firm", ("read",), sees="personal") for role in FIRMS),
    *(Grant(role, "waste.firm", ("read",), where=Firm.carries | Firm.receives, reach="everywhere") for role in FIRMS),
    Grant(OFFICE, "waste.*", ("read", "export", "reveal"), sees="internal"),
    *(Grant(OFFICE, f"waste.{name}", ("create", "revise", "import")) for name in ("firm", "permit")),
    *(Grant("street_staff", f"waste.{name}", ("read",)) for name in ("firm", "manifest", "wastecell")),
    Grant("community_worker", "waste.wastecell", ("read",)),
    *(Grant(role, "waste.*", ("read",)) for role in ("leader", "auditor")),
)
scenario = Scenario(
    key="waste",
    label=t("无废河西", "Waste from cradle to grave"),
    owner=t("区生态环境局", "Ecology and Environment Bureau"),
    entities=REGISTERS,
    lifecycles=life.LIVES,
    roles=(
        Role(PRODUCER, t("产废单位", "waste producer"), reach="organisation"),
        Role(CARRIER, t("承运单位", "carrier"), reach="organisation"),
        Role(DRIVER, t("危废驾驶员", "driver"), reach="organisation"),
        Role(RECEIVER, t("接收单位", "receiver"), reach="organisation"),
        Role(OFFICE, t("固废监管岗", "district waste office"), reach="everywhere"),
    ),
    grants=GRANTS,
    actions=(*life.ACTIONS, *storage.ACTIONS, *revising.ACTIONS, *paper.ACTIONS, *cells.ACTIONS, *explaining.ACTIONS),
)
