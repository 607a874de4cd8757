"""How far the journal was checked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("journal", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="Checked",
            fields=[
                ("case", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("whole", models.CharField(blank=True, max_length=32)),
                ("faults", models.TextField(default="[]")),
            ],
        ),
    )
