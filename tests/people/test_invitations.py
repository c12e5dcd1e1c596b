"""Invitations: sent by stewards, answered without signing in, declined without anybody knowing."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.urls import reverse

from bothways.core import time, worker
from bothways.core.models import Organisation
from bothways.people.actions import invitations, members
from bothways.people.actions import topics as topic_actions
from bothways.people.models import Account, Invitation, Offer, Person, Team, Topic
from bothways.people.queries.invitations import awaited, not_reached, path_of
from bothways.people.queries.topics import STARTERS
from tests import factories
from tests.factories.accounts import MASKED
from tests.factories.invitations import events_of, invited, newcomer, steward

pytestmark = pytest.mark.django_db


def page(response: Any) -> str:
    return MASKED.sub("", response.content.decode())


@pytest.fixture
def thesaurus(organisation: Organisation) -> list[Topic]:
    return topic_actions.seed(organisation)


class TestAnswering:
    def test_three_ticks_come_from_title_and_team(
        self, organisation: Organisation, thesaurus: list[Topic], clock: time.Clock
    ) -> None:
        team = Team.objects.create(organisation=organisation, name="Payroll")
        path = path_of(invited(organisation, title="Public speaking coach", team=team))
        form = Client().get(path).context["form"]
        proposed = [label for _key, label in form.fields["topics"].choices]
        assert len(proposed) == 3
        assert "Public speaking" in proposed[0]

    def test_without_a_telling_title_what_is_offered_most_is_proposed(
        self, organisation: Organisation, thesaurus: list[Topic], clock: time.Clock
    ) -> None:
        popular = thesaurus[100]
        for _ in range(2):
            Offer.objects.create(person=factories.member(organisation), topic=popular)
        form = Client().get(path_of(invited(organisation))).context["form"]
        assert form["minutes"].value() is None
        keys = [key for key, _label in form.fields["topics"].choices]
        assert keys == [popular.key, *STARTERS[:2]]

    def test_one_page_makes_somebody_be_here(
        self, organisation: Organisation, thesaurus: list[Topic], clock: time.Clock
    ) -> None:
        invitation = invited(organisation, title="Accountant")
        client, path = Client(), path_of(invitation)
        key = client.get(path).context["form"].fields["topics"].choices[0][0]
        answered = client.post(
            path, {"topics": [key], "others": "stage fright, whittling spoons quietly", "minutes": "120"}
        )
        assert answered.status_code == 302
        person = Person.objects.get(pk=invitation.person_id)
        assert (person.state, person.budget_minutes, person.has_room) == ("active", 120, True)
        assert (person.confirmed_at, person.here_on) == (time.now(), time.today())
        assert key in {offer.topic.key for offer in person.offers.all()}
        assert person.offers.count() >= 2
        assert person.account
        assert EmailAddress.objects.get(user=person.account).verified
        assert events_of("PersonConfirmed") == [{"person": person.key}]
        assert "_auth_user_id" not in client.session
        thanks = client.get(answered.headers["Location"])
        assert thanks.status_code == 200
        for offer in person.offers.all():
            assert offer.topic.name in thanks.content.decode().replace("&#x27;", "'")

    def test_words_that_are_no_topic_yet_are_kept_as_said(
        self, organisation: Organisation, clock: time.Clock
    ) -> None:
        factories.topic(organisation, "Sailing")
        invitation = invited(organisation)
        Client().post(path_of(invitation), {"others": "sailing, zorbing", "minutes": "30"})
        person = Person.objects.get(pk=invitation.person_id)
        assert [offer.topic.name for offer in person.offers.all()] == ["Sailing"]
        assert person.brings == "zorbing"

    def test_no_time_at_all_is_a_good_answer(self, organisation: Organisation) -> None:
        invitation = invited(organisation)
        Client().post(path_of(invitation), {"minutes": "0", "others": ""})
        person = Person.objects.get(pk=invitation.person_id)
        assert (person.state, person.budget_minutes, person.has_room) == ("active", 0, False)

    @pytest.mark.parametrize("minutes", ["", "17", "-30", "many"])
    def test_a_wrong_answer_comes_back_as_typed(self, organisation: Organisation, minutes: str) -> None:
        invitation = invited(organisation)
        answered = Client().post(path_of(invitation), {"minutes": minutes, "others": "knots & bends"})
        assert answered.status_code == 422
        assert "knots &amp; bends" in answered.content.decode()
        assert Invitation.objects.open().get() == invitation

    def test_a_topic_of_another_organisation_cannot_be_ticked(self, organisation: Organisation) -> None:
        other = factories.topic(factories.organisation("elsewhere"), "Secrets")
        invitation = invited(organisation)
        Client().post(path_of(invitation), {"topics": [other.key], "minutes": "30", "others": ""})
        assert not Offer.objects.exists()

    def test_an_address_with_a_sign_in_elsewhere_keeps_it(self, organisation: Organisation) -> None:
        elsewhere = factories.member(factories.organisation("elsewhere"), "Nina", email="nina@x.example")
        invitation = invited(organisation, email="Nina@x.example")
        Client().post(path_of(invitation), {"minutes": "60", "others": ""})
        assert Person.objects.get(pk=invitation.person_id).account == elsewhere.account
        assert Account.objects.filter(email="nina@x.example").count() == 1


class TestComingInFromThere:
    def answered(self, organisation: Organisation) -> tuple[Client, str, Person]:
        client, invitation = Client(), invited(organisation)
        led = client.post(path_of(invitation), {"minutes": "60", "others": ""})
        return client, led.headers["Location"], Person.objects.get(pk=invitation.person_id)

    def test_the_same_browser_comes_in_once(self, organisation: Organisation) -> None:
        client, thanks, person = self.answered(organisation)
        before = client.session.session_key
        assert client.post(thanks, {"to": "home"}).headers["Location"] == f"/{organisation.slug}/"
        assert client.session["_auth_user_id"] == str(person.account_id)
        assert client.session.session_key != before
        client.logout()
        assert client.post(thanks, {"to": "home"}).status_code == 410

    def test_asking_comes_first(self, organisation: Organisation) -> None:
        client, thanks, person = self.answered(organisation)
        said = client.get(thanks).content.decode()
        assert said.index("Ask quietly") < said.index("Look around")
        assert client.post(thanks, {"to": "ask"}).headers["Location"] == f"/{organisation.slug}/ask/"
        assert client.session["_auth_user_id"] == str(person.account_id)

    def test_a_password_may_be_set(self, organisation: Organisation) -> None:
        client, thanks, _person = self.answered(organisation)
        assert client.post(thanks, {"to": "password"}).headers["Location"] == reverse("account_set_password")

    def test_another_browser_with_the_link_does_not(self, organisation: Organisation) -> None:
        _client, thanks, _person = self.answered(organisation)
        assert Client().get(thanks).status_code == 410
        assert Client().post(thanks, {"to": "home"}).status_code == 410

    def test_nor_does_whoever_was_suspended_meanwhile(self, organisation: Organisation) -> None:
        client, thanks, person = self.answered(organisation)
        members.suspend(person)
        assert client.post(thanks, {"to": "home"}).status_code == 410
        assert "_auth_user_id" not in client.session

    def test_a_sign_in_that_was_there_before_takes_the_usual_door(
        self, organisation: Organisation, clock: time.Clock
    ) -> None:
        """Whoever finds the mail of another organisation must not come into this one."""
        ada = factories.member(organisation, "Ada", role=Person.Role.ADMINISTRATOR)
        other = factories.organisation("other")
        invitation = invited(other, "Ada", email=ada.email)
        clock.advance(timedelta(days=13))
        client = Client()
        led = client.post(path_of(invitation), {"minutes": "60", "others": ""})
        assert Person.objects.get(pk=invitation.person_id).account == ada.account
        page = client.get(led.headers["Location"])
        assert page.context["new"] is False
        assert 'name="to"' not in page.content.decode()
        came_in = client.post(led.headers["Location"], {"to": "home"})
        assert came_in.headers["Location"] == "/other/"
        assert "_auth_user_id" not in client.session
        assert client.get("/other/").headers["Location"].startswith(settings.LOGIN_URL)
        assert client.get(f"/{organisation.slug}/export/").status_code == 302

    def test_nor_is_it_opened_by_the_link_of_somebody_who_comes_back(
        self, organisation: Organisation, clock: time.Clock
    ) -> None:
        invitation = invited(organisation)
        account = Account.objects.create_user(invitation.person.email)
        Person.objects.filter(pk=invitation.person_id).update(account=account)
        clock.advance(timedelta(minutes=5))
        client = Client()
        led = client.post(path_of(invitation), {"minutes": "60", "others": ""})
        client.post(led.headers["Location"], {"to": "home"})
        assert "_auth_user_id" not in client.session


class TestOver:
    def test_all_dead_links_read_the_same(self, organisation: Organisation, clock: time.Clock) -> None:
        used, old, gone = (invited(organisation, name) for name in ("Una", "Otto", "Gaia"))
        Client().post(path_of(used), {"minutes": "60", "others": ""})
        members.mark_left(gone.person, by=steward(organisation))
        Invitation.objects.filter(pk=old.pk).update(ends_at=time.now())
        paths = [path_of(each) for each in (used, old, gone)]
        paths += [
            reverse("people_join", kwargs={"token": token}) for token in ("made-up", f"{used.key}.forged")
        ]
        for method in ("get", "post"):
            answers = [getattr(Client(), method)(path, {"minutes": "60"}) for path in paths]
            assert {answer.status_code for answer in answers} == {410}
            assert len({page(answer) for answer in answers}) == 1

    def test_it_lasts_two_weeks(self, organisation: Organisation, clock: time.Clock) -> None:
        path = path_of(invited(organisation))
        clock.advance(timedelta(days=14) - timedelta(seconds=1))
        assert Client().get(path).status_code == 200
        clock.advance(timedelta(seconds=1))
        assert Client().get(path).status_code == 410

    def test_looking_at_it_uses_nothing_up(self, organisation: Organisation) -> None:
        invitation = invited(organisation)
        Client().get(path_of(invitation))
        Client().head(path_of(invitation))
        assert Invitation.objects.open().get() == invitation

    def test_it_needs_a_csrf_token(self, organisation: Organisation) -> None:
        path = path_of(invited(organisation))
        assert Client(enforce_csrf_checks=True).post(path, {"minutes": "60"}).status_code == 403

    def test_confirming_works_once(self, organisation: Organisation) -> None:
        invitation = invited(organisation)
        invitations.confirm(invitation, offers=[], minutes=60)
        with pytest.raises(invitations.Over):
            invitations.confirm(invitation, offers=[], minutes=240)
        assert Person.objects.get(pk=invitation.person_id).budget_minutes == 60

    def test_answering_one_of_two_ends_the_other(self, organisation: Organisation, clock: time.Clock) -> None:
        first = invited(organisation)
        clock.advance(timedelta(days=2))
        invitations.invite([first.person], by=steward(organisation))
        invitations.confirm(first, offers=[], minutes=60)
        assert not Invitation.objects.open().exists()


class TestSending:
    def test_one_event_for_each_with_the_keys_alone(self, organisation: Organisation) -> None:
        invitation = invited(organisation)
        assert events_of("PersonInvited") == [{"person": invitation.person.key, "invitation": invitation.key}]

    def test_nobody_is_pestered(self, organisation: Organisation, clock: time.Clock) -> None:
        nina, here = newcomer(organisation), factories.member(organisation)
        by = steward(organisation)
        invitations.invite([nina, here], by=by)
        with pytest.raises(invitations.TooSoon):
            invitations.invite([nina, here], by=by)
        clock.advance(timedelta(days=1))
        assert invitations.invite([nina, here], by=by) == 1

    def test_nobody_of_another_organisation(self, organisation: Organisation) -> None:
        foreign = newcomer(factories.organisation("elsewhere"))
        with pytest.raises(invitations.TooSoon):
            invitations.invite([foreign], by=steward(organisation))

    def test_everybody_not_reached_in_slices(
        self, organisation: Organisation, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(invitations, "A_SLICE", 3)
        by, bounced = steward(organisation), invited(organisation, "Bo")
        invited(organisation, "Still", email="still@x.example")
        invitations.bounced(bounced.key)
        clock.advance(timedelta(days=1))
        for number in range(7):
            newcomer(organisation, f"New {number}", email=f"new{number}@x.example")
        foreign = newcomer(factories.organisation("elsewhere"))
        assert invitations.invite_everybody(by=by) == 8
        worker.drain()
        assert Invitation.objects.count() == 10
        assert not not_reached(organisation.pk).exists()
        assert not foreign.invitations.exists()
        with pytest.raises(invitations.TooSoon):
            invitations.invite_everybody(by=by)

    def test_what_bounced_is_not_tried_again_and_again(
        self, organisation: Organisation, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(invitations, "A_SLICE", 1)
        by = steward(organisation)
        people = [newcomer(organisation, name, email=f"{name}@x.example") for name in ("Dead", "New")]
        for invited_one in people:
            invitations.invite_some(organisation.pk, by=by)
            invitations.bounced(Invitation.objects.get(person=invited_one).key)
        assert not invitations.invite_some(organisation.pk, by=by)
        clock.advance(timedelta(days=1))
        assert invitations.invite_some(organisation.pk, by=by) == 1

    def test_a_bounce_is_seen_until_the_next_invitation(
        self, organisation: Organisation, clock: time.Clock
    ) -> None:
        invitation = invited(organisation)
        invitations.bounced(invitation.key)
        assert vars(not_reached(organisation.pk).get())["last_bounced_at"] == time.now()
        clock.advance(timedelta(days=2))
        invitations.invite([invitation.person], by=steward(organisation))
        assert vars(awaited(organisation.pk).get())["last_bounced_at"] is None
