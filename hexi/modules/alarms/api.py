"""The front door of the alarms room."""

from hexi.modules.alarms.life import alarm_case
from hexi.modules.alarms.models import Duty, Rescue, RescueCall
from hexi.modules.alarms.raising import Raised, raise_alarm

__all__ = ["Duty", "Raised", "Rescue", "RescueCall", "alarm_case", "raise_alarm"]
