"""Which case somebody reported themselves, kept beside the one that they follow; and who reported a task as done."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0006_chased"),
    ]

    operations = [
        migrations.AddField(model_name="casetask", name="doer_id", field=models.BigIntegerField(editable=False, null=True)),
        migrations.AddField(
            model_name="person", name="reported",
            field=models.ForeignKey(null=True, on_delete=models.deletion.CASCADE, related_name="+", to="cases.case"),
        ),
    ]
