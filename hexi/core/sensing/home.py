"""Kinds of readings that devices at home send, the score of a fall, and the detectors that give it: declared once, for every scenario."""

from datetime import timedelta

from hexi.core.sensing.detectors import radar, worn
from hexi.core.sensing.detectors.limits import limits_of
from hexi.kernel.context import Param
from hexi.kernel.declare import StreamRule
from hexi.kernel.detector import Detector
from hexi.kernel.label import t
from hexi.kernel.reading import ReadingKind
from hexi.kernel.stream.patterns import InOrder
from hexi.kernel.stream.seen import Seen

SOS_CALL = ReadingKind("sos_call", t("呼叫按钮", "call button"), low=0, high=1, privacy="sensitive")
BED_OCCUPIED = ReadingKind("bed_occupied", t("在床", "in bed"), low=0, high=1, privacy="sensitive")
ROOM_PRESENCE = ReadingKind("room_presence", t("室内有人", "somebody in the room"), low=0, high=1, privacy="sensitive")
BAND_PULSE = ReadingKind("band_pulse", t("脉搏（手环）", "pulse by wrist band"), "per_minute", low=20, high=260, privacy="sensitive")
DOOR_OPEN = ReadingKind("door_open", t("门开", "door open"), low=0, high=1, privacy="sensitive")
SMOKE_LEVEL = ReadingKind("smoke_level", t("烟雾浓度", "smoke"), "ppm", low=0, high=100_000, privacy="personal")
FALL_SCORE = ReadingKind("fall_score", t("跌倒可能性", "likelihood of a fall"), low=0, high=1, privacy="sensitive")
KINDS = (SOS_CALL, BED_OCCUPIED, ROOM_PRESENCE, BAND_PULSE, DOOR_OPEN, SMOKE_LEVEL, FALL_SCORE)

DETECTORS = (
    Detector("worn_fall", t("佩戴设备跌倒识别", "fall by a worn device"), "acceleration", FALL_SCORE, worn.judge, limits_of("worn").because),
    Detector("radar_fall", t("雷达跌倒识别", "fall by radar"), "height", FALL_SCORE, radar.judge, limits_of("radar").because),
)

FALL_LIMIT = Param("fall_score_limit", t("疑似跌倒的可能性界限", "likelihood from which a fall is suspected"), default=0.5, low=0.3, high=0.95)
FALL_SEEN = InOrder((Seen(FALL_SCORE, above=FALL_LIMIT),), within=timedelta(seconds=1))
"""What a scenario's rule of suspected falls looks for: every window that a detector takes for a fall, found at once."""
RULE = StreamRule("fall_seen", t("疑似跌倒", "suspected fall"), FALL_SEEN, "hexi/core/sensing/detectors/limits.yaml")
