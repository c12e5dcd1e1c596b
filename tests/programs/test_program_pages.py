"""Programs as people see them: found, taken part in, left; and run by those who do."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bothways.connections.actions import queues
from bothways.core.time import Clock
from bothways.people.actions import roles
from bothways.people.models import NotWanted, Person
from bothways.programs.actions import programs as verbs
from bothways.programs.actions import rounds, sending
from bothways.programs.models import LeftOut, Participation, Program, Round
from bothways.programs.queries import programs as listed
from bothways.programs.queries import taking_part
from tests.factories import member, signed_in
from tests.factories.programs import program, round_of, takes_part
from tests.factories.rehearsals import ready

NEW = {"name": "First year", "purpose": "Somebody to ask.", "kind": "buddy", "starts_on": "2026-03-09"}


@pytest.fixture
def ada(steward: Person) -> Person:
    return member(steward.organisation, "Ada")


def at(name: str, key: str = "") -> str:
    return reverse(name, kwargs={"organisation": "harbour"} | ({"key": key} if key else {}))


def read(client: Client, address: str, status: int = 200) -> str:
    answer: Any = client.get(address)
    assert answer.status_code == status
    return str(answer.content.decode())


class TestForEverybody:
    def test_home_shows_one_program_and_ones_own_before_others(
        self, ada: Person, steward: Person, clock: Clock
    ) -> None:
        home, client = at("home"), signed_in(ada)
        assert "program you" not in read(client, home)
        mine = program(steward, "Mine")
        clock.advance(timedelta(hours=1))
        program(steward, "Newer")
        assert "Newer" in read(client, home)
        takes_part(ada, mine)
        page = read(client, home)
        assert "A program you take part in" in page
        assert "Mine" in page
        assert "Newer" not in page

    def test_one_takes_part_changes_how_and_leaves(self, ada: Person, pairs_of_us: Program) -> None:
        client, page = signed_in(ada), at("programs_program", pairs_of_us.key)
        assert "They never learn what anybody answers" in read(client, page)
        client.post(at("programs_take_part", pairs_of_us.key), {"how": "both"})
        mine = Participation.objects.get(person=ada)
        assert (mine.seeks, mine.gives) == (True, True)
        client.post(at("programs_take_part", pairs_of_us.key), {"how": "give"})
        mine.refresh_from_db()
        assert (mine.seeks, mine.gives) == (False, True)
        leaving = at("programs_leave", mine.key)
        assert "Nobody is told why" in read(client, leaving)
        client.post(leaving)
        mine.refresh_from_db()
        assert mine.left_at

    def test_nothing_picked_is_refused_beside_the_choice(self, ada: Person, pairs_of_us: Program) -> None:
        answer: Any = signed_in(ada).post(at("programs_take_part", pairs_of_us.key), {})
        assert answer.status_code == 422
        assert "Pick one of the three" in answer.content.decode()
        assert not Participation.objects.exists()

    def test_whoever_was_introduced_looks_again_by_one_click(self, ada: Person, pairs_of_us: Program) -> None:
        mine = takes_part(ada, pairs_of_us)
        Participation.objects.filter(pk=mine.pk).update(seeks=False)
        client = signed_in(ada)
        assert "Look for somebody again" in read(client, at("programs_program", pairs_of_us.key))
        client.post(at("programs_look_again", mine.key))
        mine.refresh_from_db()
        assert mine.seeks

    def test_whose_month_is_full_reads_so_alone_and_can_change_it(
        self, ada: Person, pairs_of_us: Program
    ) -> None:
        takes_part(ada, pairs_of_us)
        page = at("programs_program", pairs_of_us.key)
        assert "no room for an introduction" not in read(signed_in(ada), page)
        Person.objects.filter(pk=ada.pk).update(budget_minutes=30)
        shown = read(signed_in(ada), page)
        assert "no room for an introduction" in shown
        assert at("people_me_time") in shown

    def test_a_closed_program_takes_nobody_in(self, ada: Person, pairs_of_us: Program) -> None:
        verbs.close(pairs_of_us)
        client = signed_in(ada)
        page = read(client, at("programs_program", pairs_of_us.key))
        assert "This program is closed" in page
        assert "How would you like" not in page
        answer: Any = client.post(at("programs_take_part", pairs_of_us.key), {"how": "seek"})
        assert answer.status_code == 409
        assert "This program takes nobody in any more." in answer.content.decode()

    def test_what_is_held_of_a_month_is_not_told(self, ada: Person, pairs_of_us: Program) -> None:
        """Else who moved their budget would count what is open and never delivered (consent.md 18)."""
        takes_part(ada, pairs_of_us, seeks=False, gives=True)
        NotWanted.objects.create(person=ada, other=(ben := member(ada.organisation)))
        queues.open(ben, [queues.Approved(ada)], kind="mentoring", note="A word?")
        Person.objects.filter(pk=ada.pk).update(budget_minutes=60)
        page = read(signed_in(ada), at("programs_program", pairs_of_us.key))
        assert "no room for an introduction" not in page

    def test_no_page_of_theirs_says_who_else_takes_part(self, ada: Person, pairs_of_us: Program) -> None:
        ben = member(ada.organisation, "Ben Otherwise")
        takes_part(ben, pairs_of_us)
        takes_part(ada, pairs_of_us)
        for address in (at("programs"), at("programs_program", pairs_of_us.key), at("home")):
            assert "Ben Otherwise" not in read(signed_in(ada), address)


class TestForThoseWhoRunIt:
    def test_how_a_round_works_is_a_click_away(
        self, pairs_of_us: Program, round_: Round, steward: Person, ada: Person
    ) -> None:
        client, how = signed_in(steward), at("programs_how")
        for address in (at("programs_program", pairs_of_us.key), at("programs_round", round_.key), at("how")):
            assert how in read(client, address)
        page = read(client, how)
        for word in ("Rehearse", "Lock", "Keep apart", "Swap", "When you send it", "Who learns what"):
            assert word in page
        assert how not in read(signed_in(ada), at("how"))

    def test_with_nobody_in_it_the_page_says_what_comes_first(
        self, pairs_of_us: Program, steward: Person, ada: Person
    ) -> None:
        client, address = signed_in(steward), at("programs_program", pairs_of_us.key)
        page = read(client, address)
        assert "the button to open the first round stands here" in page
        assert at("people_not_reached") in page
        assert "bothways match" in page
        takes_part(ada, pairs_of_us)
        page = read(client, address)
        assert "Open the first round" in page
        assert "bothways match" not in page

    def test_a_steward_starts_changes_and_closes_one(self, steward: Person) -> None:
        client = signed_in(steward)
        client.post(at("programs_new"), NEW)
        started = Program.objects.get(name="First year")
        assert list(started.stewards.all()) == [steward]
        client.post(at("programs_change", started.key), NEW | {"name": "The first year"})
        client.post(at("programs_close", started.key))
        started.refresh_from_db()
        assert started.name == "The first year"
        assert started.closed_at
        client.post(at("programs_open_again", started.key))
        started.refresh_from_db()
        assert not started.closed_at

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"name": ""}, "Give it a name first"),
            ({"name": "Half a year together"}, "There is a program of this name already"),
            ({"ends_on": "2026-03-01"}, "That is before it begins"),
            ({"starts_on": "0001-01-01"}, "Look at the year once more"),
            ({"kind": "marriage"}, "Select a valid choice"),
        ],
    )
    def test_a_mistake_is_said_beside_the_box_and_nothing_typed_is_lost(
        self, pairs_of_us: Program, steward: Person, wrong: dict[str, str], says: str
    ) -> None:
        answer: Any = signed_in(steward).post(at("programs_new"), NEW | wrong)
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert "Somebody to ask." in answer.content.decode()

    def test_it_is_handed_on_to_stewards_alone(self, pairs_of_us: Program, steward: Person) -> None:
        other = member(steward.organisation, "Otto", role=Person.Role.STEWARD)
        anybody = member(steward.organisation, "Anybody")
        client = signed_in(steward)
        address = at("programs_stewards", pairs_of_us.key)
        assert "Anybody" not in read(client, address)
        assert client.post(address, {"stewards": [anybody.key]}).status_code == 422
        client.post(address, {"stewards": [other.key]})
        assert list(pairs_of_us.stewards.all()) == [other]
        read(client, at("programs_people", pairs_of_us.key), 404)
        read(signed_in(other), at("programs_people", pairs_of_us.key))

    def test_one_whose_stewards_are_gone_is_handed_on_by_an_administrator(
        self, pairs_of_us: Program, steward: Person
    ) -> None:
        """And by no other steward: who takes part stays with those who run it."""
        admin = member(steward.organisation, "Addy", role=Person.Role.ADMINISTRATOR)
        other = member(steward.organisation, "Otto", role=Person.Role.STEWARD)
        Person.objects.filter(pk=steward.pk).update(state=Person.State.LEFT, role=Person.Role.MEMBER)
        client, address = signed_in(admin), at("programs_stewards", pairs_of_us.key)
        page = read(client, at("programs_program", pairs_of_us.key))
        assert "Nobody just now" in page
        assert address in page
        assert at("programs_close", pairs_of_us.key) in page
        read(client, at("programs_people", pairs_of_us.key), 404)
        read(signed_in(other), address, 404)
        assert client.post(address, {"stewards": [other.key]}).status_code == 302
        assert list(pairs_of_us.stewards.all()) == [other]
        read(signed_in(other), at("programs_people", pairs_of_us.key))

    def test_with_nobody_in_it_the_page_says_how_to_tell_people(
        self, pairs_of_us: Program, steward: Person
    ) -> None:
        for name in ("programs_program", "programs_people"):
            page = read(signed_in(steward), at(name, pairs_of_us.key))
            assert "Nobody takes part yet" in page
            assert f"/harbour/programs/{pairs_of_us.key}/" in page
            assert "Open the first round" not in page

    def test_who_takes_part_is_shown_in_groups(
        self, ada: Person, pairs_of_us: Program, round_: Round, steward: Person
    ) -> None:
        ben, cleo = member(ada.organisation, "Ben"), member(ada.organisation, "Cleo")
        takes_part(ada, pairs_of_us)
        takes_part(ben, pairs_of_us, seeks=False, gives=True)
        mine = takes_part(cleo, pairs_of_us)
        rehearsal = ready(round_, [(cleo, ben)], [ada])
        sending.send(rehearsal, by=steward)
        Participation.objects.filter(pk=mine.pk).update(seeks=False)
        client, address = signed_in(steward), at("programs_people", pairs_of_us.key)

        def named(how: str) -> set[str]:
            page = read(client, f"{address}?how={how}")
            return {name for name in ("Ada", "Ben", "Cleo") if f">{name}<" in page.replace("\n", "")}

        assert named("") == {"Ada", "Ben", "Cleo"}
        assert (named("seeks"), named("gives"), named("idle")) == ({"Ada"}, {"Ben"}, {"Cleo"})
        assert named("waits") == {"Ada"}
        assert LeftOut.objects.count() == 1

    def test_somebody_waits_only_since_the_last_round(
        self, ada: Person, pairs_of_us: Program, round_: Round, steward: Person
    ) -> None:
        ben, cleo = member(ada.organisation, "Ben"), member(ada.organisation, "Cleo")
        mine = takes_part(ada, pairs_of_us)
        takes_part(ben, pairs_of_us, seeks=False, gives=True)

        def waiting() -> tuple[int, list[Participation]]:
            return listed.counts(pairs_of_us)["waiting"], list(listed.people(pairs_of_us, "waits"))

        sending.send(ready(round_, [(cleo, ben)], [ada]), by=steward)
        assert waiting() == (1, [mine])
        sending.send(ready(round_of(pairs_of_us, steward), [(ada, ben)]), by=steward)
        assert waiting() == (0, [])

    @pytest.mark.parametrize(
        "gone", [{"away_from": "2026-03-02", "away_until": "2026-03-09"}, {"state": Person.State.SUSPENDED}]
    )
    def test_whom_no_round_would_introduce_is_counted_found_and_locked_nowhere(
        self, ada: Person, pairs_of_us: Program, round_: Round, steward: Person, gone: dict[str, str]
    ) -> None:
        ben = member(ada.organisation, "Ben")
        for person in (ada, ben):
            takes_part(person, pairs_of_us, seeks=True, gives=True)
        Person.objects.filter(pk=ada.pk).update(**gone)
        assert set(taking_part.of(pairs_of_us).values_list("person__name", flat=True)) == {"Ben"}
        assert listed.counts(pairs_of_us) == {
            "people": 2,
            "seeking": 1,
            "giving": 1,
            "both": 1,
            "idle": 0,
            "waiting": 0,
        }
        assert [one.person for one in listed.people(pairs_of_us, "gives")] == [ben]
        assert listed.called_so(pairs_of_us, "Ada", "seeker") == []
        assert listed.called_so(pairs_of_us, "Ben", "seeker") == [ben]
        with pytest.raises(rounds.NotInIt):
            rounds.lock(round_, ada, ben, by=steward)
        with pytest.raises(rounds.NotInIt):
            rounds.forbid(round_, ben, ada, by=steward)


def test_what_one_runs_is_listed_once_and_offered_to_others(pairs_of_us: Program, steward: Person) -> None:
    """Until its steward takes part too: then it is theirs twice over."""
    colleague = member(steward.organisation)
    pages = reverse("programs", args=["harbour"]), reverse("home", args=["harbour"])

    def shown(person: Person) -> list[int]:
        return [signed_in(person).get(page).content.decode().count(pairs_of_us.name) for page in pages]

    assert shown(colleague) == [1, 1]
    assert shown(steward) == [1, 0]
    takes_part(steward, pairs_of_us)
    assert shown(steward) == [2, 1]
    former = member(steward.organisation, role=Person.Role.STEWARD)
    pairs_of_us.stewards.add(former)
    roles.change(former, to=Person.Role.MEMBER)
    assert shown(Person.objects.get(pk=former.pk)) == [1, 1]
