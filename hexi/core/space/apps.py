"""The space room as a Django app."""

from django.apps import AppConfig


class SpaceConfig(AppConfig):
    name = "hexi.core.space"
    label = "space"
    verbose_name = "space"

    def ready(self) -> None:
        from hexi.core.space.room import room
        from hexi.kernel.catalogue import catalogue

        catalogue.register(room)
