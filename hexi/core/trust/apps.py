"""The trust room as a Django app."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "hexi.core.trust"
    label = "trust"
    verbose_name = "trust"

    def ready(self) -> None:
        from hexi.core.trust.room import room
        from hexi.kernel.catalogue import register

        register(room)
