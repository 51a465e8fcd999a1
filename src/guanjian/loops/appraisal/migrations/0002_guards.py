"""Let the database itself refuse to change what was published."""

from django.db import migrations

from guanjian.loops.appraisal import guards


def forwards(apps, schema_editor):
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
