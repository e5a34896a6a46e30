from collections.abc import Callable
from typing import Any, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])

def njit(*, cache: bool = False, nogil: bool = False, inline: str = "never") -> Callable[[_Function], _Function]: ...
