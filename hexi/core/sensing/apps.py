"""The sensing room as a Django app."""

from django.apps import AppConfig


class SensingConfig(AppConfig):
    name = "hexi.core.sensing"
    label = "sensing"
    verbose_name = "sensing"

    def ready(self) -> None:
        from hexi.core.sensing.room import room
        from hexi.kernel.catalogue import catalogue

        catalogue.register(room)
