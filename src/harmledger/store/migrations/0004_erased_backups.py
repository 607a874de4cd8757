"""The names of the backups that an erasure destroyed."""

from django.db import migrations, models


class Migration(migrations.Migration):  # type: ignore[misc]
    """The fourth schema."""

    dependencies = (("store", "0003_rulings"),)

    operations = (
        migrations.AddField(model_name="erasure", name="backups", field=models.TextField(default="[]")),
    )
