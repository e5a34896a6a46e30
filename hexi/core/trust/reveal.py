"""Masked fields shown in clear: only with a purpose, and never without a trace."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from hexi.core.trust.contracts import Happening, Viewer
from hexi.core.trust.events import record
from hexi.kernel.errors import Invalid, Problem, SignInNeeded
from hexi.kernel.label import Label, t

SHORTEST, LONGEST = 4, 200
PURPOSES: dict[str, Label] = {
    "visit": t("上门走访服务", "a visit to the home"),
    "contact": t("电话联系本人", "calling the person"),
    "verify": t("核对身份或资料", "verifying identity or papers"),
    "emergency": t("紧急救助处置", "an emergency"),
    "request": t("办理本人诉求", "handling the person's own request"),
    "correct": t("更正登记数据", "correcting the register"),
    "audit": t("监督检查", "an audit"),
}


def record_reveal(
    viewer: Viewer, entity: str, object_id: int, fields: Sequence[str], purpose: str, *, place: str = "", organisation: str = ""
) -> None:  # fmt: skip
    """Note who saw which fields in clear, and for what: a key of PURPOSES or words of one's own.

    Call it before the values leave. Raises SignInNeeded for the public, Invalid for a purpose that says nothing or no fields at all.
    """
    if viewer.anonymous and not viewer.holds("platform"):
        raise SignInNeeded
    key, words = _purpose(purpose.strip())
    if not fields:
        raise Invalid([Problem("fields", t("请选择要查看的内容", "Say which fields you need"))])
    after = {"fields": sorted(set(fields)), "purpose": key, "office": viewer.posts[0].organisation if viewer.posts else ""}
    with transaction.atomic():
        record(viewer, Happening("reveal", entity, object_id, after=after, why=words, place=place, organisation=organisation, silent=True))


def _purpose(said: str) -> tuple[str, str]:
    if said in PURPOSES:
        return said, PURPOSES[said].zh
    if not SHORTEST <= len(said) <= LONGEST or len(set(said)) < SHORTEST - 1:
        raise Invalid([Problem("purpose", t("请写明查看用途，4至200字", "Say what for, in 4 to 200 characters"), value=said)])
    return "other", said
