"""Two kinds of cases, for the suites only."""

from django.apps import AppConfig


class SampleCasesConfig(AppConfig):
    name = "hexi.modules.cases.tests.samples"
    label = "sample_cases"

    def ready(self) -> None:
        from hexi.kernel.catalogue import register
        from hexi.modules.cases.tests.samples.room import room

        register(room)
