"""City management as a Django app."""

from django.apps import AppConfig


class UrbanConfig(AppConfig):
    name = "hexi.scenarios.urban"
    label = "urban"

    def ready(self) -> None:
        from hexi.kit import register
        from hexi.scenarios.urban.scenario import scenario

        register(scenario)
