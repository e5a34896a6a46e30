"""People of the demonstration: one producer, one carrier with a driver, one receiver, and the district's waste office."""

from __future__ import annotations

from hexi.kit import Invented, invent_organisations, invent_people
from hexi.scenarios.waste.parties import CARRIER, DRIVER, OFFICE, PRODUCER, RECEIVER

DISTRICT = "120103"
FIRM = {"kind": "company", "place": DISTRICT}
ORGANISATIONS = (
    {"key": "waste_firm_producer", "name": {"zh": "示例·汽车维修CF0001（虚构）", "en": "sample car repair (invented)"}, **FIRM},
    {"key": "waste_firm_carrier", "name": {"zh": "示例·运输CY01（虚构）", "en": "sample carrier (invented)"}, **FIRM},
    {"key": "waste_firm_receiver", "name": {"zh": "示例·收集利用处置JS01（虚构）", "en": "sample plant (invented)"}, **FIRM},
    {
        "key": "waste_crew_1",
        "name": {"zh": "示例·第一车组（虚构）", "en": "sample crew (invented)"},
        "parent": "waste_firm_carrier",
        **FIRM,
    },
)
PEOPLE = (
    Invented("producer", "示例·秦产废", PRODUCER, DISTRICT, "waste_firm_producer"),
    Invented("carrier", "示例·尤承运", CARRIER, DISTRICT, "waste_firm_carrier"),
    Invented("driver", "示例·许驾驶", DRIVER, DISTRICT, "waste_crew_1"),
    Invented("receiver", "示例·何接收", RECEIVER, DISTRICT, "waste_firm_receiver"),
    Invented("wasteoffice", "示例·吕固废", OFFICE, DISTRICT, "ecology_environment"),
)


def accounts() -> None:
    """Their organisations and accounts, where they are not there yet."""
    invent_organisations(ORGANISATIONS)
    invent_people(PEOPLE)
