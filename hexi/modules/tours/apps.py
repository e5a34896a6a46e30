"""The tours room as a Django app."""

from django.apps import AppConfig


class ToursConfig(AppConfig):
    name = "hexi.modules.tours"
    label = "tours"
    verbose_name = "tours"

    def ready(self) -> None:
        from hexi.kernel.catalogue import register
        from hexi.modules.tours.room import room

        register(room)
