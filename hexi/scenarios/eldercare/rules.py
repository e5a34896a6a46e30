"""Levels, intervals, prices and subsidies, read from the dated table; each answer says in words on what it rests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from hexi.kit import Label, read_table, t
from hexi.scenarios.eldercare import words

DATA = Path(__file__).parent / "data"
RULES, PUBLISHED = DATA / "rules.yaml", DATA / "published.yaml"
Row = dict[str, Any]
FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Whom:
    """What the rules ask about an elder."""

    age: int
    ability: str = "unknown"
    lives: str = "alone"
    hardship: str = "none"


@dataclass(frozen=True, slots=True)
class Share:
    """What the district pays of a price, and why so much, as a document of two languages keeps it."""

    price: Decimal
    subsidy: Decimal
    why: Label

    @property
    def own(self) -> Decimal:
        """What is left to pay."""
        return self.price - self.subsidy


@cache
def table() -> Row:
    """The table as it is written."""
    return read_table(RULES)


def rows_of(part: str, day: date) -> list[Row]:
    """The rows of this part that count on the day, the one that began last first."""
    rows = cast("list[Row]", table()[part])
    found = [row for row in rows if row["valid_from"] <= day and not (row.get("valid_to") and row["valid_to"] <= day)]
    return sorted(found, key=lambda row: row["valid_from"], reverse=True)


def row_of(part: str, day: date, **which: Any) -> Row | None:
    """The one of them that says so; None without one."""
    return next((row for row in rows_of(part, day) if all(row.get(key) == value for key, value in which.items())), None)


def standing(row: Row) -> Label:
    """Where a row stands, with a word of caution where nobody compared it with its text yet."""
    if row["basis"] == "ours":
        return t("本平台拟定", "ours")
    said = f"{row['source']} {row.get('clause', '')}".strip()
    return t(said, said) if row["checked"] else t(f"{said}（待与原文核对）", f"{said} (not yet compared with its text)")


def level_of(score: int, day: date) -> str:
    """The level of ability of so many points; unknown where no row counts."""
    return next((row["level"] for row in rows_of("ability", day) if row["low"] <= score <= row["high"]), "unknown")


def need_of(whom: Whom, day: date) -> tuple[str, timedelta | None]:
    """How often somebody is visited: the most frequent of the rows that hold; ("none", None) where none does."""
    found = [row for row in rows_of("needs", day) if _needs(row, whom)]
    if not found:
        return "none", None
    nearest = min(found, key=lambda row: row["days"])
    return nearest["need"], timedelta(days=nearest["days"])


def interval_of(need: str, day: date) -> timedelta | None:
    """The days between visits of this need."""
    row = row_of("needs", day, need=need)
    return timedelta(days=row["days"]) if row else None


def _needs(row: Row, whom: Whom) -> bool:
    return whom.ability in row["levels"] and whom.lives in row["lives"] and whom.age >= row["age"]


def _entitled(row: Row, whom: Whom) -> bool:
    in_level = "levels" not in row or whom.ability in row["levels"]
    return whom.age >= row.get("age", 0) and in_level and ("hardship" not in row or whom.hardship in row["hardship"])


def meal_share(whom: Whom, price: Decimal, day: date, *, had_today: int, had_this_week: int, number: int = 1) -> Share:
    """What of so many meals at this price the district pays: for those entitled, so many a day and a week."""
    rate = next(iter(rows_of("meals", day)), None)
    who = next((row for row in rows_of("meal_eligible", day) if _entitled(row, whom)), None)
    if rate is None or whom.lives == "institution" or who is None:
        return Share(price * number, Decimal(0), t("不在助餐补贴对象内", "not among those whose meals are subsidised"))
    left = max(0, min(number, rate["a_day"] - had_today, rate["a_week"] - had_this_week))
    if not left:
        used = t("今日或本周的补贴餐次已用完（每日{day}餐、每周{week}餐）", "this day's or week's subsidised meals are used up ({day} a day, {week} a week)")
        return Share(price * number, Decimal(0), used.filled(day=str(rate["a_day"]), week=str(rate["a_week"])))
    each = min(Decimal(rate["yuan"]), price)
    why = t("{who}；每餐补{yuan}元，本次补{left}餐；依据：{basis}", "{who}; {yuan} yuan a meal, {left} of these; on: {basis}")
    said = why.filled(who=t(who["clause"], who["clause"]), yuan=f"{each:g}", left=str(left), basis=standing(rate))
    return Share(price * number, each * left, said)


def service_share(kind: str, whom: Whom, price: Decimal, day: date, *, had_this_month: int) -> Share:
    """What of help at home the district pays."""
    row = row_of("services", day, kind=kind)
    if row is None:
        return Share(price, Decimal(0), t("本项目没有补贴", "no subsidy is meant for this"))
    if not _entitled(row, whom):
        return Share(price, Decimal(0), t("有补贴，但本人的能力等级或困难类别不在对象内", "subsidised, but not at this level of ability or hardship"))
    if had_this_month >= row["a_month"]:
        used = t("本月补贴次数已用完（每月{n}次）", "this month's subsidised times are used up ({n} a month)")
        return Share(price, Decimal(0), used.filled(n=str(row["a_month"])))
    paid = (price * Decimal(row["share_pct"]) / 100).quantize(FEN, ROUND_HALF_UP)
    said = t("补贴{pct}%，每月{n}次；依据：{basis}", "{pct} % paid, {n} times a month; on: {basis}")
    return Share(price, paid, said.filled(pct=str(row["share_pct"]), n=str(row["a_month"]), basis=standing(row)))


def retrofit_share(cost: Decimal, whom: Whom, day: date, *, last_paid: date | None) -> Share:
    """What of a home's plan the district pays: a share, capped, once in so many years."""
    row = next(iter(rows_of("retrofit", day)), None)
    if row is None or whom.age < row["age"]:
        return Share(cost, Decimal(0), t("未到补贴年龄，或当前没有补贴政策", "too young for the subsidy, or there is none now"))
    if last_paid and (day - last_paid).days < 365 * row["years"]:
        again = t("{n}年内已补贴过（{day}）", "subsidised within {n} years already ({day})")
        return Share(cost, Decimal(0), again.filled(n=str(row["years"]), day=last_paid.isoformat()))
    paid = min((cost * Decimal(row["share_pct"]) / 100).quantize(FEN, ROUND_HALF_UP), Decimal(row["most_yuan"]))
    said = t("造价的{pct}%，每户最多{most}元；依据：{basis}", "{pct} % of the cost, at most {most} yuan a home; on: {basis}")
    return Share(cost, paid, said.filled(pct=str(row["share_pct"]), most=str(row["most_yuan"]), basis=standing(row)))


def training_hours(kind: str, day: date) -> Decimal | None:
    """So many hours make a trained carer of the kind; None where no row counts."""
    row = row_of("training", day, kind=kind)
    return Decimal(str(row["hours"])) if row else None


def few_below(day: date) -> int:
    """Below so many cases a share is shown with a word of caution and takes no place in a ranking."""
    return int(next(iter(rows_of("caution", day)), {"below": 0})["below"])


@cache
def retrofit_items() -> dict[str, Row]:
    """What a plan may list, with working prices."""
    return {row["key"]: row for row in cast("list[Row]", table()["retrofit_items"])}


def named_items(keys: Iterable[str]) -> list[Row]:
    """Items of a plan with what they are called, as a plan keeps them: it is read years later, when the table may have changed."""
    known = retrofit_items()
    return [{"key": key, **known[key]["label"]} for key in keys]


def item_options() -> words.Options:
    """The same as options of a form, each with its price: whoever agrees to a plan is told what it costs."""
    priced = t("{item}（{yuan}元）", "{item} ({yuan} yuan)")
    named = ((key, t(row["label"]["zh"], row["label"]["en"]), str(row["yuan"])) for key, row in retrofit_items().items())
    return tuple((key, priced.filled(item=label, yuan=yuan)) for key, label, yuan in named)


def budget_options() -> words.Options:
    """The alarm budgets that an elder chooses from."""
    return tuple((row["key"], t(row["label"]["zh"], row["label"]["en"])) for row in cast("list[Row]", table()["budgets"]))
