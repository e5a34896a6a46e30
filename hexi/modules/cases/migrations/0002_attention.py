from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='attention',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('attention', ''), _negated=True), fields=['attention', 'id'], name='case_attention'),
        ),
    ]
