"""The front door of the notices room."""

from hexi.core.notices.contracts import Letter, Reader
from hexi.core.notices.models import Delivery
from hexi.core.notices.telling import seen, tell

__all__ = ["Delivery", "Letter", "Reader", "seen", "tell"]
