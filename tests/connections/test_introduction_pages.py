"""Pages of introductions: always the same choices, equally kind after any of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from bothways.connections.actions import answers, introductions, queues
from bothways.connections.models import Connection, Introduction, MoreAsked, QueueEntry
from bothways.connections.queries import answer_links
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.connections.introducing import address, page_of, read
from tests.factories.introductions import ask, introduction, pass_time, sealed, several

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(organisation: Organisation, clock: time.Clock) -> list[Person]:
    return several(organisation, "Ada Ben Cleo Dan", brings="Ten years of talks", hopes="To draw better")


def test_the_page_says_who_why_and_who_sees_what(people: list[Person]) -> None:
    ada, ben = people[:2]
    why = {"kind": "offers", "topic": "Talks"}
    approved = [queues.Approved(ben, reason=why, reason_back={"kind": "asked"})]
    queues.open(ada, approved, kind="conversation", note="A word about <b>talks</b>?")
    text = read(factories.signed_in(ben), page_of(introduction(ben)))
    for said in (
        "Ada would like a word with you",
        "Ten years of talks",
        "What Ada brings: Ten years of talks",
        "Your answer: only you.",
    ):
        assert said in text
    assert "<b>talks</b>" not in text
    for choice in ("yes", "not_now", "more", "hand_on"):
        assert f'name="answer" value="{choice}"' in text


def test_who_asks_is_said_once_and_the_four_answers_come_before_what_is_long(people: list[Person]) -> None:
    ask(people[0], people[1])
    text = read(factories.signed_in(people[1]), page_of(introduction(people[1]))).split("<h1>")[1]
    assert text.count("would like a word with you") == 1
    assert '<p class="name">' not in text
    answers_at = [text.index(one) for one in ('value="yes"', 'value="not_now"', "#more", "#hand-on")]
    assert answers_at == sorted(answers_at)
    assert text.index("<blockquote>") < answers_at[0]
    assert answers_at[-1] < text.index("Ten years of talks")


def test_yes_and_not_now_have_the_same_size_and_weight(people: list[Person]) -> None:
    ask(people[0], people[1])
    text = read(factories.signed_in(people[1]), page_of(introduction(people[1])))
    buttons = [
        line for line in text.split("<button ")[1:] if 'value="yes"' in line or 'value="not_now"' in line
    ]
    looks = {button.split('class="')[1].split('"')[0] for button in buttons}
    assert looks == {"button plain"}
    assert len(buttons) == 2


def test_times_are_offered_in_both_peoples_hours(organisation: Organisation, people: list[Person]) -> None:
    far = factories.member(organisation, "Far", time_zone="America/New_York")
    ask(far, people[1])
    text = read(factories.signed_in(people[1]), page_of(introduction(people[1])))
    assert text.count('name="starts"') == 3
    assert "is their" in text


def test_a_yes_to_an_ask_leads_to_the_connection(people: list[Person]) -> None:
    ask(people[0], people[1])
    asked, client = introduction(people[1]), factories.signed_in(people[1])
    starts = (time.now() + timedelta(days=2)).isoformat()
    response = client.post(page_of(asked), {"answer": "yes", "starts": [starts]})
    assert response.status_code == 302
    connection = Connection.objects.get()
    assert connection.meetings.get().times == [starts]
    text = read(client, response["Location"])
    assert "You and Ada are connected" in text.split("<h1>")[1].split("</h1>")[0]
    assert "You both said yes" in text
    assert address("connections_connection", connection.key) in text
    times = address("connections_meeting", connection.meetings.get().key)
    assert f'class="button primary" href="{times}"' in " ".join(text.split())


def test_a_yes_without_times_leads_to_the_page_of_the_two(people: list[Person]) -> None:
    ask(people[0], people[1])
    asked, client = introduction(people[1]), factories.signed_in(people[1])
    text = read(client, client.post(page_of(asked), {"answer": "yes"})["Location"])
    where = address("connections_connection", Connection.objects.get().key)
    assert f'class="button primary" href="{where}"' in " ".join(text.split())


def test_after_an_answer_the_choices_fold_away_under_the_thanks(people: list[Person]) -> None:
    ask(people[0], people[1])
    client, where = factories.signed_in(people[1]), page_of(introduction(people[1]))
    assert "Change my answer" not in read(client, where)
    client.post(where, {"answer": "not_now"})
    thanks, folded = read(client, where).split("Change my answer")
    assert "You said not now, and that is fine." in thanks
    assert 'value="yes"' not in thanks
    assert 'value="yes"' in folded


def test_a_colleagues_introduction_is_read_by_both_and_keeps_ones_own_answer(people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    asked, client = introduction(cleo), factories.signed_in(ben)
    assert "You both love maps." in read(client, page_of(asked))
    client.post(page_of(asked), {"answer": "yes"})
    mine = read(client, page_of(asked))
    assert "You said yes." in mine
    client.post(page_of(asked), {"answer": "not_now"})
    assert "You said not now, and that is fine." in read(client, page_of(asked))
    theirs = read(factories.signed_in(cleo), page_of(asked))
    assert "You said" not in theirs
    assert read(factories.signed_in(ada), page_of(asked), status=404)


def test_an_ask_of_ones_own_is_shown_as_the_yes_it_is(people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    ask(ben, cleo)
    text = read(factories.signed_in(ben), page_of(Introduction.objects.get(queue=None)))
    assert "Your ask says yes already" in text


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("time", "Its time is up, thank you."),
        ("unseen", "Its time is up, thank you."),
        ("found", "They have found somebody, thank you."),
        ("withdrawn", "It is no longer needed, thank you."),
        ("handed_on", "You handed it on, thank you."),
    ],
)
@pytest.mark.parametrize("before", ["nothing", "not_now"])
def test_what_is_over_reads_alike_whatever_was_answered(
    before: str, end: str, said: str, people: list[Person], clock: time.Clock
) -> None:
    ada, ben, cleo = people[:3]
    queue = ask(ada, ben, cleo)
    asked, client = introduction(ben), factories.signed_in(ben)
    if before == "not_now":
        client.post(page_of(asked), {"answer": "not_now"})
    ends: dict[str, Callable[[], object]] = {
        "time": lambda: pass_time(clock, days=7),
        "unseen": lambda: clock.advance(timedelta(days=7)),
        "found": lambda: answers.accept(introduction(cleo), by=cleo),
        "withdrawn": lambda: queues.withdraw(queue),
        "handed_on": lambda: client.post(page_of(asked), {"answer": "hand_on"}),
    }
    ends[end]()
    text = read(client, page_of(asked))
    assert said in text
    assert "You said" not in text
    assert 'name="answer"' not in text
    late = client.post(page_of(asked), {"answer": "yes"})
    assert late.status_code == 409
    assert said in late.content.decode()


def test_handing_on_by_the_other_is_said_as_the_page_promised(people: list[Person]) -> None:
    introductions.introduce(people[1], people[2], by=people[0], why="You both love maps.")
    asked = introduction(people[2])
    factories.signed_in(people[1]).post(page_of(asked), {"answer": "hand_on"})
    assert "Ben handed it on." in read(factories.signed_in(people[2]), page_of(asked))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, 'value="not_now"'),
        ({"answer": "perhaps"}, 'value="not_now"'),
        ({"answer": "more", "question": ""}, "Write your question first."),
        ({"answer": "hand_on", "name": "Nobody"}, "Nobody here goes by that name."),
        ({"answer": "yes", "other_1": "2026-02-01 09:00"}, "That time has gone by."),
        ({"answer": "yes", "other_1": "soon"}, "read this time"),
    ],
)
def test_wrong_input_is_said_in_place_and_answers_nothing(
    sent: dict[str, str], said: str, people: list[Person]
) -> None:
    ask(people[0], people[1])
    asked = introduction(people[1])
    response = factories.signed_in(people[1]).post(page_of(asked), sent)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert sealed(asked) == ["yes", "none"]


def test_several_of_one_name_are_offered_to_pick_from(
    organisation: Organisation, people: list[Person]
) -> None:
    one, other = several(organisation, "Kim Kim", title="Skipper")
    ask(people[0], people[1])
    asked, client = introduction(people[1]), factories.signed_in(people[1])
    response = client.post(page_of(asked), {"answer": "hand_on", "name": "kim"})
    assert response.status_code == 422
    assert "Kim, Skipper" in response.content.decode()
    client.post(page_of(asked), {"answer": "hand_on", "name": "kim", "which": other.key})
    assert QueueEntry.objects.get(approved=False).person == other
    assert one != other


def test_tell_me_more_reaches_the_asker_who_replies(people: list[Person], clock: time.Clock) -> None:
    ada, ben = people[:2]
    queue = ask(ada, ben)
    client = factories.signed_in(ben)
    client.post(page_of(introduction(ben)), {"answer": "more", "question": "Which talk?"})
    asked = MoreAsked.objects.get()
    theirs = factories.signed_in(ada)
    where = address("connections_question", asked.key)
    assert "Which talk?" in read(theirs, where)
    assert read(client, where, status=404)
    assert theirs.post(where, {"text": ""}).status_code == 422
    assert theirs.post(where, {"text": "The one in May."}).status_code == 302
    assert "The one in May." in read(client, page_of(introduction(ben)))
    assert "A new one replaces the one above." in read(theirs, where)
    queues.withdraw(queue)
    late = theirs.post(where, {"text": "Or in June."})
    assert late.status_code == 409
    assert "Or in June." in late.content.decode()
    assert "nothing to reply to" in read(theirs, where)


def test_a_question_between_two_introduced_is_on_the_others_page(people: list[Person]) -> None:
    introductions.introduce(people[1], people[2], by=people[0], why="You both love maps.")
    asked = introduction(people[2])
    answers.tell_me_more(asked, by=people[1], question="Which maps?")
    text = read(factories.signed_in(people[2]), page_of(asked))
    assert "A question for you" in text
    assert "Which maps?" in text


def test_a_suggested_name_is_asked_by_one_click_of_the_author(people: list[Person]) -> None:
    ada, ben, cleo, dan = people
    queue = ask(ada, ben)
    answers.hand_on(introduction(ben), by=ben, to=cleo)
    client = factories.signed_in(ada)
    where = address("connections_suggested", QueueEntry.objects.get(approved=False).key)
    assert "Ben handed your ask on" in read(client, where)
    assert read(factories.signed_in(ben), where, status=404)
    assert client.post(where).status_code == 302
    assert "They are on your list" in read(client, where)
    assert introduction(cleo).queue == queue
    answers.hand_on(introduction(cleo), by=cleo, to=dan)
    queues.withdraw(queue)
    where = address("connections_suggested", QueueEntry.objects.get(approved=False).key)
    assert "This ask is closed" in read(client, where)


def test_one_true_promise_stands_wherever_a_not_now_is_spoken_of(people: list[Person]) -> None:
    """The same however many are asked: that one is the only one asked must press nobody."""
    ada, ben, cleo, dan = people
    ask(ada, ben)
    ask(dan, cleo, ada)
    promise = (
        "Nothing is sent about a “not now”, and nobody is told who was asked. "
        "Whoever asked somebody by name may guess; they are never told."
    )
    for person in (ben, cleo):
        client, asked = factories.signed_in(person), introduction(person)
        assert read(client, page_of(asked)).count(promise) == 1
        client.post(page_of(asked), {"answer": "not_now"})
        after = read(client, page_of(asked)).split("Change my answer")[0]
        assert promise in after
        link = read(Client(), answer_links.path_of(asked, person))
        how = read(client, address("how"))
        assert promise in link
        assert promise in how
        for page in (after, link, how):
            assert "ever learns" not in page
            assert "never say who" not in page


def test_once_asked_the_form_of_tell_me_more_gives_way_to_what_was_asked(people: list[Person]) -> None:
    """On its author's own page alone; a link from a mail shows all four as ever (consent.md 22)."""
    ada, ben = people[:2]
    ask(ada, ben)
    asked, client = introduction(ben), factories.signed_in(ben)
    where, link = page_of(asked), answer_links.path_of(asked, ben)
    said, before = "You have asked. Their reply will be here.", len(read(Client(), link))
    client.post(where, {"answer": "more", "question": "What is it about?"})
    page = read(client, where)
    assert (page.count(said), page.count("What is it about?"), 'value="more"' in page) == (1, 1, False)
    linked = read(Client(), link)
    assert ('value="more"' in linked, said in linked, len(linked)) == (True, False, before)
    client.post(where, {"answer": "not_now"})
    thanks, folded = read(client, where).split("Change my answer")
    assert (said in thanks, said in folded, 'value="more"' in folded) == (True, False, False)
    answers.reply(MoreAsked.objects.get(), by=ada, text="About talks")
    page = read(client, where)
    assert (page.count("About talks"), said in page) == (1, False)


def test_what_was_typed_into_one_choice_is_kept_where_another_needs_mending(people: list[Person]) -> None:
    ask(people[0], people[1])
    client, page = factories.signed_in(people[1]), page_of(introduction(people[1]))
    refused = client.post(
        page, {"answer": "hand_on", "name": "Nobody At All", "question": "About which talk?"}
    )
    assert refused.status_code == 422
    assert "About which talk?" in refused.content.decode()
    refused = client.post(page, {"answer": "more", "question": "", "name": "Cleo"})
    assert refused.status_code == 422
    assert 'value="Cleo"' in refused.content.decode()
