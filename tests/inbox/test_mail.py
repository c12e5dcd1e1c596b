"""Mail as a real SMTP server receives it: what it says, what it never says, to whom it does not go."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone

from bothways.connections.actions import answers, introductions, queues
from bothways.connections.actions import messages as letters
from bothways.connections.models import Introduction, Meeting, MoreAsked
from bothways.core import time
from bothways.core.models import Organisation
from bothways.inbox.actions import mails, settings
from bothways.inbox.kinds import Setting
from bothways.inbox.models import Mail, TurnedOff
from bothways.inbox.queries import links
from bothways.people.models import Person
from bothways.ui import moments
from tests import factories
from tests.factories.inbox import asked, introduction_of, mailed, met, told
from tests.inbox.postbox import Postbox, part

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ada Lovelace")


@pytest.fixture
def ben(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ben Okri")


def remind(introduction: Introduction) -> None:
    """What the reminder's time does: a mail in the line for everybody asked."""
    for person in introduction.asked():
        mails.write(person, "reminder", f"introduction:{introduction.key}")


def test_the_asked_person_gets_one_mail_at_once(postbox: Postbox, ada: Person, ben: Person) -> None:
    asked(ada, ben, note="How do you begin a talk?\nI freeze.")
    assert mailed() == 1
    (message,) = postbox.take()
    assert message["To"] == f"Ben Okri <{ben.email}>"
    assert message["From"] == "Harbour <bothways@mentoring.example.org>"
    assert message["Subject"] == "Somebody would like a word with you"
    assert message["Message-ID"] == f"<{Mail.objects.get().key}@mentoring.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = part(message, "text/plain"), part(message, "text/html")
    for body in (text, html):
        assert "Ada Lovelace would like a word with you" in body
        assert "I freeze." in body
        assert "https://mentoring.example.org/answer/" in body
    assert "> How do you begin a talk?" in text
    assert mailed() == 0


def test_whoever_runs_it_may_name_the_sender(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch, ada: Person, ben: Person
) -> None:
    monkeypatch.setattr(site, "DEFAULT_FROM_EMAIL", "Mentoring <us@example.org>")
    asked(ada, ben)
    mailed()
    assert postbox.take()[0]["From"] == "Mentoring <us@example.org>"


def test_the_answer_link_opens_without_signing_in_and_needs_a_post(
    postbox: Postbox, ada: Person, ben: Person
) -> None:
    asked(ada, ben)
    mailed()
    found = re.search(r"https://\S+/answer/\S+", part(postbox.take()[0], "text/plain"))
    assert found
    response = Client().get(urlsplit(found.group(0)).path)
    assert response.status_code == 200
    assert introduction_of(ben).state == "open"


def test_the_mail_about_two_yeses_lists_the_times_and_leads_to_picking_one(
    postbox: Postbox, ada: Person, ben: Person
) -> None:
    asked(ada, ben)
    mailed()
    postbox.take()
    start = time.now() + timedelta(days=2)
    answers.accept(introduction_of(ben), by=ben, times=[start])
    told()
    mailed()
    texts = {message["To"].split("<")[1]: part(message, "text/plain") for message in postbox.take()}
    to_ada, to_ben = texts[f"{ada.email}>"], texts[f"{ben.email}>"]
    picking = f"/harbour/meetings/{Meeting.objects.get().key}/"
    for text in (to_ada, to_ben):
        assert picking in text
    with timezone.override(ada.time_zone):
        assert moments.said(start) in to_ada
    assert "Ben Okri named times that suit. Pick one" in to_ada
    assert "Ada Lovelace reads your times and picks one" in to_ben
    assert moments.said(start) not in to_ben


def test_nothing_of_a_mail_is_stored(postbox: Postbox, ada: Person, ben: Person) -> None:
    asked(ada, ben, note="SECRET-NOTE")
    stored = str(list(Mail.objects.values()))
    assert "SECRET-NOTE" not in stored
    assert "Ada" not in stored
    assert ben.email not in stored


def test_what_people_write_to_each_other_is_in_no_mail(postbox: Postbox, ada: Person, ben: Person) -> None:
    connection = met(ada, ben)
    letters.send(connection, "SECRET-WORDS", by=ada)
    told()
    mailed()
    arrived = postbox.take()
    assert {message["Subject"] for message in arrived} == {"Both said yes", "A message for you"}
    assert "SECRET-WORDS" not in "".join(message.as_string() for message in arrived)


def test_a_reminder_goes_to_who_has_not_answered_alone(
    postbox: Postbox, organisation: Organisation, ada: Person, ben: Person
) -> None:
    cleo = factories.member(organisation, "Cleo")
    asked(ada, ben, cleo)
    mailed()
    postbox.take()
    answers.not_now(introduction_of(ben), by=ben)
    for person in (ben, cleo):
        remind(introduction_of(person))
    mailed()
    assert [message["To"] for message in postbox.take()] == [f"Cleo <{cleo.email}>"]


def test_a_reminder_asks_the_answer_when_it_is_sent_not_when_it_is_written(
    postbox: Postbox, ada: Person, ben: Person
) -> None:
    asked(ada, ben)
    mailed()
    postbox.take()
    remind(introduction_of(ben))
    answers.not_now(introduction_of(ben), by=ben)
    mailed()
    assert postbox.take() == []


@pytest.mark.parametrize("answers_not_now", [True, False])
def test_tell_me_more_is_mailed_unless_the_receivers_own_answer_is_not_now(
    postbox: Postbox, organisation: Organisation, ada: Person, ben: Person, answers_not_now: bool
) -> None:
    cleo = factories.member(organisation, "Cleo")
    introductions.introduce(ada, ben, by=cleo, why="You both give talks.")
    told()
    mailed()
    postbox.take()
    introduction = Introduction.objects.get()
    if answers_not_now:
        answers.not_now(introduction, by=ben)
    answers.tell_me_more(introduction, by=ada, question="Which talks?")
    told()
    mailed()
    assert len(postbox.take()) == (0 if answers_not_now else 1)
    assert MoreAsked.objects.exists()


def test_rows_that_depended_on_an_answer_are_gone_after_the_night_and_the_worlds_are_equal(
    postbox: Postbox, organisation: Organisation, ada: Person, ben: Person
) -> None:
    """Two pairs, alike but for one's "not now"."""
    cleo, dan = (factories.member(organisation, name) for name in ("Cleo", "Dan"))
    asked(ada, ben)
    asked(cleo, dan)
    mailed()
    answers.not_now(introduction_of(ben), by=ben)
    for person in (ben, dan):
        remind(introduction_of(person))
    mailed()
    outcomes = dict(Mail.objects.filter(kind="reminder").values_list("person__name", "outcome"))
    assert outcomes == {"Ben Okri": "needless", "Dan": "sent"}
    mails.forget()
    assert not Mail.objects.filter(kind="reminder").exists()
    kept = ("kind", "created_at", "not_before", "attempts", "outcome", "settled_at", "claimed_until")
    assert list(Mail.objects.filter(person=ben).values(*kept)) == list(
        Mail.objects.filter(person=dan).values(*kept)
    )


@pytest.mark.parametrize(
    "name",
    [
        "Ada\r\nBcc: everybody@x.example\r\n\r\nevil",
        '"Quoted" <other@x.example>, Second',
        "<script>alert(1)</script> & <img src=x onerror=y>",
        "Zoë Þórsdóttir 王小明",
        "עדה לאבלייס",
        "ada\u202eevil\u2066",
        "A" * 120,
        "%(other)s %s {{ other }} {% url 'x' %}",
    ],
)
def test_names_are_harmless_in_headers_text_and_html(
    postbox: Postbox, organisation: Organisation, ben: Person, name: str
) -> None:
    ada = factories.member(organisation, name, email="ada@harbour.example")
    Person.objects.filter(pk=ben.pk).update(name=name)
    ben.refresh_from_db()
    asked(ada, ben, note=f"{name} <b>bold</b>\nhttps://evil.example/\n-- \nBothways")
    mailed()
    (message,) = postbox.take()
    assert message.get_all("To") == [message["To"]]
    assert message["Bcc"] is None
    (receiver,) = message["To"].addresses
    assert receiver.addr_spec == ben.email
    assert message["Subject"] == "Somebody would like a word with you"
    text, html = part(message, "text/plain"), part(message, "text/html")
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>bold" not in html
    assert "\u202e" not in text + html
    assert "\r\nBcc" not in text
    assert "would like a word with you" in text
    assert "\n> https://evil.example/" in text, "what people wrote is marked line by line"
    assert "\n> Bothways" in text
    assert all(len(line) <= 998 for line in message.as_string().splitlines())


def test_whoever_is_away_is_mailed_in_the_morning_after(
    postbox: Postbox, ada: Person, ben: Person, clock: time.Clock
) -> None:
    asked(ada, ben)
    Person.objects.filter(pk=ben.pk).update(away_from=date(2026, 3, 1), away_until=date(2026, 3, 4))
    mailed()
    assert postbox.take() == []
    clock.move_to(clock.at.replace(day=5, hour=7))
    assert mailed() == 0
    clock.advance(timedelta(hours=1))
    mailed()
    assert len(postbox.take()) == 1


@pytest.mark.parametrize("state", [Person.State.SUSPENDED, Person.State.LEFT, Person.State.INVITED])
def test_who_is_not_here_is_not_mailed(postbox: Postbox, ada: Person, ben: Person, state: str) -> None:
    asked(ada, ben)
    Person.objects.filter(pk=ben.pk).update(state=state)
    mailed()
    assert postbox.take() == []
    assert Mail.objects.get().outcome == Mail.Outcome.NEEDLESS


def test_a_mail_about_what_is_over_is_not_sent(postbox: Postbox, ada: Person, ben: Person) -> None:
    queues.withdraw(asked(ada, ben))
    mailed()
    assert postbox.take() == []


@pytest.mark.parametrize("setting", [Setting.INTRODUCTIONS])
def test_a_setting_turned_off_stops_the_mail_and_leaves_the_inbox(
    postbox: Postbox, ada: Person, ben: Person, setting: Setting
) -> None:
    settings.turn_off(ben, setting)
    asked(ada, ben)
    mailed()
    assert postbox.take() == []
    assert factories.signed_in(ben).get("/harbour/inbox/").content.count(b"Ada Lovelace would like") == 1


def test_unsubscribing_by_the_mail_programs_one_click(postbox: Postbox, ada: Person, ben: Person) -> None:
    """RFC 8058: a POST without cookie, CSRF token or referrer, with the body that the header names."""
    asked(ada, ben)
    mailed()
    (message,) = postbox.take()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip(" <>")
    assert link.startswith("https://mentoring.example.org/unsubscribe/")
    path = urlsplit(link).path
    client = Client(enforce_csrf_checks=True)
    body = "List-Unsubscribe=One-Click"
    assert client.get(path).status_code == 200
    assert not TurnedOff.objects.exists(), "looking at the page changes nothing"
    for _ in range(2):
        response = client.post(path, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 200
    assert TurnedOff.objects.get().setting == "introductions"
    assert client.post(path, {"on": "1"}).status_code == 200
    assert not TurnedOff.objects.exists()


def test_a_forged_or_foreign_unsubscribe_link_is_a_404(ben: Person) -> None:
    good = links.to_turn_off(ben, Setting.DIGEST)
    for path in (good[:-3] + "x/", "/unsubscribe/nonsense/", good.replace(ben.key, "aaaaaaaaaaaaaaaa")):
        for response in (Client().get(path), Client().post(path)):
            assert response.status_code == 404
    Person.objects.filter(pk=ben.pk).update(state=Person.State.LEFT)
    assert Client().get(good).status_code == 404
