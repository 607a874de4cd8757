"""What two editors published, as it stood then: it goes on being shown while the entry is under revision."""

from django.db import migrations, models


class Migration(migrations.Migration):  # type: ignore[misc]
    """The seventh schema."""

    dependencies = (("store", "0006_found_by"),)

    operations = (migrations.AddField(model_name="signing", name="form", field=models.TextField(default="")),)
