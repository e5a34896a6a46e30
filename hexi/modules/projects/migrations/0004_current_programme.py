from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0003_report_content_off_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='is_current',
            field=models.BooleanField(default=False),
        ),
    ]
