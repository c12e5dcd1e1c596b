"""The topics of an organisation: begun from the thesaurus, added, renamed, merged."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bothways.core.models import Organisation
from bothways.people.actions import organisations, topics
from bothways.people.models import Offer, Person, Topic, Want
from bothways.people.queries.topics import STARTERS, read, thesaurus_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward(organisation: Organisation) -> Person:
    return factories.member(organisation, "Stella", role=Person.Role.STEWARD)


def address(name: str, of: Organisation, **names: str) -> str:
    return reverse(name, kwargs={"organisation": of.slug, **names})


def found(of: Organisation, sentence: str) -> list[str]:
    return [hit.key for hit in thesaurus_of(of.pk).find(sentence)]


class TestBeginning:
    def test_a_new_organisation_has_the_whole_thesaurus_in_few_statements(self, db: None) -> None:
        with CaptureQueriesContext(connection) as queries:
            made = organisations.create("quay", "The Quay", time_zone="Europe/Lisbon")
        assert Topic.objects.filter(organisation=made).count() >= 400
        assert len(queries) <= 25
        broader = Topic.objects.filter(organisation=made).exclude(broader=None)
        assert broader.exists()
        assert not broader.exclude(broader__organisation=made).exists()

    def test_it_finds_what_people_say(self, db: None) -> None:
        made = organisations.create("quay", "The Quay")
        assert found(made, "my heart races before I present")[:5]
        assert {"public-speaking", "stage-fright", "anxiety"} & set(
            found(made, "scared of speaking in public")
        )

    def test_those_proposed_where_nothing_is_known_exist(self, db: None) -> None:
        made = organisations.create("quay", "The Quay")
        assert Topic.objects.filter(organisation=made, key__in=STARTERS).count() == len(STARTERS)

    @pytest.mark.parametrize(
        ("slug", "zone"), [("Quay", "UTC"), ("accounts", "UTC"), ("join", "UTC"), ("quay", "Mars/Olympus")]
    )
    def test_what_cannot_be_is_refused_and_leaves_nothing(self, db: None, slug: str, zone: str) -> None:
        with pytest.raises(ValidationError):
            organisations.create(slug, "The Quay", time_zone=zone)
        assert not Organisation.objects.exists()

    def test_its_first_person_administers_it(self, organisation: Organisation) -> None:
        first = organisations.begin(organisation, address="Op@Quay.example", name="Ophelia")
        assert {"administrator", "steward", "member"} <= first.roles
        assert factories.signed_in(first).get(address("people_members", organisation)).status_code == 200


class TestWords:
    def test_a_change_is_found_at_once(self, organisation: Organisation) -> None:
        nets = factories.topic(organisation, "Nets")
        factories.topic(organisation, "Sails")
        assert found(organisation, "trawling") == []
        topics.rename(nets, name="Nets", group=Topic.Group.CRAFT, aliases=["trawling"])
        assert found(organisation, "trawling") == ["nets"]
        topics.rename(nets, name="Nets", group=Topic.Group.CRAFT, aliases=[])
        assert found(organisation, "trawling") == []

    def test_organisations_do_not_share_theirs(self, organisation: Organisation) -> None:
        factories.topic(organisation, "Nets")
        assert found(factories.organisation("elsewhere"), "nets") == []

    def test_a_line_is_read_part_by_part(self, organisation: Organisation) -> None:
        for name in ("Nets", "Sails"):
            factories.topic(organisation, name)
        read_line = read(organisation.pk, "sails, zorbing; NETS,, ")
        assert [topic.name for topic in read_line.topics] == ["Sails", "Nets"]
        assert read_line.others == ["zorbing"]


class TestAdding:
    def test_by_the_page(self, steward: Person) -> None:
        values = {"name": " Net  mending ", "group": "craft", "aliases": "mending\n\nholes in nets\nmending"}
        client = factories.signed_in(steward)
        answered = client.post(address("people_topics", steward.organisation), values)
        assert answered.status_code == 302
        made = Topic.objects.get()
        assert (made.name, made.key) == ("Net mending", "net-mending")
        assert made.aliases == ["mending", "holes in nets"]

    def test_a_taken_name_is_refused_in_place(self, steward: Person) -> None:
        factories.topic(steward.organisation, "Nets")
        client = factories.signed_in(steward)
        values = {"name": "nets", "group": "craft", "aliases": "seine"}
        answered = client.post(address("people_topics", steward.organisation), values)
        assert answered.status_code == 422
        assert "called that already" in answered.content.decode()
        assert "seine" in answered.content.decode()
        assert Topic.objects.count() == 1

    def test_capitals_make_no_other_name_in_any_alphabet(self, organisation: Organisation) -> None:
        topics.add(organisation, name="Übergabe", group="craft")
        for same in ("übergabe", "ÜBERGABE", "U\u0308bergabe"):
            with pytest.raises(topics.NameTaken):
                topics.add(organisation, name=same, group="craft")

    def test_words_are_found_however_they_are_typed_and_in_the_order_of_names(self, steward: Person) -> None:
        factories.topic(steward.organisation, "Zoology", aliases=["Führung im Zoo"])
        factories.topic(steward.organisation, "Élan", aliases=["führen"])
        factories.topic(steward.organisation, "Fishing", group="technical")
        client, where = factories.signed_in(steward), address("people_topics", steward.organisation)
        shown = {
            q: [topic.name for topic in client.get(where, {"q": q}).context["page"]]
            for q in ("", "führ", "FÜHRUNG", "fuhrung", "elan", "zoo")
        }
        assert shown == {
            "": ["Élan", "Fishing", "Zoology"],
            "führ": ["Élan", "Zoology"],
            "FÜHRUNG": ["Zoology"],
            "fuhrung": ["Zoology"],
            "elan": ["Élan"],
            "zoo": ["Zoology"],
        }

    def test_keys_never_meet(self, organisation: Organisation) -> None:
        names = ["C", "C++", "C#", "網", "网"]
        keys = [topics.add(organisation, name=name, group="technical").key for name in names]
        assert keys == ["c", "c-2", "c-3", "topic", "topic-2"]


class TestMerging:
    @pytest.fixture
    def two(self, organisation: Organisation) -> tuple[Topic, Topic]:
        nets = factories.topic(organisation, "Nets", aliases=["seine"])
        mending = factories.topic(organisation, "Net mending")
        return nets, mending

    def test_offers_and_wants_move_and_nothing_is_doubled(
        self, organisation: Organisation, two: tuple[Topic, Topic]
    ) -> None:
        nets, mending = two
        both, one = factories.member(organisation), factories.member(organisation)
        for model in (Offer, Want):
            for person, topic in ((both, nets), (both, mending), (one, nets)):
                model.objects.create(person=person, topic=topic)
        topics.merge(nets, into=mending)
        for model in (Offer, Want):
            rows = model.objects.order_by("person").values_list("person", "topic")
            assert list(rows) == [(both.pk, mending.pk), (one.pk, mending.pk)]

    def test_a_wish_that_was_private_stays_so(
        self, organisation: Organisation, two: tuple[Topic, Topic]
    ) -> None:
        nets, mending = two
        person = factories.member(organisation)
        Want.objects.create(person=person, topic=nets, shown=True)
        Want.objects.create(person=person, topic=mending, shown=False)
        topics.merge(nets, into=mending)
        assert not Want.objects.get().shown

    def test_its_words_lead_to_the_other_also_through_a_third(
        self, organisation: Organisation, two: tuple[Topic, Topic]
    ) -> None:
        nets, mending = two
        third = factories.topic(organisation, "Fishing")
        topics.merge(nets, into=mending)
        assert found(organisation, "seine") == ["net-mending"]
        topics.merge(mending, into=third)
        assert found(organisation, "seine") == ["fishing"]
        nets.refresh_from_db()
        assert nets.merged_into == third

    def test_what_stood_below_it_stands_below_the_other(
        self, organisation: Organisation, two: tuple[Topic, Topic]
    ) -> None:
        nets, mending = two
        below = factories.topic(organisation, "Knots", broader=nets)
        Topic.objects.filter(pk=mending.pk).update(broader=nets)
        topics.merge(nets, into=mending)
        below.refresh_from_db()
        mending.refresh_from_db()
        assert (below.broader, mending.broader) == (mending, None)

    def test_neither_with_itself_nor_twice_nor_over_the_wall(
        self, organisation: Organisation, two: tuple[Topic, Topic]
    ) -> None:
        nets, mending = two
        foreign = factories.topic(factories.organisation("elsewhere"), "Nets")
        topics.merge(nets, into=mending)
        for pair in ((mending, mending), (nets, mending), (mending, nets), (mending, foreign)):
            with pytest.raises(topics.CannotMerge):
                topics.merge(pair[0], into=pair[1])

    def test_by_the_page(self, steward: Person, two: tuple[Topic, Topic]) -> None:
        nets, mending = two
        client = factories.signed_in(steward)
        merge = address("people_topic_merge", steward.organisation, key=nets.key)
        wrong = client.post(merge, {"into": "Nests"})
        assert wrong.status_code == 422
        assert "No other topic is called that" in wrong.content.decode()
        assert "Nests" in wrong.content.decode()
        done = client.post(merge, {"into": "net mending"})
        assert done.headers["Location"] == address("people_topic", steward.organisation, key=mending.key)
        assert client.get(address("people_topic", steward.organisation, key=nets.key)).status_code == 404


class TestPages:
    @pytest.fixture
    def many(self, steward: Person) -> Any:
        def make(number: int) -> None:
            Topic.objects.bulk_create(
                Topic(
                    organisation=steward.organisation,
                    key=f"t{number}-{each}",
                    name=f"T{number} {each:02}",
                    group="craft",
                )
                for each in range(number)
            )
            for topic in Topic.objects.all():
                Offer.objects.get_or_create(person=steward, topic=topic)

        return make

    def test_queries_do_not_grow(self, steward: Person, many: Any) -> None:
        client, counts = factories.signed_in(steward), []
        for rows in (1, 50):
            many(rows)
            client.get(address("people_topics", steward.organisation))
            with CaptureQueriesContext(connection) as queries:
                client.get(address("people_topics", steward.organisation))
                client.get(address("people_topic", steward.organisation, key="t1-0"))
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 30

    def test_it_has_pages_and_can_be_narrowed(self, steward: Person, many: Any) -> None:
        many(30)
        factories.topic(steward.organisation, "Listening", group="leadership", aliases=["all ears"])
        client, path = factories.signed_in(steward), address("people_topics", steward.organisation)
        assert [len(client.get(path, {"page": page}).context["page"]) for page in (1, 2)] == [25, 6]
        for narrowed in ({"q": "LISTEN"}, {"q": "all ears"}, {"group": "leadership"}):
            assert [t.name for t in client.get(path, narrowed).context["page"]] == ["Listening"]
        assert len(client.get(path, {"group": "nonsense"}).context["page"]) == 25

    def test_renaming_shows_everywhere(self, steward: Person) -> None:
        topic = factories.topic(steward.organisation, "Nets")
        client = factories.signed_in(steward)
        path = address("people_topic", steward.organisation, key=topic.key)
        values = {"name": "Fishing nets", "group": "craft", "aliases": ""}
        assert client.post(path, values).headers["Location"] == path
        assert "Fishing nets" in client.get(path).content.decode()
