from django.db import migrations

from config.append_only import guard


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0001_initial'),
    ]

    operations = [
        guard('units_logentry'),
    ]
