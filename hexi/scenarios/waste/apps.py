"""Waste from cradle to grave, as a Django app."""

from django.apps import AppConfig


class WasteConfig(AppConfig):
    name = "hexi.scenarios.waste"
    label = "waste"

    def ready(self) -> None:
        from hexi.kit import register
        from hexi.scenarios.waste.scenario import scenario

        register(scenario)
