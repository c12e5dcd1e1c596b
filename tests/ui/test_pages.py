"""The frame, the door, the pages of last resort, and who may read the style page."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import translation

from bothways.ui import addresses, views
from tests.ui.rendering import Element, read, render

PAGE = '{% extends "ui/page.html" %}{% block title %}Ask{% endblock %}'


def nowhere(request: HttpRequest, organisation: str) -> HttpResponse:
    return HttpResponse(organisation)


urlpatterns = [
    path("<slug:organisation>/", nowhere, name="home"),
    path("<slug:organisation>/ask/", nowhere, name="ask"),
    path("<slug:organisation>/people/me/", nowhere, name="people_me"),
    path("<slug:organisation>/inbox/", nowhere, name="inbox"),
    path("<slug:organisation>/how/", nowhere, name="how"),
]


def in_harbour(source: str, path: str = "/harbour/") -> Element:
    harbour = SimpleNamespace(slug="harbour", name="Harbour & Sons")
    return render(source, path, organisation=harbour, person=SimpleNamespace(name="Ada Lovelace"))


def test_a_page_says_where_i_am_once_in_its_title_and_its_heading() -> None:
    page = in_harbour(PAGE)
    assert page.one("title").text == "Ask · Harbour & Sons"
    assert page.one("h1").text == "Ask"


def test_a_page_without_lead_action_and_aside_leaves_no_holes() -> None:
    page = in_harbour(PAGE)
    for kind in ("lead", "action", "beside"):
        assert page.all(_class=kind) == []


def test_a_page_shows_what_for_what_to_do_and_who_and_when() -> None:
    page = in_harbour(
        PAGE + "{% block lead %}For help{% endblock %}{% block content %}<b>Here</b>{% endblock %}"
        '{% block action %}<c-button href="/">Go</c-button>{% endblock %}{% block aside %}Who{% endblock %}'
    )
    assert page.one("p", _class="lead").text == "For help"
    assert page.one("main").one("b").text == "Here"
    assert page.one(_class="action").one("a").text == "Go"
    assert page.one("aside").text == "Who"


@pytest.mark.urls("tests.ui.test_pages")
def test_the_places_that_exist_are_shown_with_where_one_is() -> None:
    page = in_harbour(PAGE, "/harbour/ask/7/")
    links = page.one("nav").all("a")
    assert [(link.text, link["href"]) for link in links] == [("Home", "/harbour/"), ("Ask", "/harbour/ask/")]
    assert [link.attributes.get("aria-current") for link in links] == [None, "true"]
    assert page.one("a", _class="self")["href"] == "/harbour/people/me/"
    assert page.one("a", _class="letters")["href"] == "/harbour/inbox/"
    assert page.one("footer").one("a")["href"] == "/harbour/how/"


@pytest.mark.urls("tests.ui.test_pages")
def test_at_most_one_place_is_where_one_is() -> None:
    def inside(path: str) -> list[str]:
        return [place["inside"] for place in addresses.places("harbour", path)]

    assert inside("/harbour/") == ["page", ""]
    assert inside("/harbour/inbox/") == ["", ""]
    assert inside("/harbour/ask/") == ["", "page"]
    assert inside("/harbour/asks/7/") == ["", "true"]
    assert inside("/harbour/connections/7/") == ["", ""]


@pytest.mark.urls("tests.ui.test_pages")
def test_the_inbox_is_marked_where_one_is_in_it_and_a_long_name_is_whole_somewhere() -> None:
    page = in_harbour(PAGE, "/harbour/inbox/")
    assert page.one("a", _class="letters")["aria-current"] == "page"
    assert "aria-current" not in in_harbour(PAGE).one("a", _class="letters").attributes
    assert page.one("a", _class="house")["title"] == "Harbour & Sons"


def test_the_first_thing_for_the_keyboard_leads_past_the_places() -> None:
    page = in_harbour(PAGE)
    assert page.all("a")[0]["href"] == "#main"
    assert page.one("main")["id"] == "main"


def test_a_page_is_in_the_language_it_is_read_in() -> None:
    with translation.override("he"):
        html = in_harbour(PAGE).one("html")
    assert (html["lang"], html["dir"]) == ("he", "rtl")
    assert (in_harbour(PAGE).one("html")["lang"], in_harbour(PAGE).one("html")["dir"]) == ("en", "ltr")


@pytest.mark.parametrize("frame", ["ui/page.html", "ui/door.html"])
def test_no_style_and_no_script_stands_inside_a_page(frame: str) -> None:
    page = in_harbour('{% extends "' + frame + '" %}{% block title %}Ask{% endblock %}')
    assert page.all("style") == []
    assert all(script["src"].startswith("/static/") for script in page.all("script"))
    assert [
        e.tag for e in page.inside for name in e.attributes if name == "style" or name.startswith("on")
    ] == []


def test_htmx_may_do_only_what_the_page_allows() -> None:
    (config,) = [meta["content"] for meta in in_harbour(PAGE).all("meta", name="htmx-config")]
    assert config == (
        '{"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false,"selfRequestsOnly":true}'
    )


@pytest.mark.django_db
def test_messages_stay_on_the_page_where_they_happened() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    store = CookieStorage(request)
    request.__dict__["_messages"] = store
    messages.success(request, "Saved <b>it</b>")
    page = read(loader.get_template("ui/errors/404.html").render(request=request))
    assert page.one("div", role="status").one(_class="success").text == "Saved <b>it</b>"


@pytest.mark.django_db
def test_an_unknown_address_leads_home() -> None:
    answer = Client().get("/nothing/here/at/all/")
    page = read(answer.content.decode())
    assert answer.status_code == 404
    assert page.one("h1").text == "There is nothing here for you"
    assert [link["href"] for link in page.one("main").all("a")] == ["/"]


def test_the_page_for_our_own_mistakes_needs_no_database_and_no_session() -> None:
    request = RequestFactory().get("/")
    answer = views.broken(request)
    page = read(answer.content.decode())
    assert answer.status_code == 500
    assert page.one("h1").text == "Something broke on our side"
    assert [link["href"] for link in page.one("main").all("a")] == ["/"]


def test_even_without_its_template_it_says_something_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise TemplateDoesNotExist(name)

    monkeypatch.setattr("bothways.ui.views.loader.get_template", missing)
    answer = views.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "It is not your doing" in answer.content.decode()


@pytest.mark.parametrize(("view", "status"), [(views.bad_request, 400), (views.forbidden, 403)])
@pytest.mark.django_db
def test_each_error_has_one_thing_to_do(view: Callable[..., HttpResponse], status: int) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    answer = view(request, Exception())
    assert answer.status_code == status
    assert len(read(answer.content.decode()).one("main").all("a")) == 1


@pytest.mark.django_db
def test_what_is_far_too_large_is_turned_away_unread() -> None:
    """A form takes as long to read as it is large, so only what brings files may be large."""
    address, plain, files = (
        "/accounts/login/",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    )
    limits = {plain: settings.DATA_UPLOAD_MAX_MEMORY_SIZE, files: settings.LARGEST_REQUEST}
    for kind, limit in limits.items():
        large = Client().generic("POST", address, "x", kind, CONTENT_LENGTH=f"{(limit or 0) + 1}")
        assert large.status_code == 413
        assert "Nothing was kept" in large.content.decode()
        assert Client().generic("POST", address, "x", kind, CONTENT_LENGTH="1").status_code != 413
    assert (limits[plain] or 0) <= 256 * 1024


@pytest.mark.django_db
def test_a_form_that_was_open_too_long_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/logout/")
    assert answer.status_code == 403
    assert "load the page again" in re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.django_db
def test_the_style_page_shows_every_component() -> None:
    folder = Path(views.__file__).parent / "templates"
    shown = "".join(path.read_text() for path in (folder / "ui").rglob("*.html"))
    used_inside = "".join(path.read_text() for path in (folder / "cotton").glob("*.html"))
    for component in (folder / "cotton").glob("*.html"):
        tag = f"<c-{component.stem.replace('_', '-')}"
        assert re.search(rf"{tag}[\s>]", shown + used_inside), f"{tag}> is missing from /style/"
    answer = Client().get("/style/")
    assert answer.status_code == 200
    read(answer.content.decode())


@pytest.mark.parametrize("address", ["/style/", "/style/door/"])
@pytest.mark.django_db
def test_the_style_page_is_for_contributors(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for mode, status in (("demo", 200), ("test", 200), ("production", 404)):
        monkeypatch.setattr(settings, "MODE", mode)
        assert Client().get(address).status_code == status
