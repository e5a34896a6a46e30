from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('sensing', '0004_consent_and_edges'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='keystate',
            name='keys_due',
        ),
    ]
