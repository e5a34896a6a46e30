"""The one tree of errors; every message says what happened, which thing, and what to do.

HexiError
├── DeclarationError    a scenario or room says something that cannot be; found at start
├── Invalid        422  the input breaks rules; carries one Problem per field or cell
├── SignInNeeded   401  nobody is signed in, or the credentials do not fit
├── Forbidden      403  the thing may be seen but not so used
├── NotFound       404  no such thing, or not for this reader: the two are never told apart
├── Conflict       409  somebody else was faster; carries the present state
├── TooLarge       413  more than the limit that the message names
├── Unproven       422  a signature, proof, tile or file of a log does not hold; nothing in it may be believed
├── TooMany        429  too often; says when to come back
└── Unavailable    503  a part that the district has not set up, or that does not answer
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hexi.kernel.label import Label, Language, t


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one input: the field (or column), what is wrong with it, and where it stands ("C12" in a sheet)."""

    field: str
    message: Label
    where: str = ""
    value: str = ""

    def as_dict(self, language: Language) -> dict[str, str]:
        return {"field": self.field, "message": self.message.said(language), "where": self.where, "value": self.value}


class HexiError(Exception):
    """Something could not be done. `what` says it, `which` names the thing, `do` says how to mend it."""

    status = 500
    code = "error"

    def __init__(self, what: Label, *, which: str = "", do: Label | None = None, code: str | None = None) -> None:
        super().__init__(f"{what.en} {which}".strip())
        self.what, self.which, self.do = what, which, do
        self.code = code or type(self).code

    def document(self, language: Language) -> dict[str, Any]:
        """The error as an RFC 9457 problem document in the reader's language."""
        found: dict[str, Any] = {
            "type": f"urn:hexi:problem:{self.code}",
            "title": self.what.said(language),
            "status": self.status,
            "code": self.code,
        }
        if self.which:
            found["detail"] = self.which
        if self.do:
            found["do"] = self.do.said(language)
        return found


class DeclarationError(ValueError):
    """A declaration cannot be; the sentence says which one and what to write instead. For authors, so in English."""


class Invalid(HexiError):
    """The input breaks rules."""

    status, code = 422, "invalid"

    def __init__(self, problems: Sequence[Problem], what: Label | None = None, *, do: Label | None = None, code: str | None = None) -> None:
        super().__init__(what or t("填写的内容有误", "Some of the input is not valid"), do=do, code=code)
        self.problems = tuple(problems)

    def document(self, language: Language) -> dict[str, Any]:
        return {**super().document(language), "errors": [problem.as_dict(language) for problem in self.problems]}

    def __str__(self) -> str:
        return "; ".join(f"{p.where or p.field}: {p.message.en}" for p in self.problems) or super().__str__()


class SignInNeeded(HexiError):
    """Nobody is signed in, or not well enough."""

    status, code = 401, "sign_in_needed"

    def __init__(self, what: Label | None = None, **kw: Any) -> None:
        super().__init__(what or t("请先登录", "Please sign in first"), **kw)


class Forbidden(HexiError):
    """The reader sees the thing but may not use it so."""

    status, code = 403, "forbidden"


class NotFound(HexiError):
    """No such thing, or not for this reader."""

    status, code = 404, "not_found"

    def __init__(self, what: Label | None = None, **kw: Any) -> None:
        super().__init__(what or t("没有找到，或您无权查看", "Not found, or not open to you"), **kw)


@dataclass(frozen=True, slots=True)
class Present:
    """What a record looks like now, for somebody whose copy is stale."""

    version: int
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Conflict(HexiError):
    """Somebody else was faster. `present` is the state now, as this reader may see it."""

    status, code = 409, "conflict"

    def __init__(self, what: Label, *, present: Present | None = None, **kw: Any) -> None:
        super().__init__(what, **kw)
        self.present = present

    def document(self, language: Language) -> dict[str, Any]:
        found = super().document(language)
        if self.present:
            found["present"] = {"version": self.present.version, "values": dict(self.present.values)}
        return found


class TooLarge(HexiError):
    """More than the limit that the message names."""

    status, code = 413, "too_large"


class Unproven(HexiError):
    """A signature, proof, tile or file of a log does not hold; nothing in it may be believed."""

    status, code = 422, "unproven"


class TooMany(HexiError):
    """Too often. `retry_after` is in seconds."""

    status, code = 429, "too_many"

    def __init__(self, what: Label, *, retry_after: int, **kw: Any) -> None:
        super().__init__(what, **kw)
        self.retry_after = retry_after

    def document(self, language: Language) -> dict[str, Any]:
        return {**super().document(language), "retry_after": self.retry_after}


class Unavailable(HexiError):
    """A part that the district has not set up, or that does not answer."""

    status, code = 503, "unavailable"
