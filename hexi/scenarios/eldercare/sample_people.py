"""People and organisations of the demonstration: a steward, a street's centre, the district's office, a canteen, and a care home."""

from __future__ import annotations

from hexi.kit import Invented, invent_organisations, invent_people
from hexi.scenarios.eldercare.parties import CENTRE, HOME, OFFICE, PROVIDER, STEWARD

DISTRICT, STREET = "120103", "120103008"
KITCHEN_OFFICE, HOME_OFFICE, HOSPITAL_OFFICE = "care_kitchen_sample", "care_home_sample", "care_hospital_sample"
HELP_OFFICE, SHOP_OFFICE = "care_help_sample", "care_shop_sample"
ORGANISATIONS = (
    {"key": KITCHEN_OFFICE, "name": {"zh": "示例·天塔老人家食堂（虚构）", "en": "sample canteen (invented)"}, "kind": "company", "place": STREET},
    {"key": HELP_OFFICE, "name": {"zh": "示例·天塔居家服务站（虚构）", "en": "sample help at home (invented)"}, "kind": "company", "place": STREET},
    {"key": SHOP_OFFICE, "name": {"zh": "示例·天塔银发商店（虚构）", "en": "sample shop for elders (invented)"}, "kind": "company", "place": STREET},
    {"key": HOME_OFFICE, "name": {"zh": "示例·颐养院（虚构）", "en": "sample care home (invented)"}, "kind": "institution", "place": STREET},
    {"key": HOSPITAL_OFFICE, "name": {"zh": "示例·医院（虚构）", "en": "sample hospital (invented)"}, "kind": "institution", "place": DISTRICT},
)
PEOPLE = (
    Invented("caresteward", "示例·孔管家", STEWARD, STREET, "street_office_tianta"),
    Invented("carecentre", "示例·曹中心", CENTRE, STREET, "street_office_tianta"),
    Invented("careoffice", "示例·严养老", OFFICE, DISTRICT, "civil_affairs"),
    Invented("kitchen", "示例·华食堂", PROVIDER, DISTRICT, KITCHEN_OFFICE),
    Invented("carehelp", "示例·姜助浴", PROVIDER, DISTRICT, HELP_OFFICE),
    Invented("careshop", "示例·戚商店", PROVIDER, DISTRICT, SHOP_OFFICE),
    Invented("carehome", "示例·金院长", HOME, DISTRICT, HOME_OFFICE),
    Invented("hospital", "示例·魏病区", HOME, DISTRICT, HOSPITAL_OFFICE),
)


def accounts() -> None:
    """Their organisations and accounts, where they are not there yet."""
    invent_organisations(ORGANISATIONS)
    invent_people(PEOPLE)
