"""What the data room declares."""

from hexi.core.data.parameters import ACTIONS, GRANTS, MENU, Parameter
from hexi.kernel.declare import Room
from hexi.kernel.label import t

room = Room(key="data", label=t("数据支撑", "data"), entities=(Parameter,), actions=ACTIONS, grants=GRANTS, menu=MENU)
