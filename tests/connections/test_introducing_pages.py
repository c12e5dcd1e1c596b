"""Lists of introductions, Home, and introducing two others."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from bothways.connections.actions import answers, introductions
from bothways.connections.models import Introduction, PassedOn
from bothways.connections.queries import colleagues
from bothways.core import slots, time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.connections.introducing import address, page_of, read
from tests.factories.introductions import ask, introduction, several

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(organisation: Organisation, clock: time.Clock) -> list[Person]:
    return several(organisation, "Ada Ben Cleo Dan", brings="Ten years of talks", hopes="To draw better")


def test_the_list_shows_ones_own_answers_in_constant_queries(
    organisation: Organisation, people: list[Person], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ben, client = people[1], factories.signed_in(people[1])
    assert "Nothing waits for you" in read(client, address("connections_introductions"))
    Person.objects.filter(pk=ben.pk).update(budget_minutes=6000)
    for author in several(organisation, "Eve Finn"):
        ask(author, ben)
    answers.not_now(introduction(ben), by=ben)
    with django_assert_max_num_queries(12):
        text = read(client, address("connections_introductions"))
    assert "Eve" in text
    assert "Finn" in text
    assert text.count("You said not now.") == 1


def test_the_page_of_an_introduction_takes_few_queries(
    people: list[Person], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ask(people[0], people[1])
    client = factories.signed_in(people[1])
    with django_assert_max_num_queries(14):
        read(client, page_of(introduction(people[1])))


def test_reading_and_answering_are_not_being_here(people: list[Person], clock: time.Clock) -> None:
    ask(people[0], people[1])
    clock.advance(timedelta(days=1))
    client = factories.signed_in(people[1])
    for where in (page_of(introduction(people[1])), address("connections_introductions")):
        client.get(where)
    client.post(page_of(introduction(people[1])), {"answer": "not_now"})
    here_on = people[1].here_on
    people[1].refresh_from_db()
    assert people[1].here_on == here_on


def test_home_says_what_waits(people: list[Person]) -> None:
    ada, ben, cleo, dan = people
    client = factories.signed_in(ben)
    ask(ada, ben)
    assert "A word with Ada?" in read(client, address("home"))
    ask(cleo, ben)
    assert "2 introductions are open for you" in read(client, address("home"))
    for _ in range(2):
        answers.not_now(introduction(ben), by=ben)
        answers.not_now(Introduction.objects.get(first=ada, second=ben), by=ben)
    assert "introductions are open for you" not in read(client, address("home"))
    ask(ben, dan)
    answers.tell_me_more(introduction(dan), by=dan, question="What about?")
    assert "Dan would like to know more" in read(client, address("home"))


def test_an_asks_page_shows_its_author_who_chose_to_be_seen_and_nobody_else(people: list[Person]) -> None:
    from django.test import RequestFactory

    ada, ben, cleo, dan = people
    queue = ask(ada, ben, cleo)
    request = RequestFactory().get("/harbour/")
    request.__dict__["person"] = ada
    assert slots.parts("queue.page", request, queue) == []
    assert slots.parts("queue.page", request, None) == []
    answers.tell_me_more(introduction(ben), by=ben, question="What about?")
    answers.hand_on(introduction(cleo), by=cleo, to=dan)
    (part,) = slots.parts("queue.page", request, queue)
    from django.template.loader import render_to_string

    values = part.values | {"organisation": ada.organisation, "person": ada}
    text = render_to_string(part.template, values)
    for said in ("What about?", "Cleo handed it on.", "Suggested by Cleo."):
        assert said in text
    request.__dict__["person"] = ben
    assert slots.parts("queue.page", request, queue) == []


def test_names_are_found_however_they_are_typed_and_stand_in_their_order(
    organisation: Organisation, people: list[Person]
) -> None:
    for name in ("Zoé Moreau", "Élise Moreau", "Eli Moreau", "Ines Elisen"):
        factories.member(organisation, name, title="Eliot scholar" if name.startswith("Zoé") else "")
    for typed in ("élise", "elise", "ÉLISE", "Élise mor"):
        assert "Élise Moreau" in [each.name for each in colleagues.named(people[0], typed)], typed
    found = [each.name for each in colleagues.named(people[0], "eli")]
    assert found == ["Eli Moreau", "Élise Moreau", "Ines Elisen"], "a title is no name"
    assert [each.name for each in colleagues.named(people[0], "moreau")][-1] == "Zoé Moreau"
    for nothing in ("", " ", "\x00", '"', "*", "name :", "eli NOT moreau"):
        assert colleagues.named(people[0], nothing) == []


def test_introducing_two_others_by_name(organisation: Organisation, people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    client = factories.signed_in(ada)
    where = address("connections_introduce")
    found = read(client, f"{where}?q=be")
    assert f"first={ben.key}" in found
    assert f"first={ada.key}" not in read(client, f"{where}?q=ada")
    assert "Nobody here goes by that name" in read(client, f"{where}?q=zzz")
    second = read(client, f"{where}?first={ben.key}&q=cl")
    assert f"first={ben.key}&amp;second={cleo.key}" in second
    both = f"{where}?first={ben.key}&second={cleo.key}"
    assert "Both of them, with your name." in read(client, both)
    sent = {"first": ben.key, "second": cleo.key}
    wrong = client.post(where, sent)
    assert wrong.status_code == 422
    assert "it is all they have to go by" in wrong.content.decode()
    assert client.post(where, {"first": ben.key, "second": ben.key, "why": "Maps."}).status_code == 422
    done = client.post(where, sent | {"why": "You both love maps."})
    text = read(client, done["Location"])
    assert "Ben and Cleo" in text
    assert "You both love maps." in text
    assert Introduction.objects.get().introducer == ada


def test_the_introducer_reads_what_came_of_it_once_both_tell(people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    assert "Nothing yet" in read(factories.signed_in(ada), address("connections_passed_on"))
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    for person in (ben, cleo):
        answers.accept(introduction(cleo), by=person)
    told = address("connections_introduction_told", introduction(cleo).key)
    for person in (ben, cleo):
        assert "They met" not in read(factories.signed_in(ada), address("connections_passed_on"))
        client = factories.signed_in(person)
        assert "They may know that we met" in read(client, page_of(introduction(cleo)))
        client.post(told, {"tell": "yes"})
        assert "tell them after all" in read(client, page_of(introduction(cleo)))
    assert "They met, and both wanted you to know." in read(
        factories.signed_in(ada), address("connections_passed_on")
    )
    assert PassedOn.objects.get().both_tell


def test_whoever_is_introduced_reads_what_the_other_hopes_for(people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    text = read(factories.signed_in(cleo), page_of(introduction(cleo)))
    assert "What Ben hopes for: To draw better" in text


def test_three_introductions_a_week_whatever_comes_of_them(
    organisation: Organisation, people: list[Person], clock: time.Clock
) -> None:
    ada, ben, cleo, dan = people
    eve, finn = several(organisation, "Eve Finn")
    client, where = factories.signed_in(ada), address("connections_introduce")
    for first, second in ((ben, cleo), (cleo, ben), (dan, eve)):
        sent = {"first": first.key, "second": second.key, "why": "You both love maps."}
        assert "As many under way" not in read(client, where)
        assert client.post(where, sent).status_code == 302
        clock.advance(timedelta(days=1))
    for person in (ben, cleo):
        answers.accept(introduction(cleo), by=person)
    answers.hand_on(introduction(eve), by=eve)
    assert "As many under way as fit" in read(client, where)
    more = {"first": eve.key, "second": finn.key, "why": "You both mend nets."}
    refused = client.post(where, more)
    assert refused.status_code == 409
    assert "As many under way as fit" in refused.content.decode()
    assert "You both mend nets." in refused.content.decode()
    clock.advance(timedelta(days=4))
    assert client.post(where, more).status_code == 302
    assert client.post(where, more).status_code == 409
    assert PassedOn.objects.count() == 4


def test_a_persons_page_offers_to_introduce_them(people: list[Person]) -> None:
    from django.test import RequestFactory

    request = RequestFactory().get("/harbour/")
    request.__dict__["person"] = people[0]
    templates = [part.template for part in slots.parts("person.page", request, people[1])]
    assert "connections/parts/person.html" in templates
    own = [part.template for part in slots.parts("person.page", request, people[0])]
    assert "connections/parts/person.html" not in own
    anywhere = [part.template for part in slots.parts("people.page", request)]
    assert "connections/parts/people.html" in anywhere
