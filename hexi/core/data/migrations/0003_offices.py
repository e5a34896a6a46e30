from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("data", "0002_parameters"),
    ]

    operations = [
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
    ]
