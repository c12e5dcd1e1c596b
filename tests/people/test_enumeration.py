"""Nothing is told to whoever guesses addresses, passwords or codes, and guessing soon has to wait."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from bothways.core.models import Organisation
from tests import factories
from tests.factories.accounts import MASKED, PASSWORD, account, sent_to

pytestmark = pytest.mark.django_db

WRITES = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "\w+"')


def ask_for_code(client: Client, address: str, **values: str) -> Any:
    return client.post(reverse("account_request_login_code"), {"email": address, **values})


def story(path: str, address: str, **values: str) -> list[tuple[int, str, str]]:
    """All that a stranger reads who sends this form and follows where it leads; the address masked."""
    client, read = Client(), []
    response: Any = client.post(path, values)
    for _ in range(3):
        body = MASKED.sub("", response.content.decode()).replace(address, "ADDRESS")
        read.append((response.status_code, response.headers.get("Location", ""), body))
        if not response.headers.get("Location"):
            break
        response = client.get(response.headers["Location"])
    return read


class TestNothingIsTold:
    """Whether an address is known: same status, same text, same work."""

    KNOWN, UNKNOWN = "known@harbour.example", "stranger@harbour.example"

    @pytest.fixture(autouse=True)
    def known(self, organisation: Organisation) -> None:
        factories.member(organisation, "Known", account=account(self.KNOWN, PASSWORD))

    @pytest.mark.parametrize(
        ("name", "field", "others"),
        [
            ("account_request_login_code", "email", {}),
            ("account_reset_password", "email", {}),
            ("account_login", "login", {"password": "a guess, and a long one"}),
        ],
    )
    def test_the_answer_is_the_same(self, name: str, field: str, others: dict[str, str]) -> None:
        path = reverse(name)
        told = story(path, self.KNOWN, **{field: self.KNOWN}, **others)
        assert told == story(path, self.UNKNOWN, **{field: self.UNKNOWN}, **others)
        assert len(told) == (1 if name == "account_login" else 2)

    def test_wrong_codes_are_answered_alike(self) -> None:
        read = []
        for address in (self.KNOWN, self.UNKNOWN):
            client = Client()
            ask_for_code(client, address)
            answers: list[Any] = [
                client.post(reverse("account_confirm_login_code"), {"code": "1111-1111"}) for _ in range(4)
            ]
            read.append(
                [(a.status_code, MASKED.sub("", a.content.decode()).replace(address, "A")) for a in answers]
            )
        assert read[0] == read[1]

    @pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
    def test_both_leave_one_task_and_send_nothing_yet(self, name: str) -> None:
        for number, address in enumerate((self.KNOWN, self.UNKNOWN), start=1):
            Client().post(reverse(name), {"email": address})
            assert DBTaskResult.objects.count() == number
        assert mail.outbox == []
        assert sent_to(self.KNOWN)
        assert sent_to(self.UNKNOWN) == []

    @pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
    def test_the_database_writes_the_same_for_both(self, name: str) -> None:
        written = []
        for address in (self.KNOWN, self.UNKNOWN):
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                Client().post(reverse(name), {"email": address})
            found = (WRITES.match(query["sql"]) for query in queries)
            written.append([match[0] for match in found if match])
        assert written[0] == written[1] != []

    def test_limits_count_for_both(self) -> None:
        for address in (self.KNOWN, self.UNKNOWN):
            statuses = [ask_for_code(Client(), address).status_code for _ in range(4)]
            assert statuses == [302, 302, 302, 422]


class TestLimits:
    def test_many_tries_from_one_place_are_asked_to_wait(self) -> None:
        path = reverse("account_reset_password")
        statuses = [
            Client().post(path, {"email": f"nobody{number}@harbour.example"}).status_code
            for number in range(21)
        ]
        assert statuses == [302] * 20 + [429]
        refused = Client().post(path, {"email": "last@harbour.example"})
        assert "One moment" in refused.content.decode()
        elsewhere = Client().post(path, {"email": "x@harbour.example"}, REMOTE_ADDR="198.51.100.7")
        assert elsewhere.status_code == 302

    def test_a_guesser_cannot_pretend_to_be_elsewhere(self) -> None:
        path = reverse("account_reset_password")
        statuses = [
            Client()
            .post(path, {"email": f"n{n}@harbour.example"}, headers={"X-Forwarded-For": f"203.0.113.{n}"})
            .status_code
            for n in range(21)
        ]
        assert statuses[-1] == 429

    def test_behind_our_own_proxy_the_visitor_counts(self, settings: Any) -> None:
        settings.TRUSTED_PROXIES = ["127.0.0.1"]
        path = reverse("account_reset_password")
        for number in range(25):
            answered = Client().post(
                path,
                {"email": f"n{number}@harbour.example"},
                headers={"X-Forwarded-For": f"203.0.113.9, 203.0.113.{number}"},
            )
            assert answered.status_code == 302

    @pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
    def test_somebody_elses_noise_shuts_nobodys_door(self, name: str) -> None:
        account()
        noise = [Client().post(reverse(name), {"email": "ada@harbour.example"}) for _ in range(5)]
        assert [each.status_code for each in noise] == [302] * 3 + [422] * 2
        ada = Client().post(reverse(name), {"email": "ada@harbour.example"}, REMOTE_ADDR="198.51.100.7")
        assert ada.status_code == 302

    @pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
    def test_from_however_many_places_an_inbox_is_not_flooded_and_nobody_can_tell(
        self, organisation: Organisation, settings: Any, name: str
    ) -> None:
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"letters_to_one": "4/h/key"}
        account()
        read = []
        for address in ("ada@harbour.example", "stranger@harbour.example"):
            read.append(
                [
                    (answer.status_code, answer.headers["Location"], DBTaskResult.objects.count())
                    for number in range(7)
                    if (
                        answer := Client().post(
                            reverse(name), {"email": address}, REMOTE_ADDR=f"10.0.0.{number}"
                        )
                    )
                ]
            )
            assert len(sent_to(address)) == (4 if address.startswith("ada") else 0)
            DBTaskResult.objects.all().delete()
        assert read[0] == read[1]
        other = {"account_request_login_code", "account_reset_password"} - {name}
        Client().post(reverse(other.pop()), {"email": "ada@harbour.example"})
        assert len(sent_to("ada@harbour.example")) == 5, "the other way in stays open"

    def test_whoever_is_here_hears_of_a_changed_password_however_many_letters_came(
        self, organisation: Organisation, settings: Any
    ) -> None:
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"letters_to_one": "1/h/key"}
        ada = factories.member(organisation, "Ada", account=account())
        twice = {"password1": PASSWORD, "password2": PASSWORD}
        ask_for_code(Client(), "ada@harbour.example")
        factories.signed_in(ada).post(reverse("account_set_password"), twice)
        assert len(sent_to("ada@harbour.example")) == 2

    def test_wrong_passwords_from_elsewhere_shut_nobodys_door(self) -> None:
        account(password=PASSWORD)
        values = {"login": "ada@harbour.example", "password": "wrong, though long"}
        for _ in range(6):
            Client().post(reverse("account_login"), values, REMOTE_ADDR="198.51.100.7")
        right = Client().post(reverse("account_login"), values | {"password": PASSWORD})
        assert right.status_code == 302

    def test_guessing_from_many_places_is_stopped_too(self, settings: Any) -> None:
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_anywhere": "4/h/key"}
        account(password=PASSWORD)
        values = {"login": "ada@harbour.example", "password": "wrong, though long"}
        answers = [
            Client().post(reverse("account_login"), values, REMOTE_ADDR=f"198.51.100.{number}")
            for number in range(5)
        ]
        assert "do not go together" in answers[3].content.decode()
        assert "tried too often" in answers[4].content.decode()

    def test_guessing_passwords_is_stopped_for_the_address(self) -> None:
        account(password=PASSWORD)
        values = {"login": "ada@harbour.example", "password": "wrong, though long"}
        for _ in range(5):
            assert Client().post(reverse("account_login"), values).status_code == 422
        right = Client().post(reverse("account_login"), values | {"password": PASSWORD})
        assert right.status_code == 422
        assert "tried too often" in right.content.decode()
