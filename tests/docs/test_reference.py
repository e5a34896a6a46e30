"""The reference pages say what the code says: words of the kit, rules, errors, screens, addresses, masks, the stream's numbers."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest
from django.conf import settings
from pydantic import BaseModel

from hexi import kit
from hexi.core.trust import api as trust
from hexi.kernel import condition, declare, errors, screen
from hexi.kernel.condition_words import SPEAKERS
from hexi.kernel.tlog import note, signing, sm2
from hexi.kit import walking
from hexi.site.stream import app, memory, relay
from hexi.tools.checks.runner import run
from hexi.tools.checks.tree import Tree
from hexi.tools.command import found
from hexi.tools.processes.plan import CLIENTS
from tests.docs.pages import ROOT, Page, table
from tests.docs.session import main as run_session

REFERENCE = ROOT / "docs" / "reference"
BARE = re.compile(r"`([^`]+)`")


def page(name: str) -> Page:
    return Page(REFERENCE / f"{name}.md")


def named(rows: list[list[str]]) -> list[str]:
    """The words that a table explains: what stands between backticks in its first column."""
    return [BARE.sub(r"\1", row[0]) for row in rows if row[0].startswith("`")]


def test_the_kit_page_explains_every_word_once() -> None:
    assert sorted(named(table(page("kit")))) == sorted([*kit.__all__, *walking.__all__])


def test_the_checks_page_says_every_rule_as_its_docstring() -> None:
    rules = {one.name: one.sentence for one in run(Tree(ROOT / "nowhere"))}
    lines = "\n".join(f"| `{name}` | {sentence} |" for name, sentence in rules.items())
    assert {row[0].strip("`"): row[1] for row in table(page("checks"))} == rules, f"docs/reference/checks.md should hold:\n{lines}"


def test_the_errors_page_lists_the_whole_tree() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.HexiError)]
    listed = {tuple(cell.strip("`") for cell in row[:3]) for row in table(page("errors")) if row[1].isdigit()}
    assert listed == {(kind.__name__, str(kind.status), kind.code) for kind in kinds}


def test_the_log_page_says_every_type_of_signature_and_the_limits_of_a_note() -> None:
    said = [(row[0].split("`")[1], row[1].strip("`"), row[2]) for row in table(page("log"))]
    assert said == [(kind.kind, kind.mark.hex(), str(kind.public_size)) for kind in signing.KEY_TYPES]
    assert f"at most {note.MOST_SIGNATURES} signatures and {note.LARGEST_NOTE:,} bytes" in page("log").text
    assert f"`{sm2.DISTINGUISHING_ID.decode()}`" in page("log").text


def test_the_commands_page_lists_every_command() -> None:
    targets = dict(re.findall(r"^([a-z-]+):[^#\n]*## [^|\n]*\| (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {row[0].strip("`"): row[1] for row in table(page("commands"), "## make")} == targets
    told = {name: command.SUMMARY.en for name, command in found().items()}
    assert {row[0].strip("`"): row[1] for row in table(page("commands"), "## hexi")} == told


PARTS: dict[str, type[BaseModel]] = {"## Page": screen.Page, "## Panel": screen.Panel, "## Data": screen.Data, "## Encode": screen.Encode,
                                     "## Drill": screen.Drill, "## Map": screen.Layer, "## Envelope": screen.Envelope}  # fmt: skip


@pytest.mark.parametrize("heading", PARTS)
def test_the_screens_page_lists_every_field_of_a_part(heading: str) -> None:
    fields = PARTS[heading].model_json_schema(mode="serialization", by_alias=True)["properties"]
    rows = [row for row in table(page("screens"), heading) if len(row) == 2]  # kinds of panels and layers stand in tables of three
    assert sorted(set(named(rows)) - KINDS.get(heading, set())) == sorted(fields)


KINDS = {"## Page": set(get_args(screen.PageKind)), "## Envelope": set(get_args(screen.Quality))}


def test_the_screens_page_lists_every_kind_and_who_draws_it() -> None:
    rows = table(page("screens"))
    panels = {row[0].strip("`"): row[1] for row in table(page("screens"), "## Panel") if len(row) == 3}
    layers = {row[0].strip("`"): row[1] for row in table(page("screens"), "## Map") if len(row) == 3}
    assert set(panels) == set(get_args(screen.Kind))
    assert set(layers) == set(get_args(screen.LayerKind))
    assert {*get_args(screen.PageKind), *get_args(screen.Quality)} <= set(named(rows))
    assert {kind for kind, drawn in panels.items() if drawn == "yes"} == {*_keys("web/src/blocks/registry.ts", "BLOCKS"), "records"}
    assert {kind for kind, drawn in layers.items() if drawn == "yes"} == _keys("web/src/screen/map/painters.ts", "PAINTERS")


def _keys(file: str, table_name: str) -> set[str]:
    """The keys of an object in a TypeScript file."""
    text = (ROOT / file).read_text(encoding="utf-8")
    body = re.search(rf"const {table_name}\b[^=]*= \{{(.*?)^\}}", text, re.MULTILINE | re.DOTALL)
    assert body, f"{file} has no {table_name}"
    return {key.strip("'") for key in re.findall(r"^\s+('?[\w-]+'?)(?=[:,])", body.group(1), re.MULTILINE)}


def test_the_http_page_lists_every_address() -> None:
    document = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
    there = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    listed = {name for name in named(table(page("http"))) if name.split()[0] in {"GET", "POST", "PATCH", "PUT", "DELETE"}}
    assert listed == there, "openapi.json and docs/reference/http.md must list the same addresses"


def test_the_filters_on_the_http_page_are_those_of_the_lists() -> None:
    from hexi.core.data.filters import MAKERS

    listed = {op for row in table(page("http"), "## Registers") if len(row) == 3 for op in BARE.findall(row[0])}
    assert listed == set(MAKERS)


def test_the_privacy_page_lists_classes_verbs_and_purposes() -> None:
    text = page("privacy")
    assert named(table(text, "## Classes")) == list(declare.PRIVACY_ORDER)
    assert named(table(text, "## The predicate")) == list(get_args(declare.Verb))
    assert {row[0].strip("`"): row[1] for row in table(text, "## Reveals")} == {key: label.zh for key, label in trust.PURPOSES.items()}


def test_masked_values_look_as_the_privacy_page_shows_them() -> None:
    rows = table(page("privacy"), "## Masks")
    assert len(rows) > 5
    for kind, privacy, value, shown in rows:
        assert trust.masked(value, kind.strip("`"), privacy.strip("`")) == shown, value


def test_the_stream_page_states_the_numbers_in_force() -> None:
    said = {row[0]: row[1] for row in table(page("stream"), "## Hearing")}
    numbers = [int(found.group()) for value in said.values() if (found := re.match(r"\d+", value))]
    assert numbers == [
        app.HEARTBEAT_S, app.SLOW_S, app.RETRY_MS / 1000, memory.KEPT, settings.CHANGES_DAYS, CLIENTS, relay.RIGHTS_S, relay.SESSIONS_S,
    ]  # fmt: skip


def test_the_conditions_page_lists_every_kind() -> None:
    assert sorted(name for name in named(table(page("conditions"))) if name[0].isupper()) == sorted(kind.__name__ for kind in SPEAKERS)
    assert issubclass(condition.Both, condition.Cond)


def test_the_examples_on_conditions_come_out_as_printed(capsys: pytest.CaptureFixture[str]) -> None:
    failed = run_session(str(REFERENCE / "conditions.md"))
    assert not failed, capsys.readouterr().out
