from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_attention'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='title_en',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
    ]
