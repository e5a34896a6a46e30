"""Every page leads somewhere: links resolve, commands exist and take those words, Python compiles, settings are read by code."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from hexi.tools.command import found
from tests.docs.pages import ROOT, Page, pages

PAGES = pages()
SHELL = {"sh", "console", "bash"}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
SETTING = re.compile(r"\bHEXI_[A-Z_]+\b")
MAKE = re.compile(r"(?:^|&&|;)\s*(?:\w+=\S+ )*make (?:-C \S+ )?([a-z][a-z-]*)")


def _name(page: Page) -> str:
    return str(page)


def lines_of(page: Page) -> Iterator[str]:
    """What the page tells people to type: lines of shell blocks, and words between backticks."""
    for block in page.blocks:
        if block.language in SHELL:
            joined = block.text.replace("\\\n", " ")
            lines = joined.splitlines()
            yield from (line.removeprefix("$ ") for line in lines if block.language != "console" or line.startswith("$ "))
    yield from page.code


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_inside_the_repository_resolves(page: Page) -> None:
    for link in page.links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.path.parent / path).resolve() if path else page.path
        assert target.is_relative_to(ROOT), link
        assert target.exists(), f"{page} links to {link}, which is not there"
        if anchor:
            assert anchor in Page(target).anchors, f"{page} links to {link}: no such heading"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_make_target_that_a_page_names_exists(page: Page) -> None:
    named = {target for line in lines_of(page) for target in MAKE.findall(line)}
    assert named <= TARGETS, named - TARGETS


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_hexi_command_that_a_page_names_takes_those_words(page: Page) -> None:
    for line in lines_of(page):
        for command in re.split(r"&&|\|\||;|\|", line):
            words = _words(command)
            if words is not None:
                _check(words, f"{page}: {line}")


def _words(command: str) -> list[str] | None:
    """The words behind `hexi`, when the line is such a command."""
    match = re.match(r"\s*(?:sudo (?:-u \w+ )?)?(?:env )?(?:[A-Z_]+=\S+ )*(?:\S*/)?hexi(?: (?P<words>.*))?$", command)
    return None if match is None else shlex.split(match["words"] or "", comments=True)


def _check(words: list[str], where: str) -> None:
    commands = found()
    if not words or words[0].isupper():
        return
    assert words[0] in commands, f"{where}: there is no command hexi {words[0]}"
    parser = argparse.ArgumentParser(exit_on_error=False)
    commands[words[0]].arguments(parser)
    options = {word for word in words if word.startswith("--")}
    assert all(option in parser.format_help() for option in options), f"{where}: no such option"
    if len(words) == 1 or any(word.isupper() or word == "…" for word in words):
        return  # it names the command, or shows its form, and is no call
    try:
        parser.parse_args(words[1:])
    except (SystemExit, argparse.ArgumentError) as error:
        raise AssertionError(f"{where}: {error}") from error


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_block_of_python_compiles(page: Page) -> None:
    for block in page.of("python"):
        compile(block.text, f"{page}:{block.line}", "exec")


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_setting_that_a_page_names_is_read_by_the_code(page: Page) -> None:
    named = set(SETTING.findall(page.text))
    assert named <= settings_read(), named - settings_read()


@cache
def settings_read() -> set[str]:
    """The settings that Python, the set-up scripts and the tests read."""
    files = [*(ROOT / "hexi").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "setup").glob("*.sh")]
    return {name for file in files if file.parent.name != "docs" for name in SETTING.findall(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_readme_begins_with_the_two_commands(name: str) -> None:
    first = next(block for block in Page(ROOT / name).blocks if block.language in SHELL)
    assert [line.split()[:2] for line in first.text.splitlines()] == [["make", "run"], ["make", "test"]]


def test_every_page_of_the_documentation_is_reached_from_a_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md", ROOT / "README.en.md"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.suffix != ".md" or not path.exists():
            continue
        seen.add(path)
        page = Page(path)
        waiting += [(path.parent / link.partition("#")[0]).resolve() for link in page.links if not re.match(r"[a-z]+:", link)]
    lost = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")} - {
        path.relative_to(ROOT).as_posix() for path in seen
    }
    assert not lost, lost
