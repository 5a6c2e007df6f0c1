from django.db import migrations

from config.append_only import freeze, guard


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        guard("reports_reportstep"),
        guard("reports_remark"),
        guard("reports_version"),
        freeze("reports_summary", columns=("snapshot", "sha256"), when="state = 'frozen'"),
    ]
