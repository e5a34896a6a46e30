import django.db.models.deletion
from django.db import migrations, models


def name_faults(apps, schema_editor):
    """Why a telling failed was free text and is one of a list now."""
    failed = apps.get_model('data', 'Delivery').objects.exclude(fault='')
    failed.filter(status__gt=0).update(fault='refused')
    failed.exclude(status__gt=0).update(fault='closed')


class Migration(migrations.Migration):

    dependencies = [
        ('data', '0003_sharing_claims_webhooks_pictures'),
    ]

    operations = [
        migrations.AddField(
            model_name='subscription',
            name='fault',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='subscription',
            name='removed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='subscription',
            name='status',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='subscription',
            name='tried_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(name_faults, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='delivery',
            name='fault',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('status', models.BigIntegerField()),
                ('fault', models.CharField(blank=True, default='', max_length=40)),
                ('delivery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='data.delivery')),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='data.subscription')),
            ],
            options={
                'indexes': [models.Index(fields=['at', 'id'], name='attempt_23d2_sort'), models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='attempt_23d2_imp')],
            },
        ),
    ]
