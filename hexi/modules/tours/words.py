"""Words of the tours room: where a plan stands, what was said at a stop, why a stop is on no round."""

from __future__ import annotations

from hexi.core.space.api import Unserved, walkers
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t

Options = tuple[tuple[str, Label], ...]
PLAN_STATES: Options = (
    ("draft", t("已保存，未下发", "kept, not handed out")), ("out", t("已下发", "handed out")), ("withdrawn", t("已撤回", "taken back")),
)  # fmt: skip
STOP_STATES: Options = (
    ("planned", t("待走", "to do")), ("done", t("已办", "done")), ("nobody", t("无人在", "nobody there")), ("skipped", t("跳过", "skipped")),
)  # fmt: skip
SAID = ("done", "nobody", "skipped")
WHY: dict[Unserved, Label] = {
    Unserved.NO_POINT: t("没有标出位置", "nobody marked where it is"),
    Unserved.CLOSED: t("当天不开门", "closed all day"),
    Unserved.NO_WAY: t("步行走不到（门关着或路被封）", "no way leads there on foot (a closed gate or a barred way)"),
    Unserved.NOBODY_MAY: t("出勤的人都管不到这一处", "nobody who goes may make it: it is another person's, or not in their area"),
    Unserved.WINDOW_EARLY: t("时间窗太早，谁也赶不到", "its hours end before anybody can be there"),
    Unserved.TOO_MUCH: t("一个人带不了这么多", "more than one person can carry"),
    Unserved.SHIFT_SHORT: t("班次内来不及往返", "too far to be there and back within the shift"),
    Unserved.LOAD_FULL: t("各人都已带满", "everybody carries as much as they can"),
    Unserved.WINDOW_TAKEN: t("时间窗内人手排满", "within its hours everybody is elsewhere"),
    Unserved.SHIFT_FULL: t("班次已排满", "the shifts are full"),
}
STRAIGHT = t("没有步行路网或其服务不在，按直线距离估算", "without the walking network walks are estimated by the straight line")


def tour_labels() -> dict[str, Label]:
    """Every tour that a scenario declares."""
    return {one.key: one.label for one in catalogue.tours.values()}


def walker_labels() -> dict[str, Label]:
    """Every kind of walker there is today."""
    from django.utils import timezone

    return {key: one.label for key, one in walkers(timezone.localdate()).items()}


def option(options: Options, key: str) -> Label:
    """The words of one of the options."""
    return dict(options)[key]
