"""The sample kinds and rules as a room, for the suites only."""

from django.apps import AppConfig


class SensingSamplesConfig(AppConfig):
    name = "hexi.core.sensing.tests"
    label = "sensing_samples"

    def ready(self) -> None:
        from hexi.core.sensing.tests.samples import BEAT, KINDS, LIMIT, QUICK, RULES
        from hexi.kernel.catalogue import register
        from hexi.kernel.declare import Room
        from hexi.kernel.label import t

        register(Room("sample_sensing", t("样例感知", "sample sensing"), reading_kinds=(*KINDS, BEAT), stream_rules=(*RULES, *QUICK), params=(LIMIT,)))
