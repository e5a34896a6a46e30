"""What the sensing room declares."""

from hexi.kernel.declare import Room
from hexi.kernel.label import t

room = Room(key="sensing", label=t("城市感知", "sensing"))
