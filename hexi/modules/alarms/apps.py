"""The alarms room as a Django app."""

from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    name = "hexi.modules.alarms"
    label = "alarms"
    verbose_name = "alarms"

    def ready(self) -> None:
        from hexi.kernel.catalogue import register
        from hexi.modules.alarms.room import room

        register(room)
