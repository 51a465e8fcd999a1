"""Let the database itself refuse to change or delete what was written."""

from django.db import migrations

from guanjian.ledger import guards


def forwards(apps, schema_editor):
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
