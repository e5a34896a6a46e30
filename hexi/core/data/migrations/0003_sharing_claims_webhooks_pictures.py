import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('data', '0002_parameters'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='answers',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='import',
            name='remarks',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name='import',
            name='width',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='intake',
            name='content',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='intake',
            name='work',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.CreateModel(
            name='OfficeUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entity', models.CharField(max_length=80)),
                ('organisation', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['entity', 'object_id'], name='office_use_of_row')],
                'constraints': [models.UniqueConstraint(fields=('entity', 'organisation', 'object_id'), name='one_use_of_an_office')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('likeness', models.BigIntegerField()),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='picture', to='data.storedfile')),
            ],
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=120)),
                ('address', models.CharField(max_length=500)),
                ('topics', models.CharField(blank=True, default='', max_length=1000)),
                ('account', models.CharField(max_length=60)),
                ('active', models.BooleanField(default=True)),
                ('position', models.BigIntegerField(default=0)),
                ('account_id', models.BigIntegerField(editable=False)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='subscription_931e_imp')],
            },
        ),
        migrations.CreateModel(
            name='PictureBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('band', models.PositiveSmallIntegerField()),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bands', to='data.picture')),
            ],
            options={
                'indexes': [models.Index(fields=['band', 'picture'], name='pictures_of_band')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('sequence', models.BigIntegerField()),
                ('entity', models.CharField(max_length=80)),
                ('object_id', models.BigIntegerField()),
                ('of_version', models.BigIntegerField(default=0)),
                ('place', models.CharField(blank=True, default='', max_length=40)),
                ('action', models.CharField(blank=True, default='', max_length=80)),
                ('happened_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(default='waiting', max_length=40)),
                ('attempts', models.BigIntegerField(default=0)),
                ('next_at', models.DateTimeField(blank=True, null=True)),
                ('status', models.BigIntegerField(blank=True, null=True)),
                ('fault', models.CharField(blank=True, default='', max_length=200)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='data.subscription')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['subscription', 'next_at'], name='delivery_due'), models.Index(condition=models.Q(('state', 'waiting')), fields=['subscription', 'entity', 'object_id', 'sequence'], name='delivery_in_line'), models.Index(fields=['state', 'id'], name='delivery_by_state'), models.Index(condition=models.Q(('state__in', ('waiting', 'dead'))), fields=['sequence'], name='delivery_wanted'), models.Index(fields=['sent_at'], name='delivery_sent'), models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='delivery_34aa_imp')],
                'constraints': [models.UniqueConstraint(fields=('subscription', 'sequence'), name='one_delivery_of_a_change')],
            },
        ),
    ]
