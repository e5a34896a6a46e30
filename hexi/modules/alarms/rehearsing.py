"""A call for help that is taken back at once: what the first one would load and work out while somebody waits is ready before it comes."""

from __future__ import annotations

import logging

from django.db import transaction

from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import HexiError
from hexi.modules.alarms.models import Duty
from hexi.modules.alarms.raising import Raised, raise_alarm

log = logging.getLogger(__name__)


def rehearse() -> None:
    """Raise the first kind of alarm where somebody is on duty, and roll all of it back: nobody is told, and no row stays."""
    place = Duty.objects.order_by("-starts_at").values_list("place", flat=True).first() or ""
    for key in list(catalogue.alarms)[:1]:
        try:
            with transaction.atomic():
                raise_alarm(Raised(key, "", place=place))
                transaction.set_rollback(True)
        except HexiError as fault:  # a district that is not yet set up has nothing to rehearse with
            log.info("no rehearsal of %s: %s", key, fault)
