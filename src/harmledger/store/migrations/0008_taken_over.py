"""Judgements and signatures that were made in another case: who took them over, when, and from which file."""

from django.db import migrations, models


class Migration(migrations.Migration):  # type: ignore[misc]
    """The eighth schema."""

    dependencies = (("store", "0007_published_forms"),)

    operations = (
        migrations.AddField(model_name="ruling", name="origin", field=models.TextField(default="")),
        migrations.AddField(model_name="signing", name="origin", field=models.TextField(default="")),
    )
