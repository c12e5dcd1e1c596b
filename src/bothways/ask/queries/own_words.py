"""Full text over what people say of themselves, and nothing else: a title must never speak for anybody."""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.sql.compiler import SQLCompiler

from bothways.people.models.person import PersonQuerySet
from bothways.people.models.search import Rank, Sought, Sql
from bothways.people.rules import search_terms


class InOwnText(Sought):
    """The same words, sought in "about me" and "what I bring" alone."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        function, (words,) = super().as_sql(compiler, connection)
        if connection.vendor == "postgresql":
            return function, (words.replace(":*", ":*C"),)
        return function, (f"text : ({words})",)


def best(allowed: PersonQuerySet, words: Sequence[str], *, most: int) -> list[int]:
    """Ids of the `most` people of these whose own text holds the words best."""
    sought = InOwnText(search_terms.terms(words, everyday=False), every=False)
    found = allowed.filter(search__words__finds=sought).annotate(fit=Rank(sought))
    return list(found.order_by(F("fit").desc(), "key").values_list("pk", flat=True)[:most])
