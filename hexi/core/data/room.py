"""What the data room declares."""

from hexi.kernel.declare import Room
from hexi.kernel.label import t

room = Room(key="data", label=t("数据支撑", "data"))
