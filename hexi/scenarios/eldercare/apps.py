"""Eldercare as a Django app."""

from django.apps import AppConfig


class EldercareConfig(AppConfig):
    name = "hexi.scenarios.eldercare"
    label = "eldercare"

    def ready(self) -> None:
        from hexi.kit import register
        from hexi.scenarios.eldercare.scenario import scenario

        register(scenario)
