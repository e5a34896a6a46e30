"""适老化改造: applied, assessed, a plan with its price and subsidy in words, agreed to, built, accepted by somebody else, paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hexi.kit import Action, Change, Forbidden, Form, Invalid, Lifecycle, Party, Problem, State, Step, question, t
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.files import KEEPERS, elder_of, must_be
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_retrofit import Retrofit
from hexi.scenarios.eldercare.parties import CENTRE, OFFICE
from hexi.scenarios.eldercare.rules import item_options, named_items, retrofit_items, retrofit_share
from hexi.scenarios.eldercare.today import day_of, whom

ASSESSORS = (CENTRE, OFFICE)


class Asked(Form):
    """Whose home."""

    elder: int = question(t("老人", "elder"), reference="eldercare.elder")


class Designed(Form):
    """一户一策: what is fitted, and what it costs in all; without a sum the working prices of the table are added up."""

    items: list[str] = question(t("改造项目", "items"), options=item_options(), min_length=1, max_length=12)
    cost: Decimal | None = question(t("方案造价（元，可不填）", "cost in yuan, if it is known"), None, gt=0, le=10**6, decimal_places=2)


class Agreed(Form):
    """Who said yes, with cost, subsidy and own share before their eyes."""

    voice: str = question(t("谁同意了方案和自付金额", "who agrees to the plan and the own share"), options=words.PLAN_VOICES)


class Builder(Form):
    """Who builds."""

    builder: str = question(t("施工单位", "builder"), min_length=2, max_length=120)


class Built(Form):
    """When it was done."""

    built_on: date = question(t("完工日期", "built on"))


class Accepted(Form):
    """What was seen there: one photograph of what was fitted, nobody in it."""

    photo: int = question(t("验收照片（只拍改造处，不拍人）", "photo of what was fitted, nobody in it"), file=True)


def apply(change: Change) -> Retrofit:
    """A home asks. One at a time."""
    elder = elder_of(change, change.answers.elder)
    if Retrofit.objects.filter(elder=elder).exclude(state__in=("paid", "refused", "withdrawn")).exists():
        raise Invalid([Problem("elder", t("已有一项在办", "One is under way already"))])
    return change.create(Retrofit, elder=elder, state="applied", applied_on=day_of(change), place=elder.home)


def assess(change: Change) -> None:
    """Somebody went and looked."""
    change.amend(change.record, assessor=change.viewer.name)


def design(change: Change) -> None:
    """The plan, with cost, subsidy and own share and the rule in words, for the elder to see before they say yes to it."""
    row, given = change.record, change.answers
    known = retrofit_items()
    if strange := [key for key in given.items if key not in known]:
        raise Invalid([Problem("items", t("没有这个项目", "There is no such item"), value=", ".join(strange)[:80])])
    cost = given.cost or sum((Decimal(str(known[key]["yuan"])) for key in given.items), Decimal(0))
    elder: Elder = row.elder
    day = day_of(change)
    share = retrofit_share(cost, whom(elder, day), day, last_paid=_last_paid(elder))
    change.amend(row, items=named_items(given.items), cost=cost, subsidy=share.subsidy, own=share.own, why=share.why.as_dict())


def agree(change: Change) -> None:
    """Somebody who may said yes to the plan as it stands."""
    must_be("voice", change.answers.voice, words.PLAN_VOICES)
    change.amend(change.record, agreed_by=change.answers.voice, agreed_on=day_of(change))


def _last_paid(elder: Elder) -> date | None:
    return Retrofit.objects.filter(elder=elder, state="paid").order_by("-paid_on").values_list("paid_on", flat=True).first()


def begin(change: Change) -> None:
    """Somebody builds."""
    change.amend(change.record, builder=change.answers.builder)


def built(change: Change) -> None:
    """It is there, and waits for somebody who looks at it."""
    if change.answers.built_on > day_of(change):
        raise Invalid([Problem("built_on", t("完工日期不能晚于今天", "The day has not come yet"))])
    change.amend(change.record, built_on=change.answers.built_on)


NOT_OWN = t("评估人不能验收", "Whoever assessed it may not accept it")
OTHERS = Party(t("评估人以外的工作人员", "somebody other than the assessor"), lambda viewer, row: row.assessor != viewer.name, NOT_OWN)


def accept(change: Change) -> None:
    """Accepted by somebody other than the assessor."""
    row: Retrofit = change.record
    if row.assessor == change.viewer.name:
        raise Forbidden(NOT_OWN, do=t("请由另一位工作人员验收", "Let somebody else accept it"))
    change.amend(row, photo_id=change.answers.photo, acceptor=change.viewer.name, accepted_on=day_of(change))


def pay(change: Change) -> None:
    """The subsidy went out."""
    change.amend(change.record, paid_on=day_of(change))


LIFE = Lifecycle(
    key="retrofit", label=t("适老化改造", "home fitted for old age"), field="state", start="applied",
    states=tuple(State(key, label, final=key in {"paid", "refused", "withdrawn"}) for key, label in words.RETROFIT_STATES),
    steps=(
        Step("assess_home", t("上门评估", "assess the home"), ("applied",), "assessed", by=ASSESSORS, run=assess, primary=True),
        Step("agree_plan", t("本人同意方案", "the elder agrees"), ("planned",), "designed", by=ASSESSORS, form=Agreed, run=agree, primary=True),
        Step("design", t("拟一户一策", "draw up the plan"), ("assessed", "planned"), "planned", by=ASSESSORS, form=Designed, run=design,
             primary=True),
        Step("begin_works", t("开工", "begin the works"), ("designed",), "works", by=ASSESSORS, form=Builder, run=begin, primary=True),
        Step("end_works", t("完工报验", "works are done"), ("works",), "built", by=(*ASSESSORS, "community_worker"), form=Built, run=built,
             primary=True),
        Step("accept_home", t("验收合格", "accept"), ("built",), "accepted", by=ASSESSORS, form=Accepted, run=accept, primary=True,
             party=OTHERS),
        Step("reject_home", t("验收不合格，返工", "not accepted: do it again"), ("built",), "works", by=ASSESSORS, needs_reason=True),
        Step("pay", t("支付补贴", "pay the subsidy"), ("accepted",), "paid", by=(OFFICE,), run=pay, primary=True),
        Step("refuse_home", t("不予改造", "refuse"), ("applied", "assessed", "planned"), "refused", by=ASSESSORS, needs_reason=True),
        Step("withdraw_home", t("本人撤回", "withdrawn by the elder"), ("applied", "assessed", "planned", "designed"), "withdrawn",
             by=KEEPERS, needs_reason=True),
    ),
)  # fmt: skip
ACTIONS = (Action("apply_home", t("申请改造", "apply"), "eldercare.retrofit", apply, Asked, by=KEEPERS, creates=True, primary=True),)
