"""One register with every kind of field, one that it refers to, and one with a life of its own."""

from django.db import models

from hexi.core.data.entities import Group
from hexi.core.data.fields import (
    Choice,
    Day,
    Document,
    Entity,
    File,
    Flag,
    LongText,
    Moment,
    Money,
    Number,
    Office,
    Offices,
    Place,
    Reference,
    Text,
)
from hexi.kernel.concerned import Concerns
from hexi.kernel.label import t

STAGES = (("draft", t("草稿", "draft")), ("shown", t("公开", "shown")), ("ended", t("结束", "ended")))
COLOURS = (("red", t("红", "red")), ("blue", t("蓝", "blue")))


class Team(Entity):
    """Something to refer to."""

    code = Text(t("队号", "team code"), max_length=20, unique=True)
    name = Text(t("队名", "team name"), search=True)
    rank = Number(t("级别", "rank"), missing=True)
    budget = Money(t("经费", "budget"), missing=True)
    active = Flag(t("在用", "active"), default=True)
    area = Place(t("片区", "area"), missing=True)

    class Describe:
        label = t("队伍", "team")
        title, key, place = "name", ("code",), "area"


class Thing(Entity):
    """One row with everything."""

    code = Text(t("编号", "code"), max_length=40, unique=True, privacy="open", search=True)
    title = Text(t("名称", "title"), privacy="open", search=True, max_length=60)
    note = LongText(t("备注", "note"), missing=True, search=True)
    person = Text(t("联系人", "contact person"), missing=True, privacy="personal", source="the suite", search=True, aliases=("负责人",))
    secret = Text(t("证件号码", "identity number"), missing=True, privacy="sensitive", source="the suite", search=True)
    count = Number(t("数量", "count"), unit="items", missing=True, privacy="open")
    level = Number(t("等级", "level"), low=-100, high=100, default=0)
    share = Number(t("占比", "share"), unit="percent", decimals=4, missing=True)
    amount = Money(t("金额", "amount"), missing=True, low=-(10**9))
    done = Flag(t("已完成", "done"), privacy="open")
    agreed = Flag(t("已同意", "agreed"), missing=True)
    stage = Choice(t("阶段", "stage"), options=STAGES, default="draft", privacy="open")
    colour = Choice(t("颜色", "colour"), options=COLOURS, missing=True)
    seen_at = Moment(t("查看时间", "seen at"))
    checked_at = Moment(t("核对时间", "checked at"))
    born_on = Day(t("出生日期", "date of birth"), privacy="personal", source="the suite")
    due = Day(t("期限", "due day"), privacy="open")
    home = Place(t("地点", "place"), privacy="open")
    spot = Place(t("住处", "dwelling"), missing=True, privacy="personal", source="the suite")
    owner = Office(t("单位", "office"), missing=True)
    helpers = Offices(t("协办单位", "helping offices"))
    team = Reference(Team, t("队伍", "team"), missing=True, related_name="things")
    first_team = Reference(Team, t("原队伍", "first team"), missing=True, related_name="+", privacy="personal", source="the suite")
    photo = File(t("照片", "photograph"))
    portrait = File(t("肖像", "portrait"), privacy="personal", source="the suite")
    album = Document(t("相册", "album"), missing=True, files=True)
    marks = Document(t("标记", "marks"), missing=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["title", "due"], name="one_thing_per_title_and_day"),)

    class Describe:
        label = t("样品", "sample")
        title, key, place, organisation = "title", ("code",), "home", "owner"
        person = Concerns()
        list = ("code", "title", "person", "count", "stage", "home", "team")
        groups = (Group(t("全部", "All"), ("code", "title", "note", "person", "secret", "count", "stage", "home", "team")),)


class Errand(Entity):
    """Something with a life: filed by anybody, taken up, closed with a note."""

    title = Text(t("事由", "subject"), privacy="open", search=True)
    state = Choice(
        t("状态", "state"),
        options=(("filed", t("已提交", "filed")), ("taken", t("办理中", "taken up")), ("closed", t("已办结", "closed"))),
        privacy="open",
    )
    note = LongText(t("办理说明", "note"), missing=True)
    proof = File(t("凭证", "proof"))
    tags = Document(t("标签", "tags"), missing=True)
    place = Place(t("地点", "place"), privacy="open", missing=True)
    thing = Reference(Thing, t("样品", "sample"), missing=True, related_name="errands")

    class Describe:
        label = t("事项", "errand")
        title, place, importable = "title", "place", False
        sort = "-id"
