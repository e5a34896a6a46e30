import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('data', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('rank', models.BigIntegerField(blank=True, null=True)),
                ('budget', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ('active', models.BooleanField(default=True)),
                ('area', models.CharField(blank=True, db_index=True, default='', max_length=40)),
            ],
            options={
                'indexes': [models.Index(django.db.models.functions.text.Left('area', 9), models.F('id'), name='team_0b29_p9'), models.Index(django.db.models.functions.text.Left('area', 12), models.F('id'), name='team_0b29_p12'), models.Index(django.db.models.functions.text.Left('area', 14), models.F('id'), name='team_0b29_p14'), models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='team_0b29_imp')],
            },
        ),
        migrations.CreateModel(
            name='Thing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=60)),
                ('note', models.TextField(blank=True, default='')),
                ('person', models.CharField(blank=True, default='', max_length=200)),
                ('secret', models.CharField(blank=True, default='', max_length=200)),
                ('count', models.BigIntegerField(blank=True, null=True)),
                ('level', models.BigIntegerField(default=0)),
                ('share', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ('done', models.BooleanField(default=False)),
                ('agreed', models.BooleanField(blank=True, default=None, null=True)),
                ('stage', models.CharField(default='draft', max_length=40)),
                ('colour', models.CharField(blank=True, default='', max_length=40)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('due', models.DateField(blank=True, null=True)),
                ('home', models.CharField(db_index=True, max_length=40)),
                ('spot', models.CharField(blank=True, db_index=True, default='', max_length=40)),
                ('owner', models.CharField(blank=True, default='', max_length=60)),
                ('helpers', models.TextField(blank=True, default='')),
                ('album', models.JSONField(blank=True, null=True)),
                ('marks', models.JSONField(blank=True, null=True)),
                ('first_team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='samples.team')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='data.storedfile')),
                ('portrait', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='data.storedfile')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='things', to='samples.team')),
            ],
        ),
        migrations.CreateModel(
            name='Errand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(max_length=200)),
                ('state', models.CharField(max_length=40)),
                ('note', models.TextField(blank=True, default='')),
                ('tags', models.JSONField(blank=True, null=True)),
                ('place', models.CharField(blank=True, db_index=True, default='', max_length=40)),
                ('proof', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='data.storedfile')),
                ('thing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='errands', to='samples.thing')),
            ],
        ),
        migrations.AddIndex(
            model_name='thing',
            index=models.Index(django.db.models.functions.text.Left('home', 9), models.F('id'), name='thing_075f_p9'),
        ),
        migrations.AddIndex(
            model_name='thing',
            index=models.Index(django.db.models.functions.text.Left('home', 12), models.F('id'), name='thing_075f_p12'),
        ),
        migrations.AddIndex(
            model_name='thing',
            index=models.Index(django.db.models.functions.text.Left('home', 14), models.F('id'), name='thing_075f_p14'),
        ),
        migrations.AddIndex(
            model_name='thing',
            index=models.Index(fields=['owner', 'id'], name='thing_075f_org'),
        ),
        migrations.AddIndex(
            model_name='thing',
            index=models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='thing_075f_imp'),
        ),
        migrations.AddConstraint(
            model_name='thing',
            constraint=models.UniqueConstraint(fields=('title', 'due'), name='one_thing_per_title_and_day'),
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(django.db.models.functions.text.Left('place', 9), models.F('id'), name='errand_0072_p9'),
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(django.db.models.functions.text.Left('place', 12), models.F('id'), name='errand_0072_p12'),
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(django.db.models.functions.text.Left('place', 14), models.F('id'), name='errand_0072_p14'),
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='errand_0072_imp'),
        ),
    ]
