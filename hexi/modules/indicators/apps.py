"""The indicators room as a Django app."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "hexi.modules.indicators"
    label = "indicators"

    def ready(self) -> None:
        from hexi.kernel.catalogue import register
        from hexi.modules.indicators.room import room

        register(room)
