"""The policy table: every address says beside itself who may come and to what.

`policy.path(route, view, may=…, relation=…)` stands in each app's `urls.py` instead of Django's
`path`. It wraps the view: whoever is not signed in is sent to sign in; whoever may not come, or asks
for what is not theirs to see, gets the same 404 as for an address that does not exist. The object
that the address names is fetched through the relation and handed to the view, so a view cannot
forget to scope it. The authorization matrix of the tests is generated from these rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.urls import path as django_path

from bothways.core.prepared import Prepared, Somebody


@dataclass(frozen=True)
class Role:
    """Who may come. `needs` names what the visitor must be in this organisation."""

    name: str
    needs: frozenset[str] = frozenset()
    signed_in: bool = True


ANYBODY = Role("anybody", signed_in=False)
SIGNED_IN = Role("signed in")
MEMBERS = Role("members", frozenset({"member"}))
STEWARDS = Role("stewards", frozenset({"steward"}))
ADMINISTRATORS = Role("administrators", frozenset({"administrator"}))


class Viewer(Protocol):
    """What a person of the organisation looks like to the policy."""

    @property
    def pk(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...
    @property
    def roles(self) -> frozenset[str]: ...


class Scoped(Protocol):
    """A model whose default manager can narrow itself to what a person may see."""

    def mine(self, person: Any) -> QuerySet[Any]: ...
    def ours(self, person: Any) -> QuerySet[Any]: ...
    def stewarded(self, person: Any) -> QuerySet[Any]: ...
    def in_organisation(self, person: Any) -> QuerySet[Any]: ...


@dataclass(frozen=True)
class Relation:
    """To what: `scope` is the manager's method that narrows `model` to the person who looks."""

    name: str
    model: type[Model] | None = None
    scope: str = ""

    def fetch(self, person: Viewer, key: str) -> Model:
        if self.model is None:
            raise RuntimeError("This relation names no object.")
        found = next(iter(self._named(person.pk, person.organisation_id, key)), None)
        if found is None:
            raise Http404
        return cast(Model, found)

    @cached_property
    def _named(self) -> Prepared[Any]:
        """Whatever of that key the scope holds. Unordered: to order would compare every column joined."""
        scope: Callable[[Any], QuerySet[Any]] = getattr(cast(Any, self.model)._default_manager, self.scope)
        return Prepared(
            lambda person, organisation, key: (
                scope(Somebody(person, organisation)).filter(key=key).order_by()[:1]
            )
        )


NOTHING = Relation("nothing")


def mine(model: type[Model]) -> Relation:
    """Objects that belong to the person who looks, alone."""
    return Relation("mine", model, "mine")


def ours(model: type[Model]) -> Relation:
    """Objects to which the person who looks is a party."""
    return Relation("ours", model, "ours")


def in_organisation(model: type[Model]) -> Relation:
    """Objects that everybody of the organisation may see."""
    return Relation("organisation", model, "in_organisation")


def stewarded(model: type[Model]) -> Relation:
    """Objects that the person who looks has charge of."""
    return Relation("stewarded", model, "stewarded")


def looked_after(model: type[Model]) -> Relation:
    """Objects that the person who looks runs; for an administrator, all of the organisation."""
    return Relation("looked after", model, "looked_after")


@dataclass(frozen=True)
class Row:
    """One line of the policy table, kept on the wrapped view as `view.policy`.

    `quiet`: coming here does not count as having been here (consent.md 4).
    """

    may: Role
    relation: Relation
    methods: tuple[str, ...]
    quiet: bool = False

    @property
    def answered(self) -> tuple[str, ...]:
        """HEAD is a GET without its body, and nothing else: a form's address must not act on it unasked."""
        return (*self.methods, "HEAD") if "GET" in self.methods else self.methods


View = Callable[..., HttpResponseBase]


def path(
    route: str,
    view: View,
    *,
    may: Role,
    relation: Relation = NOTHING,
    methods: Sequence[str] = ("GET",),
    quiet: bool = False,
    name: str,
) -> URLPattern:
    """An address with its row. A relation with a model takes `<slug:key>` out of the route."""
    row = Row(may, relation, tuple(methods), quiet)
    return django_path(route, _guarded(view, row), name=name)


def _sign_in_first(request: HttpRequest, row: Row) -> HttpResponse:
    """And then back; what a page asks for by itself leaves that page alone, and what is typed in it."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    return redirect_to_login(request.path if "GET" in row.answered else "/")


def _guarded(view: View, row: Row) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if row.may.signed_in and not request.user.is_authenticated:
            return _sign_in_first(request, row)
        person = getattr(request, "person", None)
        if row.may.needs and (person is None or not row.may.needs <= person.roles):
            raise Http404
        if row.relation.model is not None:
            args = (row.relation.fetch(cast(Viewer, person), kwargs.pop("key")), *args)
        if request.method == "OPTIONS":
            return HttpResponse(headers={"Allow": ", ".join(row.answered)})
        if request.method not in row.answered:
            return HttpResponseNotAllowed(row.answered)
        kwargs.pop("organisation", None)
        return view(request, *args, **kwargs)

    guarded.__dict__["policy"] = row
    return guarded


def row_of(view: Callable[..., Any]) -> Row | None:
    """The row of a URL's callback, or None where somebody forgot it."""
    return getattr(view, "policy", None)
