"""The livelihood programme as a Django app."""

from django.apps import AppConfig


class LivelihoodConfig(AppConfig):
    name = "hexi.scenarios.livelihood"
    label = "livelihood"

    def ready(self) -> None:
        from hexi.kit import register
        from hexi.scenarios.livelihood.scenario import scenario

        register(scenario)
