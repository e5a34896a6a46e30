"""Random rows and random conditions: small pools of values, so that equal ones and edges meet often."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hexi.core.data.sharing import index_rows
from hexi.core.data.tests.samples.models import Team, Thing
from hexi.kernel.condition import Both, Cond, Either, Everything, Not, Nothing
from hexi.kernel.context import Context, Param
from hexi.kernel.label import t

NOW = datetime(2025, 10, 31, 17, 30, tzinfo=UTC)  # in the district it is the next day already
TODAY = date(2025, 11, 1)
TEXTS = ("", "王", "王小", "a", "A", "100%", "_", "it's", "\\", "王 小", "é", "🌊", "null")
WHOLE = (None, -3, -1, 0, 1, 2, 3, 100)
AMOUNTS = (None, Decimal(0), Decimal("0.30"), Decimal("4.50"), Decimal("-1.25"), Decimal(3), Decimal("1234567890.12"))
SHARES = (None, Decimal("0.3"), Decimal("0.3001"), Decimal("4.5"), Decimal("-1.25"), Decimal("99.9999"))
SPANS = (timedelta(0), timedelta(days=1), timedelta(days=7), timedelta(hours=30), timedelta(days=-2))
MOMENTS = (
    None,
    *(NOW - span + timedelta(microseconds=step) for span in SPANS for step in (-1, 0, 1)),
    datetime(2025, 10, 31, 15, 59, 59, tzinfo=UTC),
)
DAYS = (
    None,
    *(TODAY - timedelta(days=n) for n in (-2, -1, 0, 1, 2, 7, 8)),
    date(1965, 11, 1),
    date(1965, 11, 2),
    date(2004, 2, 29),
    date(1945, 10, 31),
)
CODES = (
    "120103",
    "120103001",
    "120103001003",
    "12010300100302",
    "12010300100302005",
    "12010300100302005001",
    "120103002",
    "120104001001",
    "99",
    "9912",
    "120199999",
)

GAP = Param("gap", t("间隔", "gap"), default=timedelta(days=7), low=timedelta(0), high=timedelta(days=30))
LIMIT = Param("limit", t("限额", "limit"), default=2, low=-10, high=10)
RATE = Param("rate", t("比率", "rate"), default=0.3, low=-10.0, high=10.0)
AGE = Param("age", t("年龄", "age"), default=60, low=0, high=100)
CONTEXTS = (
    Context(NOW),
    Context(NOW, {"gap": timedelta(days=1), "limit": 0, "rate": 4.5, "age": 21}),
    Context(datetime(2024, 2, 29, 3, tzinfo=UTC)),
)

RANK, BUDGET = Thing.team.to(Team.rank), Thing.team.to(Team.budget)
NUMBERS = (Thing.count, Thing.level, Thing.amount, Thing.share, RANK, BUDGET)
WORDS = (Thing.code, Thing.title, Thing.note, Thing.person, Thing.team.to(Team.name), Thing.first_team.to(Team.name))
CHOICES = (Thing.stage, Thing.colour, Thing.owner)
FLAGS = (Thing.done, Thing.agreed, Thing.team.to(Team.active))
PLACES = (Thing.home, Thing.spot, Thing.team.to(Team.area))
INSTANTS = (Thing.seen_at, Thing.checked_at)
DATES = (Thing.born_on, Thing.due)
LINKS = (Thing.team, Thing.first_team)
BLANKS = (*NUMBERS, *WORDS, *CHOICES, *FLAGS, *PLACES, *INSTANTS, *DATES, *LINKS, Thing.helpers, Thing.photo, Thing.marks)


def fill(seed: int, rows: int) -> None:
    """Insert random teams and things; the same for the same seed."""
    rng = random.Random(seed)
    Team.objects.bulk_create(
        Team(
            pk=n,
            code=f"t{n}",
            name=rng.choice(TEXTS),
            rank=rng.choice(WHOLE),
            budget=rng.choice(AMOUNTS),
            active=rng.random() < 0.5,
            area=rng.choice(("", *CODES)),
        )
        for n in range(1, 6)
    )
    things = Thing.objects.bulk_create(_thing(rng, n) for n in range(rows))
    index_rows("samples.thing", things, ("helpers",))


def _thing(rng: random.Random, n: int) -> Thing:
    pick = rng.choice
    return Thing(
        code=f"c{n}", title=pick(TEXTS[1:]) + str(n % 7), note=pick(TEXTS), person=pick(TEXTS), secret=pick(TEXTS), count=pick(WHOLE),
        level=pick(WHOLE[1:]), share=pick(SHARES), amount=pick(AMOUNTS), done=pick((True, False)), agreed=pick((True, False, None)),
        stage=pick(("draft", "shown", "ended")), colour=pick(("", "red", "blue")), seen_at=pick(MOMENTS), checked_at=pick(MOMENTS), born_on=pick(DAYS),
        due=None if n % 3 else TODAY - timedelta(days=n), home=pick(CODES), spot=pick(("", *CODES)), owner=pick(("", "housing", "civil")),
        helpers=pick(("", ";housing;", ";civil;housing;", ";sports;")), team_id=pick((None, 1, 2, 3, 4, 5)), first_team_id=pick((None, 1, 2)), marks=pick((None, [], {"a": 1})),
    )  # fmt: skip


def _order(column: Any, order: str, value: Any) -> Cond:
    return getattr(column, f"__{order}__")(value)


def _compared(columns: tuple[Any, ...], values: Any, orders: tuple[str, ...]) -> st.SearchStrategy[Cond]:
    return st.builds(_order, st.sampled_from(columns), st.sampled_from(orders), values)


ORDERS = ("lt", "le", "gt", "ge", "eq", "ne")
SAME = ("eq", "ne")
numbers = st.sampled_from(
    (-3, 0, 1, 2, 3, 0.3, 4.5, -1.25, 2.5, Decimal("0.30"), Decimal("4.499"), Decimal("3.00"), Decimal("0.30005"), LIMIT, RATE)
)
texts = st.sampled_from(TEXTS[1:])
moments = st.sampled_from([m for m in MOMENTS if m] + [NOW.astimezone(timezone(timedelta(hours=-5)))])
days = st.sampled_from([d for d in DAYS if d])
spans = st.sampled_from((*SPANS, GAP))
codes = st.sampled_from((*CODES, "9", "12", "1201030010030"))

leaves = st.one_of(
    _compared(NUMBERS, numbers, ORDERS),
    _compared(NUMBERS, st.sampled_from(NUMBERS), ORDERS),
    st.builds(
        lambda column, values: column.one_of(*values),
        st.sampled_from(NUMBERS),
        st.lists(numbers.filter(lambda n: not isinstance(n, Param)), min_size=1, max_size=3),
    ),
    _compared(WORDS, texts, SAME),
    _compared(WORDS, st.sampled_from(WORDS), SAME),
    st.builds(lambda column, values: column.one_of(*values), st.sampled_from(WORDS), st.lists(texts, min_size=1, max_size=3)),
    st.builds(lambda keys: Thing.helpers.one_of(*keys), st.lists(st.sampled_from(("housing", "civil", "none")), min_size=1, max_size=2)),
    st.builds(lambda column, piece: column.has(piece), st.sampled_from(WORDS), texts),
    _compared(CHOICES, st.sampled_from(("draft", "shown", "red", "housing")), SAME),
    st.sampled_from(FLAGS),
    _compared(FLAGS, st.booleans(), SAME),
    _compared(INSTANTS, st.one_of(moments, st.sampled_from(INSTANTS)), ORDERS),
    _compared(DATES, st.one_of(days, st.sampled_from(DATES)), ORDERS),
    st.builds(
        lambda column, span, missing: column.older_than(span, missing=missing), st.sampled_from((*INSTANTS, *DATES)), spans, st.booleans()
    ),
    st.builds(lambda column, years: column.aged(years), st.sampled_from(DATES), st.sampled_from((0, 1, 21, 60, AGE))),
    st.builds(lambda column, code: column.within(code), st.sampled_from(PLACES), codes),
    _compared(PLACES, st.sampled_from(CODES), SAME),
    _compared(LINKS, st.sampled_from((1, 2, 3, 99)), SAME),
    st.builds(lambda column, ids: column.one_of(*ids), st.sampled_from(LINKS), st.lists(st.integers(1, 6), min_size=1, max_size=3)),
    st.builds(lambda column: column.missing(), st.sampled_from(BLANKS)),
    st.sampled_from((Everything(), Nothing())),
)


def _joined(parts: st.SearchStrategy[Cond]) -> st.SearchStrategy[Cond]:
    return st.recursive(parts, _larger, max_leaves=8)


def _larger(inner: st.SearchStrategy[Cond]) -> st.SearchStrategy[Cond]:
    return st.one_of(
        st.builds(lambda one, other: one & other, inner, inner),
        st.builds(lambda one, other: one | other, inner, inner),
        st.builds(lambda one: ~one, inner),
        st.builds(Both, inner, inner),
        st.builds(Either, inner, inner),
        st.builds(Not, inner),
    )


conditions = _joined(leaves)
team_conditions = _joined(st.one_of(
    _compared((Team.rank, Team.budget), st.one_of(numbers, st.sampled_from((Team.rank, Team.budget))), ORDERS),
    _compared((Team.name,), texts, SAME), st.builds(Team.name.has, texts), st.sampled_from((Team.active, Everything(), Nothing())),
    st.builds(Team.area.within, codes), st.sampled_from((Team.area.missing(), Team.rank.missing(), Team.rank.one_of(1, 3))),
))  # fmt: skip
