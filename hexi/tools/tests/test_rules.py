"""Each rule of `hexi check` catches what it is there for, and leaves alone what is right."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hexi.tools.checks import runner
from hexi.tools.checks.tree import Tree

GOOD = '"""Counts visits."""\n'

# rule: (file that breaks it, its text, file that keeps it, its text)
EXAMPLES = {
    "doors_listed": ("hexi/core/a/api.py", GOOD + '__all__ = ["gone"]\n', "hexi/core/b/api.py", GOOD + '__all__ = ["x"]\nx = 1\n'),
    "foreign_hosts": ("web/src/map.ts", 'load("https://tiles.example.net/1.png")', "web/src/svg.ts", '"http://www.w3.org/2000/svg"'),
    "labels_bilingual": ("hexi/a.py", GOOD + 't("visit", "探访")\n', "hexi/b.py", GOOD + 't("探访", "visit")\n'),
    "line_length": ("hexi/a.py", GOOD + f"x = '{'探' * 136}'\n", "hexi/b.py", GOOD + f"x = '{'探' * 134}'\n"),
    "machine_paths": ("docs/a.md", "see /home/somebody/notes", "docs/b.md", "the desk is at /work/"),
    "model_strings": (
        "hexi/a.py",
        GOOD + 'apps.get_model("trust.Event")\n',
        "hexi/x/migrations/0002_a.py",
        'apps.get_model("trust", "Event")\n',
    ),
    "module_docstring": ("hexi/a.py", "x = 1\n", "hexi/b.py", GOOD),
    "module_length": ("hexi/a.py", GOOD + "x = 1\n" * 400, "hexi/b.py", GOOD + "x = 1\n" * 399),
    "module_names": ("hexi/utils.py", GOOD, "hexi/x/base.py", GOOD + "class DatabaseWrapper(W): ...\n"),
    "noun_reads": ("hexi/a.py", GOOD + "def get_visits(): ...\n", "hexi/b.py", GOOD + "class A:\n    def get_queryset(self): ...\n"),
    "portable_locks": ("requirements.lock", "--index-url https://packages.example.org/simple", "dev.lock", "a==1 --hash=sha256:0"),
    "rooms_tested": ("hexi/core/a/__init__.py", "", "hexi/core/b/tests/test_b.py", "def test_it_is_there_at_all(): ...\n"),
    "settings_documented": ("hexi/a.py", GOOD + 'x = environ["HEXI_NEW"]\n', "hexi/b.py", GOOD + 'x = environ["HEXI_OLD"]\n'),
    "test_sentences": ("hexi/tests/test_a.py", "def test_visit(): ...\n", "hexi/tests/test_b.py", "def test_a_visit_counts_once(): ...\n"),
    "thin_routers": ("hexi/a/http.py", GOOD + "Visit.objects.all()\n", "hexi/a/queries.py", GOOD + "Visit.objects.all()\n"),
}
WHOLE_TREE = {"migrations_current", "scenario_folder", "terms_listed"}
"""Rules about more than one file have tests of their own."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path, "docs/reference/settings.md", "HEXI_OLD: an old setting.")
    return tmp_path


def put(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def broken(root: Path, rule: str) -> set[str]:
    (found,) = runner.run(Tree(root), [rule])
    return {fault.path.as_posix() for fault in found.faults}


@pytest.mark.parametrize("rule", sorted(EXAMPLES))
def test_a_rule_catches_what_breaks_it_and_passes_what_does_not(root: Path, rule: str) -> None:
    bad, bad_text, good, good_text = EXAMPLES[rule]
    put(root, bad, bad_text)
    put(root, good, good_text)
    if rule == "rooms_tested":
        put(root, "hexi/core/b/__init__.py", "")
        bad = "hexi/core/a/tests"
    assert broken(root, rule) == {bad}


def test_every_rule_has_an_example_that_breaks_it() -> None:
    assert set(runner.known()) == set(EXAMPLES) | WHOLE_TREE


def test_every_rule_says_itself_in_a_sentence() -> None:
    for found in runner.run(Tree(Path("/nonexistent")), sorted(EXAMPLES)):
        assert found.sentence.endswith("."), found.name


def test_a_scenario_without_its_parts_is_named_with_what_it_lacks(root: Path) -> None:
    for part in ("__init__.py", "apps.py", "migrations/__init__.py"):
        put(root, f"hexi/scenarios/waste/{part}", "")
    assert broken(root, "scenario_folder") == {"hexi/scenarios/waste/scenario.py", "hexi/scenarios/waste/README.md"}


def test_what_was_built_or_installed_is_not_read(root: Path) -> None:
    for folder in ("node_modules", ".venv", "dist", "var"):
        put(root, f"web/{folder}/utils.py", "x = 1")
    assert [source.path.as_posix() for source in Tree(root).sources] == ["docs/reference/settings.md"]


def test_a_named_pipe_in_the_tree_is_not_read_so_nobody_waits_for_its_other_end(root: Path) -> None:
    os.mkfifo(root / "bell")
    assert [one.path.name for one in Tree(root).sources] == ["settings.md"]
