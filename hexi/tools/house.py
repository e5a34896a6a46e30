"""The platform inside a command: settings, catalogue and database, loaded only by the commands that need them."""

from __future__ import annotations

import os

import django
from django.core.management import call_command


def open_house() -> None:
    """Load settings, rooms and catalogue."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.site.settings")
    django.setup()


def migrate() -> None:
    """Bring the tables to the present state, quietly when they are there already."""
    call_command("migrate", interactive=False, verbosity=0)


def open_house_without_database() -> None:
    """Load the rooms for somebody who only reads declarations: an empty database in memory, and no file is touched."""
    os.environ.setdefault("HEXI_SECRET_KEY", "nothing-is-signed-here")
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["HEXI_DATABASE_URL"] = "sqlite:///:memory:"
    open_house()
