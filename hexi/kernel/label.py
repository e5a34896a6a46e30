"""A text in the two languages of the platform: Chinese first, English second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Label:
    """One text, said in Chinese and in English."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh or not self.en:
            from hexi.kernel.errors import DeclarationError  # the errors speak in labels

            raise DeclarationError(f"A label needs both languages, got zh={self.zh!r}, en={self.en!r}: write t('中文', 'English').")

    def __str__(self) -> str:
        return self.zh

    def said(self, language: Language) -> str:
        """The text in that language."""
        return self.zh if language == "zh" else self.en

    def filled(self, **values: object) -> Label:
        """The same sentence with its `{gaps}` filled; a Label as a value is said in the matching language."""
        return Label(self.zh.format(**_in("zh", values)), self.en.format(**_in("en", values)))

    def as_dict(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


def _in(language: Language, values: dict[str, object]) -> dict[str, object]:
    return {key: value.said(language) if isinstance(value, Label) else value for key, value in values.items()}


def t(zh: str, en: str) -> Label:
    """Say one thing in both languages."""
    return Label(zh, en)


def joined(labels: list[Label], *, zh: str = "、", en: str = ", ") -> Label:
    """Several labels as one enumeration. The list must not be empty."""
    return Label(zh.join(x.zh for x in labels), en.join(x.en for x in labels))
