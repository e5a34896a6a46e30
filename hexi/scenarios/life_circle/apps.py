"""The quarter-hour circle as a Django app."""

from django.apps import AppConfig


class LifeCircleConfig(AppConfig):
    name = "hexi.scenarios.life_circle"
    label = "life_circle"

    def ready(self) -> None:
        from hexi.kit import register
        from hexi.scenarios.life_circle.scenario import scenario

        register(scenario)
