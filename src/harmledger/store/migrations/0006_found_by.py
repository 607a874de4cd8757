"""What a build looks up of a few changes among many: ids of incidents by what holds them, versions by what they replace."""

from django.db import migrations, models


class Migration(migrations.Migration):  # type: ignore[misc]
    """The sixth schema."""

    dependencies = (("store", "0005_signings"),)

    operations = (
        migrations.AddIndex(
            model_name="mintedid",
            index=models.Index(fields=["case", "incident"], name="store_minted_incident"),
        ),
        migrations.AddIndex(
            model_name="mintedid", index=models.Index(fields=["case", "anchor"], name="store_minted_anchor")
        ),
        migrations.AddIndex(
            model_name="mintedid",
            index=models.Index(fields=["case", "merged_into"], name="store_minted_merged"),
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["case", "supersedes"], name="store_version_supersedes"),
        ),
    )
