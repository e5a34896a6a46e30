"""The cases room as a Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "hexi.modules.cases"
    label = "cases"
    verbose_name = "cases"

    def ready(self) -> None:
        from hexi.kernel.catalogue import register
        from hexi.modules.cases.room import room

        register(room)
