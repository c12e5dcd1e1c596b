"""Members and their roles: who may change what, and what it ends."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.core.models import Organisation, RecordedEvent
from bothways.people.actions import invitations, members, roles
from bothways.people.models import Invitation, Person
from tests import factories
from tests.people.looking_after import address, now

pytestmark = pytest.mark.django_db

MEMBER, STEWARD, ADMINISTRATOR = Person.Role.MEMBER, Person.Role.STEWARD, Person.Role.ADMINISTRATOR


@pytest.fixture
def steward(organisation: Organisation) -> Person:
    return factories.member(organisation, "Stella", role=STEWARD)


class TestRoles:
    def test_an_administrator_changes_them_and_it_holds_at_once(self, boss: Person, ada: Person) -> None:
        client = factories.signed_in(ada)
        assert client.get(address("people_supply", boss.organisation)).status_code == 404
        change = address("people_member_role", boss.organisation, ada)
        assert factories.signed_in(boss).post(change, {"role": "steward"}).status_code == 302
        assert client.get(address("people_supply", boss.organisation)).status_code == 200

    @pytest.mark.parametrize("name", ["people_member_role", "people_member_suspend", "people_member_return"])
    def test_a_steward_does_not(self, name: str, steward: Person, ada: Person) -> None:
        path = address(name, steward.organisation, ada)
        assert factories.signed_in(steward).post(path, {"role": "administrator"}).status_code == 404
        assert (now(ada).role, now(ada).state) == ("member", "active")

    def test_an_unknown_role_comes_back(self, boss: Person, ada: Person) -> None:
        change = address("people_member_role", boss.organisation, ada)
        assert factories.signed_in(boss).post(change, {"role": "king"}).status_code == 422

    @pytest.mark.parametrize(
        "act",
        [
            lambda person: roles.change(person, to=MEMBER),
            lambda person: roles.change(person, to=STEWARD),
            members.suspend,
            lambda person: members.mark_left(person, by=person),
        ],
    )
    def test_the_last_administrator_stays(self, boss: Person, act: Callable[[Person], None]) -> None:
        factories.member(factories.organisation("elsewhere"), role=ADMINISTRATOR)
        factories.member(boss.organisation, role=ADMINISTRATOR, state=Person.State.SUSPENDED)
        with pytest.raises(roles.LastAdministrator):
            act(boss)
        assert (now(boss).role, now(boss).state) == ("administrator", "active")
        factories.member(boss.organisation, role=ADMINISTRATOR)
        act(boss)

    def test_the_page_says_so(self, boss: Person) -> None:
        change = address("people_member_role", boss.organisation, boss)
        answered = factories.signed_in(boss).post(change, {"role": "member"})
        assert answered.status_code == 409
        assert "Nobody else administers" in answered.content.decode()


class TestManager:
    def post(self, by: Person, member: Person, **values: str) -> Any:
        path = address("people_member_manager", by.organisation, member)
        return factories.signed_in(by).post(path, values)

    @pytest.mark.parametrize("said", ["Ben", "ben ba", "BEN@x.example"])
    def test_an_administrator_says_who_it_is_by_name_or_address(
        self, boss: Person, ada: Person, said: str
    ) -> None:
        ben = factories.member(boss.organisation, "Ben Baker", email="ben@x.example")
        below = factories.member(boss.organisation, manager=ada)
        assert self.post(boss, ada, manager=said).status_code == 302
        assert (now(ada).manager, now(below).line) == (ben, f"/{ben.pk}/{ada.pk}/")
        assert "manager" in Person.objects.with_roles().get(pk=ben.pk).roles
        page = factories.signed_in(boss).get(address("people_member", boss.organisation, ada))
        assert "Now: Ben Baker." in page.content.decode()
        assert self.post(boss, ada, manager="").status_code == 302
        assert (now(ada).manager, now(below).line) == (None, f"/{ada.pk}/")

    def test_one_of_several_is_picked(self, boss: Person, ada: Person) -> None:
        two = [factories.member(boss.organisation, f"Ben {name}") for name in ("Abel", "Baker")]
        asked = self.post(boss, ada, manager="ben")
        assert asked.status_code == 422
        assert all(ben.email in asked.content.decode() for ben in two)
        assert now(ada).manager is None
        assert self.post(boss, ada, manager="ben", which=two[1].key).status_code == 302
        assert now(ada).manager == two[1]

    def test_a_circle_is_refused_in_words(self, boss: Person, ada: Person) -> None:
        low = factories.member(
            boss.organisation, "Lowell", manager=factories.member(boss.organisation, "Middleton", manager=ada)
        )
        for below in (low, ada):
            refused = self.post(boss, ada, manager=below.email)
            assert refused.status_code == 422
            assert "nor to somebody below them" in refused.content.decode()
            assert below.email in refused.content.decode(), "what was typed is kept"
        assert now(ada).manager is None

    def test_nobody_beyond_the_wall_nor_whoever_has_gone(self, boss: Person, ada: Person) -> None:
        foreign = factories.member(factories.organisation("elsewhere"), "Zed Foreign", email="z@x.example")
        gone = factories.member(boss.organisation, "Zed Gone", state=Person.State.LEFT)
        for said in ("Zed", foreign.email, gone.email, "\x00", "*"):
            assert self.post(boss, ada, manager=said, which=foreign.key).status_code == 422, said
        assert now(ada).manager is None

    def test_a_steward_says_nothing_of_it(self, boss: Person, steward: Person, ada: Person) -> None:
        assert self.post(steward, ada, manager=boss.email).status_code == 404
        page = factories.signed_in(steward).get(address("people_member", boss.organisation, ada))
        assert address("people_member_manager", boss.organisation, ada) not in page.content.decode()


class TestGoing:
    def test_suspending_ends_everything_and_taking_back_opens_the_door(
        self, boss: Person, ada: Person
    ) -> None:
        client, theirs = factories.signed_in(boss), factories.signed_in(ada)
        client.post(address("people_member_suspend", boss.organisation, ada))
        assert (now(ada).state, now(ada).has_room) == ("suspended", False)
        assert RecordedEvent.objects.get(name="people.PersonWentAway").payload == {"person": ada.key}
        assert theirs.get(f"/{boss.organisation.slug}/").status_code == 404
        client.post(address("people_member_return", boss.organisation, ada))
        assert (now(ada).state, now(ada).has_room) == ("active", True)
        assert theirs.get(f"/{boss.organisation.slug}/").status_code == 200

    def test_a_steward_says_who_has_left_of_members_alone(
        self, boss: Person, steward: Person, ada: Person
    ) -> None:
        client = factories.signed_in(steward)
        assert client.post(address("people_member_leave", boss.organisation, ada)).status_code == 302
        assert now(ada).state == "left"
        for other in (boss, steward):
            refused = client.post(address("people_member_leave", boss.organisation, other))
            assert refused.status_code == 409
            assert "Only an administrator" in refused.content.decode()
            assert now(other).state == "active"

    @pytest.mark.parametrize("name", ["people_member_suspend", "people_member_leave"])
    def test_a_page_says_first_what_ends(self, name: str, boss: Person, ada: Person) -> None:
        client, path = factories.signed_in(boss), address(name, boss.organisation, ada)
        on_their_page = client.get(address("people_member", boss.organisation, ada)).content.decode()
        assert f'href="{path}"' in on_their_page
        assert f'action="{path}"' not in on_their_page
        said = client.get(path).content.decode()
        assert "what has ended stays ended" in said
        assert "Leave it as it is" in said
        assert now(ada).state == "active"

    def test_twice_is_told_and_recorded_once(self, boss: Person, ada: Person) -> None:
        client, leave = factories.signed_in(boss), address("people_member_leave", boss.organisation, ada)
        assert client.post(leave).status_code == 302
        assert client.post(leave).status_code == 409
        assert RecordedEvent.objects.filter(name="people.PersonWentAway").count() == 1

    def test_an_invitation_ends_with_it_for_good(self, organisation: Organisation) -> None:
        steward = factories.member(organisation, role=STEWARD)
        nina = Person.objects.create(organisation=organisation, name="Nina", email="n@x.example")
        invitations.invite([nina], by=steward)
        members.mark_left(nina, by=steward)
        members.take_back(now(nina))
        assert not Invitation.objects.open().filter(person=nina).exists()

    def test_who_never_came_is_awaited_again(self, organisation: Organisation) -> None:
        nina = Person.objects.create(organisation=organisation, name="Nina", email="n@x.example")
        members.mark_left(nina, by=factories.member(organisation, role=STEWARD))
        members.take_back(now(nina))
        assert now(nina).state == "invited"
        with pytest.raises(members.AlreadySo):
            members.take_back(now(nina))


class TestPages:
    def test_people_are_found_however_their_names_are_typed(self, boss: Person, ada: Person) -> None:
        for state in Person.State:
            factories.member(boss.organisation, f"Élise {state}", email=f"{state}@x.example", state=state)
        client, path = factories.signed_in(boss), address("people_members", boss.organisation)
        for typed in ("Élise", "élise", "elise", "ELISE"):
            shown = client.get(path, {"q": typed}).context["page"]
            assert {each.state for each in shown} == set(Person.State), typed
        assert [each.name for each in client.get(path, {"q": "left@x"}).context["page"]] == ["Élise left"]

    def test_queries_do_not_grow(self, boss: Person) -> None:
        client, counts = factories.signed_in(boss), []
        for rows in (1, 50):
            people = [factories.member(boss.organisation) for _ in range(rows)]
            client.get(address("people_members", boss.organisation))
            with CaptureQueriesContext(connection) as queries:
                client.get(address("people_members", boss.organisation))
                client.get(address("people_member", boss.organisation, people[0]))
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 30

    def test_it_has_pages_and_can_be_narrowed(self, boss: Person, ada: Person) -> None:
        for _ in range(28):
            factories.member(boss.organisation)
        gone = factories.member(boss.organisation, "Gone Girl", state=Person.State.LEFT)
        factories.member(factories.organisation("elsewhere"), "Adabelle")
        client, path = factories.signed_in(boss), address("people_members", boss.organisation)
        assert [len(client.get(path, {"page": page}).context["page"]) for page in (1, 2)] == [25, 6]
        assert list(client.get(path, {"q": "ADA"}).context["page"]) == [ada]
        assert list(client.get(path, {"q": gone.email[:9]}).context["page"]) == [gone]
        assert list(client.get(path, {"state": "left"}).context["page"]) == [gone]

    def test_somebody_awaited_can_be_invited_from_their_page(self, steward: Person) -> None:
        nina = Person.objects.create(organisation=steward.organisation, name="Nina", email="n@x.example")
        client = factories.signed_in(steward)
        body = client.get(address("people_member", steward.organisation, nina)).content.decode()
        assert address("people_invite", steward.organisation) in body
        assert f'value="{nina.key}"' in body
        assert address("people_member_suspend", steward.organisation, nina) not in body
