"""Passage as a Django app."""

from django.apps import AppConfig


class PassageConfig(AppConfig):
    name = "hexi.scenarios.passage"
    label = "passage"

    def ready(self) -> None:
        from hexi.kit import register
        from hexi.scenarios.passage.scenario import scenario

        register(scenario)
