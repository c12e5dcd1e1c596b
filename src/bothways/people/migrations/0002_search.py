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
    "CREATE TABLE people_search (rowid bigint PRIMARY KEY, people_search tsvector NOT NULL)",
    "CREATE INDEX people_search_words ON people_search USING gin (people_search)",
    # Triggers, not a foreign key: the table is not Django's, which truncates its own ones in tests.
    """
    CREATE FUNCTION people_search_forget() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN DELETE FROM people_search;
        ELSE DELETE FROM people_search WHERE rowid = old.id;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER people_search_forgets AFTER DELETE ON people_person
    FOR EACH ROW EXECUTE FUNCTION people_search_forget()
    """,
    """
    CREATE TRIGGER people_search_forgets_all AFTER TRUNCATE ON people_person
    FOR EACH STATEMENT EXECUTE FUNCTION people_search_forget()
    """,
)


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unmake(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION people_search_forget() CASCADE")
    else:
        schema_editor.execute("DROP TRIGGER people_search_forgets")
    schema_editor.execute("DROP TABLE people_search")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_first")]
    operations = [migrations.RunPython(make, unmake)]
