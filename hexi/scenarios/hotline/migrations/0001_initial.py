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
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('office', models.CharField(max_length=60)),
                ('category', models.CharField(blank=True, default='', max_length=80)),
                ('place', models.CharField(blank=True, db_index=True, default='', max_length=40)),
                ('reason', models.TextField()),
                ('basis', models.CharField(max_length=200)),
                ('suggested', models.CharField(blank=True, default='', max_length=60)),
                ('state', models.CharField(default='asked', max_length=40)),
                ('decision', models.TextField(blank=True, default='')),
                ('precedents', models.JSONField(blank=True, default=list, null=True)),
                ('asked_by', models.CharField(max_length=80)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, default='', max_length=80)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('asker', models.BigIntegerField(editable=False, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.casetask')),
            ],
            options={
                'indexes': [models.Index(fields=['category', 'state'], name='dispute_by_category'), models.Index(django.db.models.functions.text.Left('place', 9), models.F('id'), name='dispute_ba91_p9'), models.Index(django.db.models.functions.text.Left('place', 12), models.F('id'), name='dispute_ba91_p12'), models.Index(django.db.models.functions.text.Left('place', 14), models.F('id'), name='dispute_ba91_p14'), models.Index(fields=['office', 'id'], name='dispute_ba91_org'), models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='dispute_ba91_imp')],
            },
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('ground', models.CharField(max_length=40)),
                ('reason', models.TextField()),
                ('state', models.CharField(default='asked', max_length=40)),
                ('office', models.CharField(blank=True, default='', max_length=60)),
                ('place', models.CharField(blank=True, db_index=True, default='', max_length=40)),
                ('asked_by', models.CharField(max_length=80)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.TextField(blank=True, default='')),
                ('decided_by', models.CharField(blank=True, default='', max_length=80)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('asker', models.BigIntegerField(editable=False, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'state'], name='exclusion_of_case'), models.Index(django.db.models.functions.text.Left('place', 9), models.F('id'), name='exclusion_1f3e_p9'), models.Index(django.db.models.functions.text.Left('place', 12), models.F('id'), name='exclusion_1f3e_p12'), models.Index(django.db.models.functions.text.Left('place', 14), models.F('id'), name='exclusion_1f3e_p14'), models.Index(fields=['office', 'id'], name='exclusion_1f3e_org'), models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='exclusion_1f3e_imp')],
            },
        ),
    ]
