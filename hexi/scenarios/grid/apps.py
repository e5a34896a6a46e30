"""The grid network as a Django app."""

from django.apps import AppConfig


class GridConfig(AppConfig):
    name = "hexi.scenarios.grid"
    label = "grid"

    def ready(self) -> None:
        from hexi.kit import register
        from hexi.scenarios.grid.scenario import scenario

        register(scenario)
