"""Every component as others write it, with values that try to break out of it."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator

from bothways.ui.templatetags.ui import icon, initials
from tests.ui.rendering import render

BREAKOUT = "\"><script>alert(1)</script>'"
HARBOUR = SimpleNamespace(slug="harbour", name="Harbour")


def somebody(**fields: Any) -> SimpleNamespace:
    defaults = {
        "name": "Ada Lovelace",
        "key": "k3y",
        "photo": "",
        "title": "Engineer",
        "team": SimpleNamespace(name="Engines"),
        "brings": "Patience with machines.",
        "pronouns": "she/her",
        "organisation": HARBOUR,
        "time_zone": "Europe/London",
    }
    return SimpleNamespace(**(defaults | fields))


def test_a_button_with_an_address_is_a_link() -> None:
    link = render('<c-button href="/ask/" kind="primary" icon="house">Ask</c-button>').one("a")
    assert (link["href"], link["class"], link.text) == ("/ask/", "button primary", "Ask")
    assert link.one("svg")["aria-hidden"] == "true"


def test_a_button_without_one_sends_its_form() -> None:
    button = render('<c-button name="answer" value="yes">Yes</c-button>').one("button")
    assert (button["type"], button["name"], button["value"]) == ("submit", "answer", "yes")


@pytest.mark.parametrize(
    "source",
    [
        '<c-button href="/" :data-hx-vals="bad" title="{{ bad }}">{{ bad }}</c-button>',
        '<c-button :value="bad" name="x">{{ bad }}</c-button>',
        '<c-button :href="bad">x</c-button>',
        "<c-who-sees>{{ bad }}</c-who-sees>",
        '<c-person :person="person" :why="bad" size="{{ bad }}" link="{{ bad }}">{{ bad }}</c-person>',
        '<c-next-step :title="bad" href="{{ bad }}" label="{{ bad }}">{{ bad }}</c-next-step>',
        '<c-next-step href="/" out_href="{{ bad }}" out_label="{{ bad }}">{{ bad }}</c-next-step>',
        '<c-section title="{{ bad }}" id="{{ bad }}" :data-x="bad">{{ bad }}</c-section>',
        '<c-empty :title="bad" href="/" :label="bad">{{ bad }}</c-empty>',
        '<c-waiting title="{{ bad }}">{{ bad }}</c-waiting>',
        '<c-done :title="bad">{{ bad }}</c-done>',
        '<c-list :data-x="bad"><c-item :href="bad" title="{{ bad }}">{{ bad }}</c-item></c-list>',
        '<c-arcs :label="bad" :state="bad" />',
        '<c-evidence :row="bad">{{ bad }}</c-evidence>',
        '<c-notice :kind="bad">{{ bad }}</c-notice>',
        '<c-words :by="bad" sees="{{ bad }}">{{ bad }}</c-words>',
        '<c-facts><c-fact :name="bad">{{ bad }}</c-fact></c-facts>',
        '<c-actions :class="bad" :id="bad">{{ bad }}</c-actions>',
    ],
)
def test_nothing_breaks_out_of_a_component(source: str) -> None:
    person = somebody(name=BREAKOUT, title=BREAKOUT, brings=BREAKOUT, pronouns=BREAKOUT)
    page = render(source, bad=BREAKOUT, person=person)
    assert page.all("script") == []
    assert "alert(1)" in page.text or any("alert(1)" in v for e in page.inside for v in e.attributes.values())


def test_a_value_escaped_once_is_not_escaped_twice() -> None:
    page = render('<c-section title="{{ title }}">x</c-section>', title="Tea & cake")
    assert page.one("h2").text == "Tea & cake"


def test_a_component_takes_nothing_from_the_page_around_it() -> None:
    values = {
        "title": "of the page",
        "href": "/page/",
        "id": "page",
        "kind": "danger",
        "why": "x",
        "link": "/x/",
    }
    section = render("<c-section>x</c-section>", **values).one("section")
    assert section.all("h2") == []
    assert "id" not in section.attributes
    assert render("<c-button>x</c-button>", **values).one("button")["class"] == "button plain"
    assert render('<c-person :person="p" />', p=somebody(), **values).all("a") == []


def test_who_sees_names_its_meaning_to_those_who_do_not_see_the_eye() -> None:
    line = render('<c-who-sees id="seen">Only you.</c-who-sees>').one("p", id="seen")
    assert line.text == "Who sees this: Only you."
    assert line.one("svg")["aria-hidden"] == "true"


def test_a_person_is_a_ring_a_name_their_words_and_why() -> None:
    page = render('<c-person :person="p" why="She did what you hope to do." />', p=somebody())
    assert page.one("span", _class="initials").text == "AL"
    assert page.one("p", _class="name").text == "Ada Lovelace she/her"
    assert page.one("p", _class="post").text == "Engineer, Engines"
    assert page.one("p", _class="brings").text == "Patience with machines."
    assert page.one("p", _class="why").text == "She did what you hope to do."


def test_a_person_of_whom_only_the_name_is_known() -> None:
    page = render('<c-person :person="p" />', p=SimpleNamespace(name="Bo"))
    assert page.text == "B Bo"
    assert page.all("img") == []


def test_a_person_leads_to_where_the_page_says() -> None:
    page = render('<c-person :person="p" link="/harbour/people/k3y/" />', p=somebody())
    assert page.one("a")["href"] == "/harbour/people/k3y/"


def test_a_photo_takes_the_place_of_the_initials(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, str] = {}

    def find(name: str, **kwargs: str) -> str:
        asked.update(kwargs, name=name)
        return "/harbour/photo"

    monkeypatch.setattr("bothways.ui.addresses.find", find)
    page = render("{% ring p %}", p=somebody(photo="x.webp"))
    assert (page.one("img")["src"], page.one("img")["alt"]) == ("/harbour/photo", "")
    assert asked == {"name": "people_photo", "organisation": "harbour", "key": "k3y"}
    assert page.all(_class="initials") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", "AL"),
        ("王小明", "王"),
        ("Ελένη Παππά", "ΕΠ"),
        ("Ludwig van Beethoven", "LB"),
        ("نجيب محفوظ", "نم"),
        ("tomás", "T"),
        ("Anna (Nan) Shepherd", "AS"),
        ("", ""),
        ("…", ""),
    ],
)
def test_initials_in_any_script(name: str, expected: str) -> None:
    assert initials(name) == expected


@pytest.mark.parametrize("state", ["none", "one", "two", "ring"])
def test_the_motif_has_two_arcs_in_every_state(state: str) -> None:
    motif = render(f'<c-arcs state="{state}" />').one("svg")
    assert len(motif.all("path")) == 2
    assert state in motif["class"].split()
    assert motif["aria-hidden"] == "true"


def test_the_motif_can_speak() -> None:
    motif = render('<c-arcs state="one" label="One yes" />').one("svg")
    assert (motif["role"], motif["aria-label"]) == ("img", "One yes")
    assert "aria-hidden" not in motif.attributes


def test_a_row_that_leads_somewhere_is_a_link_as_a_whole() -> None:
    page = render('<c-list><c-item href="/x/">There</c-item><c-item>Here</c-item></c-list>')
    assert [row.text for row in page.one("ul").all("li")] == ["There", "Here"]
    assert page.one("a").text == "There"


def test_pages_keep_the_rest_of_the_address() -> None:
    page = render(
        '<c-pages :page="page" />', "/people/?find=tea&page=2", page=Paginator(range(90), 25).page(2)
    )
    assert page.one("a", rel="prev")["href"] == "?find=tea&page=1"
    assert page.one("a", rel="next")["href"] == "?find=tea&page=3"
    assert "Page 2 of 4" in page.text


def test_two_lists_of_an_address_turn_their_own_pages() -> None:
    page = render(
        '<c-pages :page="page" parameter="run" />', "/x/?page=3&run=2", page=Paginator(range(90), 25).page(2)
    )
    assert page.one("a", rel="next")["href"] == "?page=3&run=3"


def test_a_single_page_says_nothing_about_pages() -> None:
    assert render('<c-pages :page="page" />', page=Paginator(range(5), 25).page(1)).inside == []


def test_an_icon_is_decoration_unless_it_is_told_what_it_means() -> None:
    assert 'aria-hidden="true"' in icon("house")
    spoken = icon("house", 24, 'Home "here"')
    assert 'role="img"' in spoken
    assert 'aria-label="Home &quot;here&quot;"' in spoken
    assert "aria-hidden" not in spoken


def test_an_icon_that_is_drawn_twice_is_the_same_string() -> None:
    assert icon("house") is icon("house")


def test_attributes_keep_their_order_and_say_no_by_their_absence() -> None:
    button = render(
        '<c-button data-first="1" hidden :disabled="no" :data-last="one.two">Yes</c-button>',
        no=False,
        one={"two": 2},
    ).one("button")
    assert list(button.attributes)[2:] == ["data-first", "data-last", "hidden"]
    assert button["data-last"] == "2"


def test_what_is_not_there_is_not_said() -> None:
    assert "None" not in render('<c-person :person="somebody" :why="nowhere" />', somebody=somebody()).text
