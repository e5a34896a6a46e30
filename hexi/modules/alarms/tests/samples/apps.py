"""One alarm about the samples, for the suites only."""

from django.apps import AppConfig


class SampleAlarmsConfig(AppConfig):
    name = "hexi.modules.alarms.tests.samples"
    label = "sample_alarms"

    def ready(self) -> None:
        from hexi.kernel.catalogue import register
        from hexi.modules.alarms.tests.samples.room import room

        register(room)
