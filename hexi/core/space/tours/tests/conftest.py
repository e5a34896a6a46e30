from hexi.core.space.walks.tests.conftest import here, town  # noqa: F401
