"""Population: who lives where, known well enough to serve them and no more than that."""

from hexi.kit import (
    Choice,
    Concerns,
    Day,
    Entity,
    Flag,
    Grant,
    Group,
    Indicator,
    MenuItem,
    Param,
    Place,
    Rule,
    Scenario,
    Text,
    days,
    erasing,
    hours,
    link_for_person,
    t,
)
from hexi.scenarios.population.sample import load


class Resident(Entity):
    """One person who lives in the district, as the community office registered them."""

    name = Text(t("姓名", "name"), max_length=60, privacy="personal", search=True, source="identity document")
    sex = Choice(
        t("性别", "sex"),
        options=(("female", t("女", "female")), ("male", t("男", "male"))),
        privacy="personal",
        source="identity document",
    )
    born_on = Day(t("出生日期", "date of birth"), privacy="personal", source="identity document")
    identity_number = Text(t("证件号码", "identity number"), max_length=40, privacy="sensitive", missing=True, source="identity document")
    phone = Text(t("联系电话", "telephone"), max_length=40, privacy="personal", missing=True, source="told by the resident")
    home = Place(t("住址", "home"), source="doorway register")
    residence = Choice(
        t("居住类型", "residence"),
        options=(
            ("registered", t("户籍人口", "registered here")),
            ("settled", t("常住非户籍", "settled, registered elsewhere")),
            ("passing", t("暂住", "temporary")),
        ),
    )
    lives_alone = Flag(t("独居", "lives alone"), privacy="personal", source="community register, checked on visits")
    confirmed_on = Day(t("上次核实", "last confirmed"), source="community worker's visit or call")

    class Describe:
        label = t("居民", "resident")
        about = t("实有人口登记：示例数据中的人均为虚构", "The register of residents: everybody in the sample data is invented")
        title = "name"
        place = "home"
        person = Concerns()
        list = ("name", "sex", "born_on", "home", "residence", "lives_alone", "confirmed_on")
        groups = (
            Group(t("本人", "Person"), ("name", "sex", "born_on", "identity_number", "phone")),
            Group(t("居住", "Residence"), ("home", "residence", "lives_alone", "confirmed_on")),
        )


OLD_AGE = Param("old_age", t("老年人起始年龄", "age from which one counts as old"), default=60, low=55, high=70)
FRESH_FOR = Param("register_fresh_for", t("登记有效期", "how long a confirmation counts"), default=days(365), low=days(30), high=days(1095))

INDICATORS = (
    Indicator("residents_registered", t("登记居民数", "residents registered"), Resident, "people", measure="count", better="none"),
    Indicator(
        "aged_60_share",
        t("60岁以上居民占比", "share aged 60 and over"),
        Resident,
        "percent",
        where=~Resident.born_on.missing(),
        hit=Resident.born_on.aged(OLD_AGE),
        better="none",
    ),
    Indicator(
        "aged_80_alone",
        t("80岁以上独居老人数", "people of 80 and over who live alone"),
        Resident,
        "people",
        measure="count",
        where=Resident.lives_alone & Resident.born_on.aged(80),
        better="none",
    ),
    Indicator(
        "children_share",
        t("0至14岁居民占比", "share aged 0 to 14"),
        Resident,
        "percent",
        where=~Resident.born_on.missing(),
        hit=~Resident.born_on.aged(15),
        better="none",
    ),
    Indicator(
        "register_fresh_share",
        t("一年内核实过的登记占比", "share of entries confirmed within a year"),
        Resident,
        "percent",
        hit=~Resident.confirmed_on.older_than(FRESH_FOR, missing=True),
        better="up",
        target=90,
    ),
)

NEVER_CONFIRMED = Rule(
    "resident_unconfirmed",
    t("登记超期未核实", "register entry not confirmed in time"),
    on=Resident,
    when=Resident.confirmed_on.older_than(FRESH_FOR, missing=True),
    every=hours(24),
    because="本平台口径：无人核实的登记不能支撑服务；时长由 register_fresh_for 调整",
)

scenario = Scenario(
    key="population",
    label=t("实有人口", "population"),
    owner=t("区大数据管理中心", "Big Data Centre"),
    entities=(Resident,),
    params=(OLD_AGE, FRESH_FOR),
    indicators=INDICATORS,
    rules=(NEVER_CONFIRMED,),
    actions=(link_for_person("population.resident", by=("community_worker", "data_steward")), erasing("population.resident")),
    grants=(
        Grant("data_steward", "population.resident", ("read", "create", "revise", "import", "export"), sees="personal"),
        Grant("community_worker", "population.resident", ("read", "create", "revise", "reveal"), sees="personal"),
        Grant("grid_worker", "population.resident", ("read", "revise", "reveal"), sees="internal"),
        Grant("street_staff", "population.resident", ("read", "reveal"), sees="internal"),
    ),
    menu=(MenuItem("residents", t("居民登记", "residents"), entity="population.resident"),),
    demo=(load,),
    demo_order=50,
)
