"""A model of the district's own in a detector's place: an ONNX file and a card that says what it is, in the folder that the settings name.

`worn_fall.onnx` and `worn_fall.json` replace the detector `worn_fall`. The card says
`{"hertz": 50, "rows": 250, "origin": "…", "sha256": "…"}`.
The model takes one float32 tensor (1, rows, numbers of the signal) and gives one number from 0 to 1. None is shipped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from django.conf import settings

from hexi.kernel.detector import Detector, Judgement, Window
from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t


@dataclass(frozen=True, slots=True)
class Card:
    """What the operator says of a model."""

    hertz: float
    rows: int
    origin: str
    sha256: str


def judge_of(detector: Detector) -> Callable[[Window], Judgement]:
    """The district's model where there is one, else the detector's own function."""
    path = Path(settings.DETECTORS) / f"{detector.key}.onnx" if settings.DETECTORS else None
    return _loaded(path) if path and path.exists() else detector.judge


@cache
def _loaded(path: Path) -> Callable[[Window], Judgement]:
    """Raises Unavailable for a file that is not what its card says, and without onnxruntime."""
    content = path.read_bytes()
    card = Card(**orjson.loads(path.with_suffix(".json").read_bytes()))
    if sha256(content).hexdigest() != card.sha256:
        raise Unavailable(
            t("识别模型与说明卡不一致", "The model is not the one that its card describes"), which=path.name,
            do=t("请核对文件来源，并在说明卡中写明它的 sha256", "See where the file is from, and write its sha256 into the card"),
        )  # fmt: skip
    return _judging(_session(content, path.name), card)


def _session(content: bytes, name: str) -> Any:
    try:
        runtime: Any = import_module("onnxruntime")
    except ImportError as fault:
        raise Unavailable(
            t("没有安装 onnxruntime，不能使用识别模型", "onnxruntime is not installed, so a model cannot be used"), which=name,
            do=t("请安装 hexi[onnx]，或移走该文件以使用内置方法", "Install hexi[onnx], or take the file away to use the detector of the house"),
        ) from fault  # fmt: skip
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    return runtime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _judging(session: Any, card: Card) -> Callable[[Window], Judgement]:
    name = session.get_inputs()[0].name

    def judge(window: Window) -> Judgement:
        rows, middle = resampled(window, card.hertz, card.rows)
        score = float(session.run(None, {name: np.asarray(rows[None], np.float32)})[0].reshape(-1)[0])
        score = min(1.0, max(0.0, score)) if np.isfinite(score) else 0.0
        said = t("模型得分 {score:.2f}（来源：{origin}）；没有可读的依据", "score of a model {score:.2f} (origin: {origin}); it gives no grounds")
        return Judgement(score, middle, said.filled(score=score, origin=card.origin))

    return judge


def resampled(window: Window, hertz: float, rows: int) -> tuple[np.ndarray[Any, np.dtype[np.float64]], int]:
    """So many rows at that rate around the row furthest from rest, and that row; the ends are repeated where the window is shorter."""
    size = np.sqrt((window.samples**2).sum(axis=1))
    middle = int(np.argmax(np.abs(size - np.median(size))))
    wanted = middle / window.hertz + (np.arange(rows) - rows // 2) / hertz
    own = np.arange(len(size)) / window.hertz
    columns = [np.interp(wanted, own, window.samples[:, number]) for number in range(window.samples.shape[1])]
    return np.stack(columns, axis=1), middle
