"""The front door of the alarms room."""

from hexi.modules.alarms.life import alarm_case
from hexi.modules.alarms.models import Duty, Rescue, RescueCall
from hexi.modules.alarms.past import PastRescue, load_past
from hexi.modules.alarms.raising import Raised, raise_alarm
from hexi.modules.alarms.roster import on_duty
from hexi.modules.alarms.words import said_title

__all__ = ["Duty", "PastRescue", "Raised", "Rescue", "RescueCall", "alarm_case", "load_past", "on_duty", "raise_alarm", "said_title"]
