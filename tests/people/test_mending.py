"""What a list got wrong of somebody, put right; a name only until its owner has been here."""

from typing import Any

import pytest

from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.actions import members
from bothways.people.models import Person, Team
from tests import factories
from tests.people.looking_after import address, now

pytestmark = pytest.mark.django_db

ADMINISTRATOR, STEWARD, INVITED = Person.Role.ADMINISTRATOR, Person.Role.STEWARD, Person.State.INVITED


def post(by: Person, member: Person, **values: str) -> Any:
    path = address("people_member_mend", by.organisation, member)
    return factories.signed_in(by).post(path, values)


@pytest.fixture
def nina(organisation: Organisation) -> Person:
    return Person.objects.create(organisation=organisation, name="Nnia", email="n@x.example")


def test_what_a_list_got_wrong_of_somebody_awaited_is_put_right(boss: Person, nina: Person) -> None:
    there = Team.objects.create(organisation=boss.organisation, name="Nets")
    assert post(boss, nina, name="Nina", title="Rigger", team="nets").status_code == 302
    assert (now(nina).name, now(nina).title, now(nina).team) == ("Nina", "Rigger", there)
    client, path = factories.signed_in(boss), address("people_members", boss.organisation)
    assert list(client.get(path, {"q": "nina"}).context["page"]) == [nina], "search knows"
    assert post(boss, nina, name="Nina", title="", team="").status_code == 302
    assert (now(nina).title, now(nina).team) == ("", None)


def test_a_slip_comes_back_as_it_was_typed(boss: Person, nina: Person) -> None:
    refused = post(boss, nina, name="", title="A title to keep", team="Nets")
    assert (refused.status_code, "A title to keep" in refused.content.decode()) == (422, True)
    assert now(nina).name == "Nnia"


def test_whoever_has_been_here_says_their_own_name(boss: Person, ada: Person) -> None:
    body = factories.signed_in(boss).get(address("people_member", boss.organisation, ada)).content
    assert (b'name="name"' in body, b'name="title"' in body) == (False, True)
    refused = post(boss, ada, name="Adelaide", title="Rigger", team="Nets")
    assert refused.status_code == 422
    assert all(each in refused.content.decode() for each in ("say themselves", "Rigger", "Nets"))
    assert (now(ada).name, now(ada).title) == ("Ada", "")
    assert post(boss, ada, title="Rigger", team="Nets").status_code == 302
    assert (now(ada).name, now(ada).title, str(now(ada).team)) == ("Ada", "Rigger", "Nets")


def test_also_who_comes_while_it_is_typed_or_has_come_and_gone(boss: Person, nina: Person) -> None:
    for been in ({"state": Person.State.ACTIVE}, {"state": INVITED, "confirmed_at": time.now()}):
        Person.objects.filter(pk=nina.pk).update(**been)
        with pytest.raises(members.Theirs):
            members.mend(nina, name="Nina", title="", team="")
    assert now(nina).name == "Nnia"


def test_a_steward_does_not(nina: Person) -> None:
    steward = factories.member(nina.organisation, "Stella", role=STEWARD)
    assert post(steward, nina, name="Nina", title="", team="").status_code == 404
    page = factories.signed_in(steward).get(address("people_member", steward.organisation, nina))
    assert address("people_member_mend", steward.organisation, nina) not in page.content.decode()


def test_a_team_is_that_of_the_same_letters_first(boss: Person, ada: Person) -> None:
    small, large, there = (
        Team.objects.create(organisation=boss.organisation, name=name) for name in ("sales", "Sales", "Ärzte")
    )
    members.mend(ada, team="Sales")
    assert now(ada).team == large
    members.mend(ada, team="sales")
    assert now(ada).team == small
    members.mend(ada, team="ärzte")
    assert now(ada).team == there
    assert Team.objects.filter(organisation=boss.organisation).count() == 3


def test_what_its_owner_changed_meanwhile_stays(boss: Person, ada: Person) -> None:
    shown = {"was_title": "", "was_team": "", "title": "", "team": "Nets"}
    Person.objects.filter(pk=ada.pk).update(title="Rigger")
    assert post(boss, ada, **shown).status_code == 302
    assert (now(ada).title, str(now(ada).team)) == ("Rigger", "Nets")


def test_whoever_has_left_stays_as_they_were(boss: Person, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(state=Person.State.LEFT)
    assert post(boss, ada, title="Rigger", team="").status_code == 409
    assert now(ada).title == ""
