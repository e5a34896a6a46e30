"""Tables of the sensing room."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ForgottenKey',
            fields=[
                ('key', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('before', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='ShardState',
            fields=[
                ('shard', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('turns', models.BigIntegerField(default=0)),
                ('offset', models.BigIntegerField(default=0)),
                ('recall_from', models.BigIntegerField(default=0)),
                ('kept', models.BigIntegerField(default=0)),
                ('clock', models.BigIntegerField(null=True)),
                ('layout', models.JSONField(default=list)),
                ('counts', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('rule', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=200)),
                ('moment', models.DateTimeField(blank=True, null=True)),
                ('since', models.DateTimeField(blank=True, null=True)),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('place', models.CharField(blank=True, db_index=True, default='', max_length=40)),
                ('acted', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('acted', False)), fields=['id'], name='findings_to_act_on'), models.Index(django.db.models.functions.text.Left('place', 9), models.F('id'), name='finding_f523_p9'), models.Index(django.db.models.functions.text.Left('place', 12), models.F('id'), name='finding_f523_p12'), models.Index(django.db.models.functions.text.Left('place', 14), models.F('id'), name='finding_f523_p14'), models.Index(fields=['moment', 'id'], name='finding_f523_sort'), models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='finding_f523_imp')],
                'constraints': [models.UniqueConstraint(fields=('rule', 'key', 'moment'), name='finding_once')],
            },
        ),
        migrations.CreateModel(
            name='KeyState',
            fields=[
                ('key', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('shard', models.PositiveIntegerField()),
                ('due', models.BigIntegerField(null=True)),
                ('state', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['shard', 'due'], name='keys_due')],
            },
        ),
        migrations.CreateModel(
            name='ReadingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(max_length=80)),
                ('day', models.DateField()),
                ('rows', models.BigIntegerField()),
                ('bytes', models.BigIntegerField()),
                ('first', models.BigIntegerField()),
                ('last', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'day'], name='readings_of_day')],
            },
        ),
    ]
