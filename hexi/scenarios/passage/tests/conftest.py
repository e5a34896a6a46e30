from hexi.core.space.walks.tests.conftest import here, town

__all__ = ["here", "town"]
