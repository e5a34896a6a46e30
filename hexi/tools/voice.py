"""How the command line speaks: one language, the reader's."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from hexi.kernel.label import Label, Language


def language(environment: Mapping[str, str] = os.environ) -> Language:
    """The reader's language: HEXI_LANG, else an English locale means English; Chinese otherwise."""
    wish = next((environment[key] for key in ("HEXI_LANG", "LC_ALL", "LANG") if environment.get(key)), "zh")
    return "en" if wish.startswith("en") else "zh"


def say(text: Label) -> None:
    """One line to the person at the terminal, at once even when the output is a pipe."""
    print(text.said(language()), flush=True)


def complain(text: Label) -> None:
    """The same, to the error output."""
    print(text.said(language()), file=sys.stderr, flush=True)
