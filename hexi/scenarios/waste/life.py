"""The one state machine of every manifest, whatever its stream."""

from __future__ import annotations

from hexi.kit import Action, Lifecycle, State, Step, t
from hexi.scenarios.waste import after, drafting, steps
from hexi.scenarios.waste.models import YearPlan
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.parties import (
    AT_THE_GATE,
    CARRIER,
    DRIVER,
    HAULIER,
    NEXT,
    OFFICE,
    PRODUCER,
    RECEIVER,
    SENDER,
    TAKER,
)
from hexi.scenarios.waste.words import PLAN_STATES, STATES

SENDERS, CARRIERS, RECEIVERS = (PRODUCER, RECEIVER, OFFICE), (CARRIER, DRIVER, OFFICE), (RECEIVER, OFFICE)
ENDS = {"closed": "closed", "returned": "cancelled", "cancelled": "cancelled"}
PHASES = {"planned": "new", "draft": "new", "treated": "resolved", "passed_on": "resolved", **ENDS}
STEPS = (
    Step("begin_draft", t("开始填写", "begin the draft"), ("planned",), "draft", by=SENDERS, needs=("receiver", "carrier"),
         run=drafting.begin_draft, primary=True, party=SENDER),
    Step("sign_producer", t("移出人签署", "producer signs"), ("draft",), "signed", by=SENDERS, form=steps.Signed,
         run=steps.sign_producer, primary=True, party=SENDER),
    Step("drop", t("取消", "drop"), ("planned", "draft"), "cancelled", by=SENDERS, needs_reason=True, run=drafting.drop, party=SENDER),
    Step("take_over", t("承运人签收启运", "carrier takes over"), ("signed",), "carried", by=CARRIERS, form=steps.PickedUp,
         run=steps.take_over, primary=True, party=HAULIER),
    Step("hand_on", t("换车交接", "next carrier takes over"), ("carried",), "carried", by=CARRIERS, form=steps.PickedUp,
         run=steps.hand_on, when=~Manifest.next_carrier.missing(), party=NEXT),
    Step("arrive", t("运抵", "arrived"), ("carried",), "arrived", by=(*CARRIERS, RECEIVER), form=steps.Signed, run=steps.arrive,
         when=Manifest.next_carrier.missing(), primary=True, party=AT_THE_GATE),
    Step("accept", t("接受", "accept"), ("arrived",), "accepted", by=RECEIVERS, form=steps.Weighed, run=steps.accept, primary=True,
         party=TAKER),
    Step("accept_part", t("部分接受", "accept in part"), ("arrived",), "partly", by=RECEIVERS, form=steps.WeighedInPart,
         run=steps.accept_part, needs_reason=True, party=TAKER),
    Step("refuse", t("拒收", "refuse"), ("arrived",), "refused", by=RECEIVERS, form=steps.Signed, run=steps.refuse, needs_reason=True,
         party=TAKER),
    Step("take_back", t("退回签收", "taken back"), ("refused",), "returned", by=SENDERS, form=steps.Signed, run=after.take_back,
         primary=True, party=SENDER),
    Step("hold", t("转入暂存", "into temporary storage"), ("accepted", "partly"), "stored", by=RECEIVERS, run=after.hold, party=TAKER),
    Step("treat", t("利用处置全部结存", "treat all that is left"), ("accepted", "partly", "stored"), "treated", by=RECEIVERS,
         form=after.Treated, run=after.treat, primary=True, party=TAKER),
    Step("pass_on", t("全部转出", "passed on"), ("stored",), "passed_on", by=("platform",)),
    Step("come_back", t("转出作废，恢复暂存", "back into storage"), ("passed_on", "treated"), "stored", by=("platform",)),
    Step("void", t("作废", "cancelled by consent"), ("signed", "carried", "arrived"), "cancelled", by=("platform",)),
    Step("close", t("办结", "close"), ("treated", "passed_on"), "closed", by=RECEIVERS, run=after.close, primary=True, party=TAKER),
)  # fmt: skip
LIFE = Lifecycle(
    key="manifest_life", label=t("联单的一生", "life of a manifest"), field="state", start="planned", steps=STEPS,
    states=tuple(State(key, label, final=key in ENDS, phase=PHASES.get(key, "working")) for key, label in STATES),  # type: ignore[arg-type]
)  # fmt: skip
PLAN_LIFE = Lifecycle(
    key="year_plan_life", label=t("年度计划备案", "filing of an annual plan"), field="stage", start="drafted",
    states=tuple(State(key, label) for key, label in PLAN_STATES),
    steps=(
        Step("file_plan", t("备案", "file"), ("drafted", "sent_back"), "filed", by=(PRODUCER, OFFICE), primary=True),
        Step("send_back_plan", t("退回修改", "send back"), ("filed",), "sent_back", by=(OFFICE,), needs_reason=True),
    ),
)  # fmt: skip
PARTLY = Action(
    "take_back_part",
    t("拒收部分退回签收", "refused part taken back"),
    "waste.manifest",
    after.take_back_part,
    steps.Signed,
    by=SENDERS,
    party=SENDER,
    when=Manifest.state.one_of("partly", "stored", "treated", "passed_on") & (Manifest.refused_kg > 0) & (Manifest.returned_kg == 0),
)
TREATED = Action(
    "treat_part",
    t("利用处置一部分", "treat some of it"),
    "waste.manifest",
    after.treat_part,
    after.TreatedInPart,
    by=RECEIVERS,
    party=TAKER,
    when=Manifest.state.one_of("accepted", "partly", "stored"),
)
LIVES = ((Manifest, LIFE), (YearPlan, PLAN_LIFE))
ACTIONS = (*drafting.ACTIONS, PARTLY, TREATED)
