from django.db import migrations

from config.append_only import guard


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_initial'),
    ]

    operations = [
        guard('reports_reportstep'),
        guard('reports_remark'),
        guard('reports_version'),
    ]
