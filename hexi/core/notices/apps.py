"""The notices room as a Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "hexi.core.notices"
    label = "notices"
    verbose_name = "notices"

    def ready(self) -> None:
        from hexi.core.notices.room import room
        from hexi.kernel.catalogue import register

        register(room)
