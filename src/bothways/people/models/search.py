"""The full-text index over people: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

One row a person, written by `actions.search` alone and made by migration 0002. It holds copies of what
colleagues may read on a profile and nothing else; whoever is gone is left out by the join with persons.
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

from bothways.people.models.person import Person
from bothways.people.rules import search_terms
from bothways.people.rules.search_terms import Term

Sql = tuple[str, tuple[Any, ...]]


if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


class IndexedWords(Text):
    """The index's own column: only good for `finds`."""


class SearchEntry(models.Model):
    person = models.OneToOneField(
        Person, on_delete=models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="search"
    )
    words = IndexedWords(db_column="people_search")

    class Meta:
        managed = False
        db_table = "people_search"

    def __str__(self) -> str:
        return f"Words of {self.person_id}"


class Sought(models.Value):
    """The terms of a search as a value, spelled for the database that is asked. All `marks` must be there."""

    def __init__(self, sought: tuple[Term, ...], *, every: bool, marks: tuple[str, ...] = ()) -> None:
        super().__init__("", output_field=models.TextField())
        self.fts5 = search_terms.for_fts5(sought, every=every, marks=marks)
        self.tsquery = search_terms.for_tsquery(sought, every=every, marks=marks)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        if connection.vendor == "postgresql":
            return "to_tsquery('simple', %s)", (self.tsquery,)
        return "%s", (self.fts5,)


class InName(Sought):
    """The same words, sought in the name alone."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        function, (words,) = super().as_sql(compiler, connection)
        if connection.vendor == "postgresql":
            return function, (words.replace(":*", ":*A"),)
        return function, (f"name : ({words})",)


@IndexedWords.register_lookup
class Finds(Lookup[Any]):
    """`search__words__finds=Sought(…)`."""

    lookup_name = "finds"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        column, left = self.process_lhs(compiler, connection)
        sought, right = self.process_rhs(compiler, connection)
        operator = "@@" if connection.vendor == "postgresql" else "MATCH"
        return f"{column} {operator} {sought}", (*left, *right)


class Rank(models.Func):
    """How well it fits, more is better: the name before the work and the topics, these before the text."""

    output_field = models.FloatField()

    def __init__(self, sought: Sought) -> None:
        super().__init__(models.F("search__words"), sought)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, values = compiler.compile(self.get_source_expressions()[0])
        return f"-bm25({column}, 8.0, 4.0, 4.0, 1.0, 0.0)", tuple(values)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        column, values = compiler.compile(self.get_source_expressions()[0])
        sought, more = compiler.compile(self.get_source_expressions()[1])
        return f"ts_rank('{{0.0, 0.1, 0.4, 1.0}}', {column}, {sought})", (*values, *more)
