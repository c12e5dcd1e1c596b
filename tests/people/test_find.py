"""The People page: by words, team, topic and language; a page at a time; only one's own organisation."""

import pytest
from django.urls import reverse

from bothways.core.models import Organisation
from bothways.people.actions import offers, search
from bothways.people.models import Offer, Person, Team
from bothways.people.queries import find as finding
from bothways.people.queries.find import Wish, find
from tests import factories

PEOPLE = "/harbour/people/"


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    nets = Team.objects.create(organisation=organisation, name="Nets & Ropes")
    speaking = factories.topic(organisation, "Public speaking", aliases=["presenting"])
    ada = factories.member(organisation, "ada Berg", title="Engineer", team=nets)
    bo = factories.member(organisation, "Bo Strand", title="Writer", languages=["de"])
    factories.member(organisation, "Cy Crane", title="Engineer", team=nets, languages=["de", "en"])
    offers.offer(bo, speaking)
    search.rebuild(organisation)
    return ada


def names(viewer: Person, **wish: str) -> list[str]:
    return [person.name for person in find(viewer, Wish(**wish))]


def test_everybody_by_name_whatever_its_capitals(ada: Person) -> None:
    assert names(ada) == ["ada Berg", "Bo Strand", "Cy Crane"]


def test_each_part_of_a_wish_narrows(ada: Person) -> None:
    assert names(ada, words="engineer") == ["ada Berg", "Cy Crane"]
    assert names(ada, words="engin cra") == ["Cy Crane"]
    assert names(ada, team="Nets & Ropes") == ["ada Berg", "Cy Crane"]
    assert names(ada, topic="public-speaking") == ["Bo Strand"]
    assert names(ada, language="de") == ["Bo Strand", "Cy Crane"]
    assert names(ada, words="engineer", language="de", team="Nets & Ropes") == ["Cy Crane"]
    assert names(ada, words="engineer", topic="public-speaking") == []


def test_other_words_lead_to_the_topic(ada: Person) -> None:
    html = factories.signed_in(ada).get(PEOPLE, {"q": "presenting writer"}).content.decode()
    assert "Bo Strand" in html
    html = factories.signed_in(ada).get(PEOPLE, {"topic": "public-speaking"}).content.decode()
    assert "Bo Strand" in html
    assert "Cy Crane" not in html


def test_where_nobody_is_called_so_those_who_offer_it_are_shown_at_once(ada: Person) -> None:
    found = find(ada, Wish(words="presenting"))
    assert [person.name for person in found] == ["Bo Strand"]
    assert found.topic
    assert (found.topic.key, found.topics) == ("public-speaking", [])
    html = factories.signed_in(ada).get(PEOPLE, {"q": "presenting"}).content.decode()
    assert "People one can ask about <strong>Public speaking</strong>" in html
    assert "Bo Strand" in html
    assert "Nobody found" not in html
    assert "Or do you mean" not in html


def test_beside_people_found_a_topic_is_offered_only_where_its_link_finds_somebody(ada: Person) -> None:
    building = factories.topic(ada.organisation, "Engineer", aliases=["engineering"])
    assert find(ada, Wish(words="engineer")).topics == []
    gone = factories.member(ada.organisation, "Di Gone", state=Person.State.SUSPENDED)
    Offer.objects.create(person=gone, topic=building)
    assert find(ada, Wish(words="engineer")).topics == []
    offers.offer(Person.objects.get(name="Bo Strand"), building)
    assert find(ada, Wish(words="engineer")).topics == [building]
    assert find(ada, Wish(words="engineer", language="en")).topics == []
    assert find(ada, Wish(words="presenting", team="Nets & Ropes")).number == 0


def test_nobody_beyond_the_wall_or_gone(ada: Person) -> None:
    meadow = factories.organisation("meadow")
    factories.member(meadow, "Ada Meadow", title="Engineer")
    search.rebuild(meadow)
    Person.objects.filter(name="Cy Crane").update(state=Person.State.LEFT)
    assert names(ada) == ["ada Berg", "Bo Strand"]
    assert names(ada, words="engineer") == names(ada, words="ada") == ["ada Berg"]


def test_twenty_five_a_page_each_person_once(ada: Person) -> None:
    for number in range(60):
        factories.member(ada.organisation, f"Worker {number:02}", title="Welder")
    search.rebuild(ada.organisation)
    seen = []
    for page in ("1", "2", "3"):
        found = find(ada, Wish(words="welder"), page=page)
        assert found.number == 60
        seen += [person.name for person in found]
    assert len(seen) == len(set(seen)) == 60
    assert len(find(ada, Wish(), page="1").people) == 25
    html = factories.signed_in(ada).get(PEOPLE, {"q": "welder", "page": "2"}).content.decode()
    assert "Page 2 of 3" in html


def test_where_very_many_fit_no_order_is_claimed(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_RANKED", 1)
    found = find(ada, Wish(words="engineer"))
    assert found.unordered
    assert {person.name for person in found} == {"ada Berg", "Cy Crane"}
    html = factories.signed_in(ada).get(PEOPLE, {"q": "engineer"}).content.decode()
    assert "another word" in html


@pytest.mark.parametrize(
    "wish",
    [
        {"q": "x" * 400},
        {"q": '" OR 1=1 --'},
        {"language": "klingon"},
        {"topic": "no such thing"},
        {"team": "No such team"},
        {"page": "nonsense"},
        {"page": "99999999999999999999"},
        {"q": "\x00"},
    ],
)
def test_a_strange_wish_is_answered_with_a_page(ada: Person, wish: dict[str, str]) -> None:
    assert factories.signed_in(ada).get(PEOPLE, wish).status_code == 200


def test_nobody_found_says_what_to_do(ada: Person) -> None:
    html = factories.signed_in(ada).get(PEOPLE, {"q": "zzz"}).content.decode()
    assert "Nobody found" in html


def test_a_search_box_does_not_say_that_it_may_be_left_out(organisation: Organisation) -> None:
    client = factories.signed_in(factories.member(organisation, role=Person.Role.STEWARD))
    for name in ("people", "people_members"):
        page = client.get(reverse(name, kwargs={"organisation": organisation.slug}))
        assert "if you like" not in page.content.decode()


def test_only_languages_that_somebody_here_speaks_can_be_chosen(ada: Person) -> None:
    factories.member(factories.organisation("meadow"), "Mo", languages=["fr"])
    factories.member(ada.organisation, "Gone", languages=["pl"], state=Person.State.LEFT)
    client = factories.signed_in(ada)
    page = client.get(PEOPLE).content.decode()
    assert [code for code in ("de", "en", "fr", "pl") if f'value="{code}"' in page] == ["de", "en"]
    assert '<option value="fr" selected>' in client.get(PEOPLE, {"language": "fr"}).content.decode()


def test_one_searches_before_anything_else(ada: Person) -> None:
    page = factories.signed_in(ada).get(PEOPLE).content.decode()
    assert page.index('name="q"') < page.index("My connections") < page.index("Bo Strand")
