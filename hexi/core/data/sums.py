"""Sums of decimals that are the same on both databases."""

from __future__ import annotations

from typing import Any

from django.db.models import DecimalField, Sum


class ExactSum(Sum):
    """`Sum` to the last decimal of its field.

    SQLite keeps decimals as binary floats: some thousand of them added leave a rest behind the last decimal, and a balance that is nothing
    would read as something.
    """

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        sql, params = super().as_sqlite(compiler, connection, **context)  # type: ignore[misc]  # Func has it; the stubs do not say so
        field = self.output_field
        return (f"ROUND({sql}, {field.decimal_places})", params) if isinstance(field, DecimalField) else (sql, params)
