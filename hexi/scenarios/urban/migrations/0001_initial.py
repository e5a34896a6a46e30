import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Drawing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(max_length=120)),
                ('seed', models.BigIntegerField()),
                ('first', models.DateTimeField(blank=True, null=True)),
                ('behind', models.DateTimeField(blank=True, null=True)),
                ('per_office', models.BigIntegerField(default=10)),
                ('strata', models.JSONField(blank=True, default=dict, null=True)),
                ('drawn', models.BigIntegerField(default=0)),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='drawing_87ca_imp')],
            },
        ),
        migrations.CreateModel(
            name='Recheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, default='', max_length=200)),
                ('closes_when', models.TextField(blank=True, default='')),
                ('lon', models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True)),
                ('lat', models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True)),
                ('place', models.CharField(blank=True, db_index=True, default='', max_length=40)),
                ('office', models.CharField(blank=True, default='', max_length=60)),
                ('state', models.CharField(default='waiting', max_length=40)),
                ('verdict', models.CharField(blank=True, default='', max_length=40)),
                ('note', models.TextField(blank=True, default='')),
                ('photos', models.JSONField(blank=True, default=list, null=True)),
                ('by', models.CharField(blank=True, default='', max_length=80)),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('drawing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rechecks', to='urban.drawing')),
            ],
            options={
                'indexes': [models.Index(django.db.models.functions.text.Left('place', 9), models.F('id'), name='recheck_0426_p9'), models.Index(django.db.models.functions.text.Left('place', 12), models.F('id'), name='recheck_0426_p12'), models.Index(django.db.models.functions.text.Left('place', 14), models.F('id'), name='recheck_0426_p14'), models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='recheck_0426_imp')],
                'constraints': [models.UniqueConstraint(fields=('drawing', 'case'), name='one_recheck_per_drawing')],
            },
        ),
    ]
