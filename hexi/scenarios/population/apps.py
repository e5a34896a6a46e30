"""The population register as a Django app."""

from django.apps import AppConfig


class PopulationConfig(AppConfig):
    name = "hexi.scenarios.population"
    label = "population"

    def ready(self) -> None:
        from hexi.kit import register
        from hexi.scenarios.population.scenario import scenario

        register(scenario)
