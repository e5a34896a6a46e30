"""The entry of the `hexi` command: finds the commands and runs the one that was asked for."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from hexi.kernel.errors import DeclarationError, HexiError
from hexi.kernel.label import LANGUAGES, Label, t
from hexi.tools import commands
from hexi.tools.voice import complain, language


class Command(Protocol):
    """What a file in `hexi/tools/commands` offers."""

    SUMMARY: Label

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, options: argparse.Namespace) -> int: ...


def found() -> dict[str, Command]:
    """Every command by its name: the file's name, with dashes; `import_` because Python keeps `import` for itself."""
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    return {name.rstrip("_").replace("_", "-"): cast(Command, importlib.import_module(f"{commands.__name__}.{name}")) for name in names}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command. An error that the platform foresees becomes one sentence and exit code 1."""
    parser = argparse.ArgumentParser(prog="hexi", description="河西 Hexi")
    choices = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in found().items():
        summary = command.SUMMARY.said(language())
        one = choices.add_parser(name, help=summary, description=summary)
        command.arguments(one)
        one.set_defaults(command=command)
    options = parser.parse_args(words)
    try:
        return cast(Command, options.command).run(options)
    except HexiError as error:
        complain(spoken(error))
        return 1
    except KeyboardInterrupt:
        complain(t("已中断", "Interrupted"))
        return 130
    except DeclarationError as error:
        fault = located(error)
        complain(t(f"声明有误，平台没有启动：{fault}", f"A declaration is wrong, and the platform does not start: {fault}"))
        return 1


def located(error: DeclarationError) -> str:
    """The sentence, and the line of the module that said the wrong thing, where one line did."""
    modules = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.name == "<module>" and frame.filename.endswith(".py")]
    said = next((frame for frame in reversed(modules) if "/hexi/tools/" not in frame.filename), None)
    return f"{error} ({said.filename}:{said.lineno})" if said else str(error)


def spoken(error: HexiError) -> Label:
    """The error as one line: what happened, which thing, what to do."""
    said = {key: error.document(key) for key in LANGUAGES}
    parts = {key: [str(document[part]) for part in ("title", "detail", "do") if document.get(part)] + _fields(document)
             for key, document in said.items()}  # fmt: skip
    return Label("；".join(parts["zh"]), "; ".join(parts["en"]))


def _fields(document: Mapping[str, Any]) -> list[str]:
    return [f"{one['field']}: {one['message']}" for one in document.get("errors", ())]


if __name__ == "__main__":
    sys.exit(main())
