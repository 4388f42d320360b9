"""Functions that run with the rights of the ledger's owner look tables up where only the owner makes any."""

from django.db import migrations

# PostgreSQL looks into the session's temporary tables first unless pg_temp is named last: a temporary
# `regions_leaf` with a trigger would otherwise run a stranger's statements as the owner.
SAFE = "pg_catalog, public, pg_temp"
FUNCTIONS = ("regions_enter_tree(bigint, text)", "regions_act_into_tree()")


class Migration(migrations.Migration):
    dependencies = [("regions", "0011_words")]

    operations = [
        migrations.RunSQL(
            "".join(f"ALTER FUNCTION {name} SET search_path = {SAFE};\n" for name in FUNCTIONS),
            migrations.RunSQL.noop,
        )
    ]
