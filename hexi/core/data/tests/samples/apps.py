"""Registers of every kind of field, for the suites only."""

from django.apps import AppConfig


class SamplesConfig(AppConfig):
    name = "hexi.core.data.tests.samples"
    label = "samples"

    def ready(self) -> None:
        from hexi.core.data.tests.samples.room import room
        from hexi.kernel.catalogue import register

        register(room)
