from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]
    operations = [
        migrations.AddIndex("Entry", models.Index(fields=["actor", "at"], name="ledger_entry_actor")),
    ]
