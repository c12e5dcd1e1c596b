"""The one box: suggestions, the note, pressing, and what is never stored, shown or logged."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bothways.ask.models import Ask
from bothways.connections.actions import queues
from bothways.connections.actions.queues import Approved
from bothways.connections.models import Introduction, QueueEntry
from bothways.core.models import Organisation
from bothways.people.models import Offer, Person, Want
from tests import factories
from tests.factories.asking import SPEAKING, offering, subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ASK, SUGGESTIONS = "/harbour/ask/", "/harbour/ask/suggestions/"
SENTENCE = "Public speaking makes my hands shake"


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    return factories.member(organisation, "Ada Lovelace", title="Analyst")


@pytest.fixture
def browser(ada: Person) -> Client:
    return factories.signed_in(ada)


def pressed(*people: Person, **fields: str) -> dict[str, object]:
    settings = {"sentence": SENTENCE, "do": "ask", "note": "A word?", "kind": "conversation"}
    return settings | fields | {"people": [person.key for person in people]}


def test_who_will_see_it_stands_under_the_box_before_a_key_is_pressed(browser: Client) -> None:
    page = browser.get(ASK).content.decode()
    assert "Only you. Not even the people we suggest." in page
    assert 'data-hx-post="/harbour/ask/suggestions/"' in page
    assert 'id="suggestions" class="asking" aria-live="polite"' in page
    assert page.index('name="sentence"') < page.index("Where do I begin?") < page.index('id="suggestions"')
    assert page.count("Where do I begin?") == 1


def test_a_plain_form_suggests_first_and_asks_second(browser: Client, ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    page = browser.post(ASK, {"sentence": SENTENCE}).content.decode()
    assert f"Talks about {SPEAKING.lower()}." in page
    assert f'id="ask-{ben.key}"' in page
    assert "Hello, I&#x27;m Ada Lovelace, Analyst." in page
    assert not Ask.objects.exists()
    answer = browser.post(ASK, pressed(ben))
    asked = Ask.objects.get()
    assert answer["Location"] == f"/harbour/asks/{asked.key}/"
    assert (asked.sentence, asked.author) == (SENTENCE, ada)
    introduction = Introduction.objects.get()
    assert (introduction.second, introduction.note) == (ben, "A word?")


def test_looking_stores_nothing(browser: Client, ada: Person) -> None:
    offering(ada.organisation, "Ben")
    browser.get(ASK)  # the day of the visit is noted once
    with CaptureQueriesContext(connection) as captured:
        assert browser.post(SUGGESTIONS, {"sentence": SENTENCE}).status_code == 200
    written = [each["sql"] for each in captured if not each["sql"].lstrip("(").startswith("SELECT")]
    assert written == []


def test_the_sentence_is_in_no_log_and_no_address(
    browser: Client, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    ben = offering(ada.organisation, "Ben")
    secret = "xylophone"
    answers = [
        browser.post(SUGGESTIONS, {"sentence": f"{SENTENCE} {secret}"}),
        browser.post(ASK, {"sentence": f"{SENTENCE} {secret}"}),
        browser.post(ASK, pressed(ben, sentence=f"{SENTENCE} {secret}")),
    ]
    assert secret not in caplog.text
    assert all(secret not in str(answer.headers) for answer in answers)
    asked = Ask.objects.get()
    again = browser.get(f"/harbour/asks/{asked.key}/again/")
    assert secret in again.content.decode()


def test_suggestions_want_a_post_and_the_token_of_the_form(ada: Person) -> None:
    assert factories.signed_in(ada).get(SUGGESTIONS).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert ada.account
    strict.force_login(ada.account)
    assert strict.post(SUGGESTIONS, {"sentence": SENTENCE}).status_code == 403


def test_what_is_typed_is_shown_as_text(browser: Client, ada: Person) -> None:
    nasty = "<script>alert(1)</script> public speaking \"'><img src=x onerror=y>"
    offering(ada.organisation, "Ben <b>bold</b>", brings="<i>x</i>")
    for address in (ASK, SUGGESTIONS):
        page = browser.post(address, {"sentence": nasty, "note": nasty, "given": "x"}).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>bold" not in page
        assert "<i>x" not in page


def test_five_thousand_characters_are_refused_kindly_and_kept(browser: Client) -> None:
    long = "public speaking " * 313
    for address in (ASK, SUGGESTIONS):
        answer = browser.post(address, {"sentence": long})
        assert answer.status_code == 422
        assert "That is longer than we can read at once." in answer.content.decode()
    kept = browser.post(ASK, {"sentence": long}).content.decode()
    assert long.strip() in kept


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"note": " "}, "Write a line or two"),
        ({"sentence": ""}, "Write a few words, so that we know whom to suggest."),
        ({"kind": "boss"}, "boss is not one of the available choices"),
    ],
)
def test_what_is_missing_is_said_and_everything_typed_is_kept(
    browser: Client, ada: Person, fields: dict[str, str], said: str
) -> None:
    ben = offering(ada.organisation, "Ben")
    answer = browser.post(ASK, pressed(ben) | fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Ask.objects.exists()


def test_nobody_is_asked_whom_one_has_not_ticked(browser: Client, ada: Person) -> None:
    offering(ada.organisation, "Ben")
    page = browser.post(ASK, {"sentence": SENTENCE}).content.decode()
    assert "checked" not in page.split('id="group-people"')[1].split('id="note"')[0]
    answer = browser.post(ASK, pressed())
    assert answer.status_code == 422
    page = answer.content.decode()
    summary = page.split('class="summary"')[1].split("</div>")[0]
    assert "autofocus" in summary
    assert '<a href="#group-people">People who might help</a>: Tick at least one person' in summary
    assert "Tick at least one person" in page.split('id="group-people"')[1].split('class="person')[0]
    assert page.index('class="summary"') < page.index('name="sentence"')


def test_people_of_elsewhere_and_oneself_cannot_be_slipped_in(browser: Client, ada: Person) -> None:
    ben, far = offering(ada.organisation, "Ben"), offering(factories.organisation("meadow"), "Mo")
    browser.post(ASK, pressed(far, ada, ben))
    assert [entry.person for entry in QueueEntry.objects.all()] == [ben]


def test_ticking_nobody_who_is_here_is_said_and_nothing_is_lost(browser: Client, ada: Person) -> None:
    answer = browser.post(ASK, pressed(offering(factories.organisation("meadow"), "Mo"), ada))
    assert answer.status_code == 422
    assert "Nobody of those you ticked is here any more." in answer.content.decode()
    assert SENTENCE in answer.content.decode()
    assert not Ask.objects.exists()


def test_striking_shows_somebody_else_and_keeps_the_ticks(browser: Client, ada: Person) -> None:
    people = [offering(ada.organisation, f"Person {number}") for number in range(6)]
    first = browser.post(ASK, {"sentence": SENTENCE}).content.decode()
    shown = [person for person in people if person.key in first]
    struck, ticked = shown[0], shown[1]
    answer = browser.post(
        SUGGESTIONS, {"sentence": SENTENCE, "strike": struck.key, "people": [ticked.key, struck.key]}
    )
    second = answer.content.decode()
    assert f'name="struck" value="{struck.key}"' in second
    assert f'id="ask-{struck.key}"' not in second
    (other,) = set(people) - set(shown)
    assert f'id="ask-{other.key}"' in second
    assert "checked" in second.split(f'id="ask-{ticked.key}"')[1].split(">")[0]


def test_the_asked_person_reads_nothing_that_follows_from_the_sentence(browser: Client, ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    cleo = offering(ada.organisation, "Cleo")
    Offer.objects.create(person=ada, topic=subject(ada.organisation, "Email"))
    Want.objects.create(person=cleo, topic=subject(ada.organisation, "Email"), shown=False)
    browser.post(ASK, pressed(ben, cleo))
    first, second = Introduction.objects.order_by("second__name")
    assert (first.reason_first, first.reason_second) == ({}, {"kind": "asked"})
    assert second.reason_second == {"kind": "offers_wanted", "topic": "Email"}
    for asked in (ben, cleo):
        page = factories.signed_in(asked).get(
            f"/harbour/introductions/{Introduction.objects.get(second=asked).key}/"
        )
        assert SENTENCE not in page.content.decode()
        assert SPEAKING not in page.content.decode()


def test_the_author_may_let_them_know_the_topic(browser: Client, ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    browser.post(ASK, pressed(ben, tell="on"))
    assert Introduction.objects.get().reason_second == {"kind": "yours", "topic": SPEAKING}


def test_where_one_person_alone_is_asked_it_says_what_silence_tells(browser: Client, ada: Person) -> None:
    """Where the dates stand, which follow the ticks; nothing of it is folded away."""
    ben, cleo = offering(ada.organisation, "Ben"), offering(ada.organisation, "Cleo")
    honest = "If you ask one person alone and hear nothing, you will know it was not a yes."
    second = "Tick a second, and nobody can tell."
    for address in (ASK, SUGGESTIONS):
        for ticked, says in (((), 0), ((ben,), 1), ((ben, cleo), 0)):
            page = browser.post(address, pressed(*ticked, do="look")).content.decode()
            dates = page.split('id="dates"')[1].split("</div>")[0]
            assert (dates.count(honest), dates.count(second)) == (says, says)
            assert page.count(honest) == says
    page = browser.get(f"/harbour/people/{ben.key}/ask/").content.decode()
    assert (page.count(honest), page.count(second)) == (1, 0)


def test_where_one_alone_was_found_no_second_is_spoken_of(browser: Client, ada: Person) -> None:
    page = browser.post(ASK, pressed(offering(ada.organisation, "Ben"), do="look")).content.decode()
    assert "you will know it was not a yes" in page
    assert "Tick a second" not in page


def test_a_note_that_says_nothing_of_the_matter_is_said_to(browser: Client, ada: Person) -> None:
    offering(ada.organisation, "Ben")
    said = "Your note does not say it yet: without the topic they cannot tell."
    assert said in browser.post(ASK, {"sentence": SENTENCE}).content.decode()
    assert said not in browser.post(ASK, {"sentence": SENTENCE, "do": "own"}).content.decode()
    own = {"sentence": SENTENCE, "do": "look", "note": "My hands shake."}
    assert said not in browser.post(ASK, own).content.decode()


def test_one_at_a_time_if_one_prefers(browser: Client, ada: Person) -> None:
    people = [offering(ada.organisation, f"Person {number}") for number in range(3)]
    browser.post(ASK, pressed(*people, alone="on"))
    assert Introduction.objects.count() == 1


def test_too_many_open_asks_are_refused_in_a_sentence_and_nothing_is_lost(
    browser: Client, ada: Person
) -> None:
    people = [offering(ada.organisation, f"Person {number}") for number in range(4)]
    for person in people[:3]:
        queues.open(ada, [Approved(person)], kind="conversation", note="A word?")
    says = "3 of your asks are still open. Withdraw one, or wait until one closes."
    kept = "What you wrote here is still here."
    before = " ".join(browser.get(ASK).content.decode().split())
    assert says in before
    assert kept not in before
    assert "notice warning" not in before
    answer = browser.post(ASK, pressed(people[3], note="What I wrote."))
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert f"{says} {kept}" in page
    assert "notice warning" not in page
    assert "What I wrote." in page
    assert not Ask.objects.exists()


def test_whoever_asks_all_day_long_is_told_to_go_on_tomorrow(browser: Client, ada: Person) -> None:
    ben, cleo = offering(ada.organisation, "Ben"), offering(ada.organisation, "Cleo")
    for _ in range(queues.MOST_A_DAY):
        queues.withdraw(queues.open(ada, [Approved(ben)], kind="conversation", note="A word?"))
    answer = browser.post(ASK, pressed(cleo, note="What I wrote."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You have asked as often as one may in a day" in page
    assert "still open" not in page
    assert "What I wrote." in page


def test_with_nobody_found_it_says_so_and_offers_ways_on(browser: Client, ada: Person) -> None:
    factories.member(ada.organisation, "Stella", role=Person.Role.STEWARD)
    page = browser.post(ASK, {"sentence": "beekeeping"}).content.decode()
    assert "We know no topic in these words" in page
    assert "That is our list, not you." in page
    assert "You need not carry this alone" not in page
    assert 'formaction="/harbour/ask/steward/"' in page
    answer = browser.post(ASK, {"sentence": "beekeeping", "do": "keep"})
    asked = Ask.objects.get()
    assert (asked.kept_open, asked.queue) == (True, None)
    assert "Kept open" in browser.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("ticked", "alone", "says"),
    [
        (0, "", "We ask those whom you tick, and nobody else. You'll hear from us either way."),
        (1, "", "We ask those whom you tick. By Mon 9 Mar you'll hear from us either way."),
        (2, "on", "By Wed 4 Mar we'll have asked somebody else; by Wed 11 Mar you'll hear"),
        (5, "", "By Wed 4 Mar we'll have asked somebody else; by Fri 13 Mar you'll hear"),
    ],
)
def test_the_page_says_of_those_ticked_when_we_ask_the_next_and_when_one_hears(
    browser: Client, ada: Person, ticked: int, alone: str, says: str
) -> None:
    people = [offering(ada.organisation, f"Person {number}") for number in range(5)]
    looks = pressed(*people[:ticked], do="look", alone=alone)
    for address in (ASK, SUGGESTIONS):
        page = " ".join(browser.post(address, looks).content.decode().split())
        assert says in page
        assert ticked > 1 or "somebody else" not in page
    browser.post(ASK, pressed(*people[:ticked], alone=alone))
    for ask in Ask.objects.all():
        after = browser.get(f"/harbour/asks/{ask.key}/").content.decode()
        assert ("asked somebody else" in after) == ("asked somebody else" in page)


def test_the_page_takes_as_many_queries_for_fifty_as_for_one(browser: Client, ada: Person) -> None:
    counts = []
    for number in (1, 49):
        for each in range(number):
            offering(ada.organisation, f"Person {number} {each}", about="speaking")
        browser.post(SUGGESTIONS, {"sentence": SENTENCE})
        with CaptureQueriesContext(connection) as captured:
            browser.post(SUGGESTIONS, {"sentence": SENTENCE})
        counts.append(len(captured))
    assert counts == [11, 11]


def test_one_may_read_about_somebody_before_asking_and_nothing_typed_is_lost(
    browser: Client, ada: Person
) -> None:
    ben = offering(ada.organisation, "Ben Holm")
    found, alone = browser.post(ASK, {"sentence": SENTENCE}), browser.get(f"/harbour/people/{ben.key}/ask/")
    beside = f'<a href="/harbour/people/{ben.key}/" target="_blank" rel="noopener">Ben Holm<span'
    assert all(beside in page.content.decode() for page in (found, alone))
    assert "Nobody is told that you looked." in found.content.decode()
    assert "We may ask Ben\n" in found.content.decode()


def test_saying_the_topic_is_a_choice_before_the_button_and_nothing_is_said_unless_chosen(
    browser: Client, ada: Person
) -> None:
    ben = offering(ada.organisation, "Ben")
    page = " ".join(browser.post(ASK, {"sentence": SENTENCE}).content.decode().split())
    choice = page.split("Do they read what it is about?")[1].split("</fieldset>")[0]
    said, nothing = choice.split("Say the topic")
    assert "checked" not in said
    assert "checked" in nothing
    assert "if you like" not in choice
    assert page.index("Say nothing about it") < page.index('value="ask"')
    kept = browser.post(SUGGESTIONS, {"sentence": SENTENCE, "tell": "on"}).content.decode()
    assert "checked" in kept.split("Do they read")[1].split("Say the topic")[0]
    browser.post(ASK, pressed(ben))
    assert Introduction.objects.get().reason_second == {"kind": "asked"}


def test_the_one_button_stands_where_it_can_stick_above_the_places(browser: Client, ada: Person) -> None:
    """The last part of what is as long as the form; it sticks once somebody is ticked (frame.css)."""
    ben = offering(ada.organisation, "Ben")
    part = browser.post(SUGGESTIONS, {"sentence": SENTENCE}).content.decode()
    assert part.split('<div class="action">')[1].count("</div>") == 1
    alone = browser.get(f"/harbour/people/{ben.key}/ask/").content.decode()
    assert '<div class="asking one">' in alone
