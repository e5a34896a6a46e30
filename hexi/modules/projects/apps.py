"""The projects room as a Django app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "hexi.modules.projects"
    label = "projects"
    verbose_name = "projects"

    def ready(self) -> None:
        from hexi.kernel.catalogue import catalogue
        from hexi.modules.projects.room import room

        catalogue.register(room)
