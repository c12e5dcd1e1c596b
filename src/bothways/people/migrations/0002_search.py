"""The full-text index over people, in each database's own kind. `SearchEntry` is its unmanaged model."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    """
    CREATE VIRTUAL TABLE people_search USING fts5(
        name, work, topics, text, marks,
        tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
    )
    """,
    """
    CREATE TRIGGER people_search_forgets AFTER DELETE ON people_person
    BEGIN DELETE FROM people_search WHERE rowid = old.id; END
    """,
)
POSTGRESQL = (
    """
    CREATE TABLE people_search (
        rowid bigint PRIMARY KEY REFERENCES people_person ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        people_search tsvector NOT NULL
    )
    """,
    "CREATE INDEX people_search_words ON people_search USING gin (people_search)",
)


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unmake(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER people_search_forgets")
    schema_editor.execute("DROP TABLE people_search")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_first")]
    operations = [migrations.RunPython(make, unmake)]
