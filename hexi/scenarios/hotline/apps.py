"""The hotline as a Django app."""

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "hexi.scenarios.hotline"
    label = "hotline"

    def ready(self) -> None:
        from hexi.kit import register
        from hexi.scenarios.hotline.scenario import scenario

        register(scenario)
