"""Coming in: by code, by password, by the operator's link; and out again."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_tasks_db.models import DBTaskResult

from bothways.core import tasks, time, worker
from bothways.core.models import Organisation
from bothways.people.actions import accounts, members
from bothways.people.models import Account, Invitation, Person, SignInLink
from tests import factories
from tests.factories.accounts import MASKED, PASSWORD, account, sent_to

pytestmark = pytest.mark.django_db

CODE = re.compile(r"\b\d{4}-\d{4}\b")


def ask_for_code(client: Client, address: str, **values: str) -> Any:
    return client.post(reverse("account_request_login_code"), {"email": address, **values})


def code_for(address: str) -> str:
    found = CODE.search(sent_to(address)[-1])
    assert found
    return found[0]


class TestByCode:
    def test_the_code_in_the_mail_brings_in(self, organisation: Organisation) -> None:
        ada = factories.member(organisation, "Ada", account=account())
        client = Client()
        asked = ask_for_code(client, "ada@harbour.example")
        assert asked.headers["Location"] == reverse("account_confirm_login_code")
        before = client.session.session_key
        entered = client.post(
            reverse("account_confirm_login_code"), {"code": code_for("ada@harbour.example")}
        )
        assert entered.headers["Location"] == "/"
        assert client.get("/").headers["Location"] == f"/{organisation.slug}/"
        assert client.get(f"/{organisation.slug}/").context["person"] == ada
        assert client.session.session_key != before

    def test_nothing_of_the_letter_is_kept_once_it_is_sent(self, organisation: Organisation) -> None:
        factories.member(organisation, "Ada", account=account())
        ask_for_code(Client(), "ada@harbour.example")
        ask_for_code(Client(), "nobody@harbour.example")
        Client().post(reverse("account_reset_password"), {"email": "ada@harbour.example"})
        assert DBTaskResult.objects.filter(queue_name=tasks.PASSING).count() == 3
        assert len(sent_to("ada@harbour.example")) == 2
        kept = DBTaskResult.objects.values_list("queue_name", "args_kwargs")
        assert [given for queue, given in kept if queue == tasks.PASSING or "@" in str(given)] == []

    def test_where_one_wanted_to_go_is_kept(self, organisation: Organisation) -> None:
        factories.member(organisation, "Ada", account=account())
        client, wanted = Client(), f"/{organisation.slug}/"
        door = client.get(wanted).headers["Location"]
        assert door.startswith(settings.LOGIN_URL)
        assert f'name="next" value="{wanted}"' in client.get(door).content.decode()
        asked = ask_for_code(client, "ada@harbour.example", next=wanted)
        entered = client.post(
            asked.headers["Location"], {"code": code_for("ada@harbour.example"), "next": wanted}
        )
        assert entered.headers["Location"] == wanted

    def test_nobody_is_led_elsewhere(self, organisation: Organisation) -> None:
        factories.member(organisation, "Ada", account=account())
        client = Client()
        ask_for_code(client, "ada@harbour.example", next="https://evil.example/")
        entered = client.post(
            reverse("account_confirm_login_code"),
            {"code": code_for("ada@harbour.example"), "next": "https://evil.example/"},
        )
        assert entered.headers["Location"] == "/"

    def test_a_wrong_code_keeps_the_page_and_the_third_ends_it(self, organisation: Organisation) -> None:
        factories.member(organisation, "Ada", account=account())
        client, confirm = Client(), reverse("account_confirm_login_code")
        ask_for_code(client, "ada@harbour.example")
        right = code_for("ada@harbour.example")
        wrong = client.post(confirm, {"code": "0000-0001"})
        assert wrong.status_code == 422
        assert "not the code in the mail" in wrong.content.decode()
        client.post(confirm, {"code": "0000-0002"})
        assert client.post(confirm, {"code": "0000-0003"}).status_code == 302
        assert client.post(confirm, {"code": right}).headers["Location"] == settings.LOGIN_URL
        assert "_auth_user_id" not in client.session

    def test_the_letter_is_ours_and_goes_out_once(self, organisation: Organisation) -> None:
        factories.member(organisation, "Ada", account=account())
        ask_for_code(Client(), "ada@harbour.example")
        assert mail.outbox == []
        (body,) = sent_to("ada@harbour.example")
        assert settings.BASE_URL in body
        assert "example.com" not in body
        (letter,) = mail.outbox
        assert letter.subject == "Your code for Bothways"
        assert str(letter.extra_headers["Message-ID"]).startswith("<sign-in.")

    def test_another_address_can_be_tried(self) -> None:
        client, door = Client(), reverse("account_request_login_code")
        ask_for_code(client, "adda@harbour.example")
        assert client.get(door).headers["Location"] == reverse("account_confirm_login_code")
        again = client.post(reverse("account_logout"), {"next": door})
        assert again.headers["Location"] == door
        assert client.get(door).status_code == 200


class TestByPassword:
    def test_a_password_brings_in(self, organisation: Organisation) -> None:
        factories.member(organisation, "Ada", account=account(password=PASSWORD))
        client = Client()
        values = {"login": "Ada@Harbour.example", "password": PASSWORD}
        assert client.post(reverse("account_login"), values).headers["Location"] == "/"
        assert "_auth_user_id" in client.session

    def test_an_account_made_by_the_operator_alone_comes_in_too(self) -> None:
        Account.objects.create_user("op@harbour.example", PASSWORD)
        values = {"login": "op@harbour.example", "password": PASSWORD}
        assert Client().post(reverse("account_login"), values).headers["Location"] == "/"

    def test_a_closed_account_is_told_what_to_do(self) -> None:
        closed = account(password=PASSWORD)
        Account.objects.filter(pk=closed.pk).update(is_active=False)
        client = Client()
        values = {"login": closed.email, "password": PASSWORD}
        led = client.post(reverse("account_login"), values, follow=True)
        assert "This sign-in is closed" in led.content.decode()
        assert "_auth_user_id" not in client.session

    def test_setting_and_changing_it_ends_other_sessions(self, organisation: Organisation) -> None:
        ada = factories.member(organisation, "Ada", account=account())
        here, elsewhere = factories.signed_in(ada), factories.signed_in(ada)
        assert here.get(reverse("account_change_password")).headers["Location"] == reverse(
            "account_set_password"
        )
        twice = {"password1": PASSWORD, "password2": PASSWORD}
        done = here.post(reverse("account_set_password"), twice, follow=True)
        assert "Your password is set" in done.content.decode()
        assert here.get(f"/{organisation.slug}/").status_code == 200
        assert elsewhere.get(f"/{organisation.slug}/").status_code == 302
        changed = here.post(
            reverse("account_change_password"),
            {
                "oldpassword": PASSWORD,
                "password1": "two herons and a tern",
                "password2": "two herons and a tern",
            },
        )
        assert changed.status_code == 302
        assert [letter.subject for letter in mail.outbox] == []
        assert len(sent_to("ada@harbour.example")) == 2

    @pytest.mark.parametrize("weak", ["short", "password123", "1234567890123"])
    def test_weak_ones_are_refused_in_place(self, organisation: Organisation, weak: str) -> None:
        client = factories.signed_in(factories.member(organisation, "Ada", account=account()))
        answered = client.post(reverse("account_set_password"), {"password1": weak, "password2": weak})
        assert answered.status_code == 422

    def test_a_forgotten_one_is_set_anew_by_mail_once(self, organisation: Organisation) -> None:
        ada = factories.member(organisation, "Ada", account=account(password="the old one was long"))
        elsewhere = factories.signed_in(ada)
        asked = Client().post(reverse("account_reset_password"), {"email": "ada@harbour.example"})
        assert asked.headers["Location"] == reverse("account_reset_password_done")
        (body,) = sent_to("ada@harbour.example")
        found = re.search(rf"{re.escape(settings.BASE_URL)}(\S+)", body)
        assert found
        client = Client()
        form = client.get(found[1]).headers["Location"]
        assert client.get(form).status_code == 200
        done = client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
        assert done.headers["Location"] == reverse("account_reset_password_from_key_done")
        assert elsewhere.get(f"/{organisation.slug}/").status_code == 302
        assert "This link is over" in Client().get(found[1]).content.decode()
        values = {"login": "ada@harbour.example", "password": PASSWORD}
        assert Client().post(reverse("account_login"), values).headers["Location"] == "/"


class TestAwaited:
    def test_who_is_awaited_and_asks_at_the_door_gets_the_invitation(
        self, organisation: Organisation, clock: time.Clock
    ) -> None:
        awaited = Person.objects.create(organisation=organisation, name="New", email="New@harbour.example")
        ask_for_code(Client(), "new@harbour.example")
        worker.drain()
        assert Invitation.objects.get().person == awaited
        ask_for_code(Client(), "new@harbour.example")
        worker.drain()
        assert Invitation.objects.count() == 1
        clock.advance(timedelta(hours=2))
        Client().post(reverse("account_reset_password"), {"email": "new@harbour.example"})
        worker.drain()
        assert Invitation.objects.count() == 2


class TestLink:
    def test_the_operators_link_works_once_and_asks_first(self, organisation: Organisation) -> None:
        ada = factories.member(organisation, "Ada", account=account())
        assert ada.account
        path = accounts.sign_in_link(ada.account)
        assert path not in str(list(SignInLink.objects.values()))
        client = Client()
        assert client.get(path).status_code == 200
        assert "_auth_user_id" not in client.session
        assert client.post(path).headers["Location"] == "/"
        assert "_auth_user_id" in client.session
        assert Client().post(path).status_code == 410

    def test_it_ends_after_a_quarter_of_an_hour(self, clock: time.Clock) -> None:
        path = accounts.sign_in_link(account())
        clock.advance(timedelta(minutes=15))
        over = Client().post(path)
        assert over.status_code == 410
        made_up = Client().post(reverse("people_sign_in_link", kwargs={"token": "made-up"}))
        assert MASKED.sub("", over.content.decode()) == MASKED.sub("", made_up.content.decode())

    def test_it_needs_a_csrf_token(self) -> None:
        path = accounts.sign_in_link(account())
        assert Client(enforce_csrf_checks=True).post(path).status_code == 403
        assert SignInLink.objects.get().used_at is None


class TestOut:
    def test_signing_out_takes_a_post(self, organisation: Organisation) -> None:
        client = factories.signed_in(factories.member(organisation, "Ada"))
        assert client.get(reverse("account_logout")).status_code == 200
        assert "_auth_user_id" in client.session
        assert client.post(reverse("account_logout")).headers["Location"] == "/"
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("end", ["suspend", "leave"])
    def test_who_is_sent_away_is_out_by_the_next_request(self, organisation: Organisation, end: str) -> None:
        ada = factories.member(organisation, "Ada")
        boss = factories.member(organisation, "Boss", role=Person.Role.ADMINISTRATOR)
        client = factories.signed_in(ada)
        assert client.get(f"/{organisation.slug}/").status_code == 200
        if end == "suspend":
            members.suspend(ada)
        else:
            members.mark_left(ada, by=boss)
        assert client.get(f"/{organisation.slug}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "reauthenticate/", "inactive/", "3rdparty/"]
)
def test_what_we_do_not_need_is_not_there(path: str) -> None:
    assert Client().get(f"/accounts/{path}").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


@pytest.mark.parametrize("name", ["account_request_login_code", "account_login", "account_reset_password"])
def test_wrong_input_comes_back_as_typed(name: str) -> None:
    field = "login" if name == "account_login" else "email"
    answered = Client().post(reverse(name), {field: "no address <at> all"})
    assert answered.status_code == 422
    assert "no address &lt;at&gt; all" in answered.content.decode()
