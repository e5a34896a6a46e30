"""Every label is said in Chinese and in English, each in its own place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree

CHINESE = re.compile("[\u3400-\u9fff]")


def faults(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules:
        if module.is_test:
            continue
        for node in ast.walk(module.syntax):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"t", "Label"} and (why := _wrong(node)):
                yield module.fault(node.lineno, why)


def _wrong(call: ast.Call) -> str:
    if len(call.args) + len(call.keywords) < 2:
        return "A label needs both languages: t('中文', 'English')."
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if len(texts) < 2:
        return ""
    zh, en = texts[:2]
    if not zh.strip() or not en.strip():
        return "A label needs both languages: t('中文', 'English')."
    if CHINESE.search(en) and not CHINESE.search(zh):
        return f"The languages stand in the wrong order: t({en!r}, {zh!r})."
    return ""
