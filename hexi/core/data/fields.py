"""Fields that know their meaning: label, unit, privacy class, source. `Elder.age` is a column, `elder.age` a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal as Exact
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

import orjson
from django.db import models
from django.db.models.base import ModelBase
from django.db.models.expressions import Col
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.query_utils import DeferredAttribute

from hexi.core.data.indexes import indexed
from hexi.kernel.checked import checked_label, checked_words, twice
from hexi.kernel.condition import Column, FlagColumn, MomentColumn, PlaceColumn, ReferenceColumn
from hexi.kernel.declare import PRIVACY_ORDER, Privacy
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label
from hexi.kernel.shared import OfficesColumn
from hexi.kernel.units import unit as known_unit

T = TypeVar("T")
C = TypeVar("C")


def rounded(value: Any, places: int) -> Any:
    """A number as it is stored, a half going to the even side; anything else as it is."""
    if isinstance(value, float):
        value = Exact(repr(value))
    return round(value, places) if isinstance(value, Exact) and value.is_finite() else value


def _column_of(field: Any) -> Any:
    column = field.column_class(field.attname, field.label, kind=field.kind, unit=field.unit, privacy=field.privacy, owner=field.model)
    column.words = getattr(field, "options", {})
    if field.column_class is OfficesColumn:
        column.entity = field.model._meta.label_lower
    return column


class _Seen(DeferredAttribute):
    """Class access gives the column, instance access the value."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        return _column_of(cast(Any, self).field) if instance is None else cast(Any, super()).__get__(instance, cls)


class _SeenReference(ForwardManyToOneDescriptor):
    def __get__(self, instance: Any, cls: Any = None) -> Any:
        return _column_of(self.field) if instance is None else super().__get__(instance, cls)


class Meaning(Generic[T, C]):
    """What every field says beside its type.

    `missing` allows an unknown value; `search` puts the field into the search box; `source` says where its values come from;
    `aliases` are other heads under which sheets carry it. `picks` is a source whose rows a form offers for it, as in a `question`.
    """

    kind: str = ""
    column_class: type = Column
    descriptor_class = _Seen
    blank_is_text = False

    def __init__(  # noqa: PLR0913  each is a word that a field may say
        self, label: Label | None = None, *more: Any, unit: str = "", privacy: Privacy = "internal", source: str = "",
        search: bool = False, missing: bool = False, help: Label | None = None, aliases: tuple[str, ...] = (),  # noqa: A002
        picks: str = "", **django: Any,
    ) -> None:  # fmt: skip
        if label is not None:
            checked_label(f"A field of kind {self.kind}", label)
            checked_words(f"Field {label.en!r}: privacy=", privacy, PRIVACY_ORDER)
        self.label, self.unit, self.privacy, self.source = label or Label("?", "?"), unit, privacy, source
        self.search, self.missing, self.help, self.aliases, self.picks = search, missing, help, aliases, picks
        if unit:
            known_unit(unit)
        if missing:
            django = {"blank": True, **({"default": ""} if self.blank_is_text else {"null": True}), **django}
        if label:
            django.setdefault("verbose_name", label.zh)
        super().__init__(*more, **django)

    def deconstruct(self) -> Any:
        """Migrations name Django's own class, so that no old migration needs this module."""
        name, _, args, options = super().deconstruct()  # type: ignore[misc]
        plain = next(c for c in type(self).__mro__ if c.__module__.startswith("django."))
        for wordy in ("verbose_name", "choices", "help_text"):
            cast("dict[str, Any]", options).pop(wordy, None)
        return name, f"django.db.models.{plain.__name__}", args, options

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> C: ...
        @overload
        def __get__(self, instance: models.Model, owner: Any) -> T: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: models.Model, value: T) -> None: ...


if TYPE_CHECKING:  # the checker sees descriptors only; Django sees the real fields below

    class Text(Meaning[str, Column[str]]): ...

    class LongText(Meaning[str, Column[str]]): ...

    class Number(Meaning[Any, Column[Any]]):
        def __init__(
            self, label: Label, *, decimals: int = 0, low: float | None = None, high: float | None = None, plain: bool = False, **more: Any
        ) -> None: ...

    class Money(Meaning[Exact | None, Column[Exact]]):
        def __init__(self, label: Label, *, low: float | None = 0, high: float | None = None, **more: Any) -> None: ...

    class Flag(Meaning[bool, FlagColumn]): ...

    class Choice(Meaning[str, Column[str]]):
        def __init__(
            self, label: Label, *, options: tuple[tuple[str, Label], ...] | Callable[[], dict[str, Label]], **more: Any
        ) -> None: ...

    class Moment(Meaning[datetime | None, MomentColumn]): ...

    class Day(Meaning[date | None, MomentColumn]): ...

    class Place(Meaning[str, PlaceColumn]): ...

    class Office(Meaning[str, Column[str]]): ...

    class Offices(Meaning[str, OfficesColumn]): ...

    class Document(Meaning[Any, Column[Any]]):
        def __init__(self, label: Label, *, files: bool = False, by_office: bool = False, **more: Any) -> None: ...

    class Reference(Meaning[Any, ReferenceColumn]):
        def __init__(self, to: str, label: Label, *, related_name: str | None = None, owned: bool = False, **more: Any) -> None: ...

    class File(Meaning[Any, ReferenceColumn]): ...

else:

    class Text(Meaning, models.CharField):
        """One line of text."""

        kind, blank_is_text = "text", True

        def __init__(self, label=None, *, max_length=200, **more):
            super().__init__(label, max_length=max_length, **more)

    class LongText(Meaning, models.TextField):
        """Several lines of text."""

        kind, blank_is_text = "text", True

    class WholeNumber(Meaning, models.BigIntegerField):
        """A whole number in a unit, between `low` and `high`; a `plain` one names something, such as a year or a seed."""

        kind, decimals = "number", 0

        def __init__(self, label=None, *, low=None, high=None, plain=False, **more):
            self.low, self.high, self.plain = low, high, plain
            super().__init__(label, **more)

    class _Exact(models.DecimalField):
        """Rounded before it is stored: left to themselves, the two databases round a half differently."""

        def get_db_prep_save(self, value, connection):
            return super().get_db_prep_save(rounded(value, self.decimal_places), connection)

    class ExactNumber(Meaning, _Exact):
        """A number with a fixed count of decimals, kept exactly; a `plain` one is no amount, such as a longitude."""

        kind = "number"

        def __init__(self, label=None, *, decimal_places=2, max_digits=18, low=None, high=None, plain=False, **more):
            self.decimals, self.low, self.high, self.plain = decimal_places, low, high, plain
            super().__init__(label, max_digits=max_digits, decimal_places=decimal_places, **more)

    def Number(label, *, decimals=0, **more):  # noqa: N802  a field like the others to whoever declares
        """A number in a unit; `decimals` places (whole when 0), between `low` and `high`."""
        return ExactNumber(label, decimal_places=decimals, **more) if decimals else WholeNumber(label, **more)

    class Money(Meaning, _Exact):
        """An amount in yuan, to the fen."""

        kind, decimals = "money", 2

        def __init__(self, label=None, *, max_digits=18, decimal_places=2, low=0, high=None, **more):
            self.low, self.high = low, high
            super().__init__(label, max_digits=max_digits, decimal_places=decimal_places, **{"unit": "yuan", **more})

    class Flag(Meaning, models.BooleanField):
        """Yes or no."""

        kind, column_class = "flag", FlagColumn

        def __init__(self, label=None, **more):
            super().__init__(label, **{"default": None if more.get("missing") else False, **more})

    class Choice(Meaning, models.CharField):
        """One of a list; rows carry the key, people read the label. `options` may be a function where scenarios add to the list."""

        kind, blank_is_text = "choice", True

        def __init__(self, label=None, *, options=(), max_length=40, **more):
            self._options = options
            if not callable(options):
                if doubled := twice(key for key, _ in options):
                    raise DeclarationError(f"Field {label.en!r}: options= has {', '.join(doubled)} twice. Rename one.")
                more.setdefault("choices", [(key, text.zh) for key, text in options])
            super().__init__(label, max_length=max_length, **more)

        @property
        def options(self):
            """Labels by key."""
            return self._options() if callable(self._options) else dict(self._options)

    class Moment(Meaning, models.DateTimeField):
        """A point in time; aware, stored in UTC. Missing unless it says otherwise."""

        kind, column_class = "moment", MomentColumn

        def __init__(self, label=None, **more):
            super().__init__(label, **{"missing": "auto_now" not in more, **more})

    class Day(Meaning, models.DateField):
        """A day in the district's calendar. Missing unless it says otherwise."""

        kind, column_class = "day", MomentColumn

        def __init__(self, label=None, **more):
            super().__init__(label, **{"missing": True, **more})

    class Place(Meaning, models.CharField):
        """A place by its code; codes nest, so an area is a prefix."""

        kind, column_class, blank_is_text = "place", PlaceColumn, True

        def __init__(self, label=None, *, max_length=40, **more):
            super().__init__(label, max_length=max_length, **{"db_index": True, **more})

    class Office(Meaning, models.CharField):
        """An organisation by its key."""

        kind, blank_is_text = "office", True

        def __init__(self, label=None, *, max_length=60, **more):
            super().__init__(label, max_length=max_length, **more)

    class Offices(Meaning, models.TextField):
        """Several organisations by their keys, `;housing;sports;`: who is concerned, and so may read the row."""

        kind, column_class, blank_is_text = "offices", OfficesColumn, True

        def __init__(self, label=None, **more):
            super().__init__(label, **{"missing": True, **more})

    class Document(Meaning, models.JSONField):
        """A small structure without columns of its own (a curve, some names). Not filtered or sorted.

        `files`: it is a list of stored files. `by_office`: its keys are organisations, and are read by their names.
        """

        kind = "document"

        def __init__(self, label=None, *, files=False, by_office=False, **more):
            self.files, self.by_office = files, by_office
            super().__init__(label, **more)

        def from_db_value(self, value, expression, connection):
            """Whole documents by the quicker reader, for lists read thousands of them; pieces of one as Django reads them."""
            if isinstance(value, str) and isinstance(expression, Col):
                return orjson.loads(value)
            return super().from_db_value(value, expression, connection)

    class Reference(Meaning, models.ForeignKey):
        """Another record. `owned` ones go with their owner; others protect it from removal."""

        kind, column_class = "reference", ReferenceColumn
        forward_related_accessor_class = _SeenReference

        def __init__(self, to, label=None, *, owned=False, **more):
            more.setdefault("on_delete", models.CASCADE if owned else models.PROTECT)
            super().__init__(label, to, **more)

    class File(Reference):
        """A stored file, such as a photograph that proves something."""

        kind = "file"

        def __init__(self, label=None, **more):
            if not isinstance(label, Label | None):
                raise DeclarationError("A File field begins with its label: File(t('附件', 'attachment')).")
            more.pop("to", None)
            super().__init__("data.StoredFile", label, **{"missing": True, "related_name": "+", **more})


class EntityType(ModelBase):
    """Gives every register the indexes that its list needs to stay flat at a million rows."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **more: Any) -> Any:
        if (said := attrs.get("Describe")) is not None:
            attrs["Meta"] = indexed(attrs.get("Meta"), f"{attrs['__module__']}.{name}", said, attrs)
        return super().__new__(cls, name, bases, attrs, **more)


class Entity(models.Model, metaclass=EntityType):
    """A thing in the district that a room looks after: a row with a version and a history.

    An inner class `Describe` says how people meet it: label, title, key, place, organisation, list, groups, sort.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)
    import_id = models.BigIntegerField(null=True, blank=True, editable=False)
    once: Mapping[str, str] = MappingProxyType({})
    """What the change that this row comes from shows its author once."""

    class Meta:
        abstract = True

    Describe: Any

    def __str__(self) -> str:
        title: Callable[[], str] = getattr(self, "title_text", lambda: f"{self._meta.verbose_name} {self.pk}")
        return title()
