"""Detectors as data: what judges a stretch of a device's raw signal, and what a judgement says.

A detector is a plain function of a window. It decides nothing: its score is a reading like any other, a stream rule looks at it, and what
comes of that is a suspicion until a person confirms it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from hexi.kernel.checked import checked_name, checked_words
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label
from hexi.kernel.reading import ReadingKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Signal = Literal["acceleration", "height"]
WIDTHS: dict[str, int] = {"acceleration": 3, "height": 1}
"""Numbers in one sample: acceleration x, y, z in g, gravity included; height of a person's top above the floor in metres, by radar."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of raw signal at even steps from `begin` on (microseconds, UTC): a row a sample, as wide as WIDTHS says."""

    signal: Signal
    begin: int
    hertz: float
    samples: NDArray[np.float64]

    def moment(self, row: int) -> int:
        """When this sample was taken."""
        return self.begin + round(row / self.hertz * 1_000_000)

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.hertz


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely the window holds what the detector looks for, when that was, and the grounds in words; 0.5 and more means that it does."""

    score: float
    row: int
    grounds: Label


@dataclass(frozen=True, slots=True)
class Detector:
    """What judges windows of one signal. The score becomes a reading of the kind `into`; `because` says what its limits rest on."""

    key: str
    label: Label
    signal: Signal
    into: ReadingKind
    judge: Callable[[Window], Judgement]
    because: str

    def __post_init__(self) -> None:
        checked_name("Detector", self.key, self.label)
        checked_words(f"Detector {self.key}: signal=", self.signal, get_args(Signal))
        if (self.into.low, self.into.high) != (0, 1):
            raise DeclarationError(f"Detector {self.key}: a score lies between 0 and 1, so {self.into.key} needs low=0, high=1.")
        if not self.because:
            raise DeclarationError(f"Detector {self.key}: say what its limits rest on (because=): the recordings, the paper.")
