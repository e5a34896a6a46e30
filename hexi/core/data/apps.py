"""The data room as a Django app."""

from django.apps import AppConfig


class DataConfig(AppConfig):
    name = "hexi.core.data"
    label = "data"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from hexi.core.data.parameters import enter_parameters
        from hexi.core.data.room import room
        from hexi.kernel.catalogue import register

        register(room)
        post_migrate.connect(enter_parameters, sender=self)
