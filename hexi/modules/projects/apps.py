"""The projects room as a Django app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "hexi.modules.projects"
    label = "projects"
    verbose_name = "projects"

    def ready(self) -> None:
        from hexi.kernel.catalogue import register
        from hexi.modules.projects import signals
        from hexi.modules.projects.room import room

        register(room)
        signals.connect()
