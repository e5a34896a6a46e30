from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.utils import timezone

DAY_S = 24 * 3600


def second(at: Any, otherwise: int) -> int:
    if at is None:
        return otherwise
    local = timezone.localtime(at)
    return local.hour * 3600 + local.minute * 60 + local.second


def kept(apps: Any, _schema_editor: Any) -> None:
    stops = apps.get_model("tours", "PlannedStop").objects.exclude(opens_at=None, closes_at=None)
    for stop in stops.iterator():
        stop.windows = [[second(stop.opens_at, 0), second(stop.closes_at, DAY_S)]]
        stop.save(update_fields=["windows"])


class Migration(migrations.Migration):
    dependencies = [("tours", "0001_initial")]

    operations = [
        migrations.AddField("plannedstop", "windows", models.JSONField(default=list, editable=False)),
        migrations.RunPython(kept, migrations.RunPython.noop),
        migrations.RemoveField("plannedstop", "opens_at"),
        migrations.RemoveField("plannedstop", "closes_at"),
    ]
