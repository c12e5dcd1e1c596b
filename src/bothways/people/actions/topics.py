"""Topics of an organisation: begun from our thesaurus, then its own."""

import csv
from importlib.resources import files
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from bothways.core.events import record
from bothways.core.models import Organisation
from bothways.core.transactions import verb
from bothways.people import events
from bothways.people.models import Offer, Topic, Want
from bothways.people.models.topic import new_stamp
from bothways.people.queries.topics import of_name

LONGEST_KEY = 80
A_PART = 500


class NameTaken(Exception):
    """Another topic of the organisation is called so."""


class CannotMerge(Exception):
    """The two are one, stand in different organisations, or one of them was merged away already."""


@verb
def seed(organisation: Organisation) -> list[Topic]:
    """Give a new organisation the topics of our thesaurus, in three statements."""
    text = (files("bothways.people") / "data" / "topics.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    made = {row["key"]: _of_row(organisation, row) for row in rows}
    Topic.objects.bulk_create(made.values())
    narrower = [row for row in rows if row["broader"]]
    for row in narrower:
        made[row["key"]].broader = made[row["broader"]]
    Topic.objects.bulk_update([made[row["key"]] for row in narrower], ["broader"])
    return list(made.values())


def _of_row(organisation: Organisation, row: dict[str, Any]) -> Topic:
    return Topic(
        organisation=organisation,
        key=row["key"],
        name=row["name"],
        group=row["group"],
        aliases=_parts(row["aliases"]),
        related=_parts(row["related"]),
    )


def _parts(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


@verb
def add(organisation: Organisation, *, name: str, group: str, aliases: list[str] | None = None) -> Topic:
    """A topic of the organisation's own."""
    _keep_names_apart(organisation, name)
    topic = Topic(
        organisation=organisation,
        key=_free_key(organisation, name),
        name=name,
        group=group,
        aliases=aliases or [],
    )
    topic.full_clean()
    topic.save()
    return topic


@verb
def rename(topic: Topic, *, name: str, group: str, aliases: list[str]) -> Topic:
    """Call it what people here call it. Its address stays."""
    current = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
    _keep_names_apart(current.organisation, name, but=current.pk)
    current.name, current.group, current.aliases, current.stamp = name, group, aliases, new_stamp()
    current.full_clean()
    current.save()
    record(events.TopicRenamed(organisation=current.organisation.slug, topic=current.key))
    return current


@verb
def merge(topic: Topic, *, into: Topic) -> None:
    """Two topics become one: offers, wants and the words people use lead to `into`, nothing doubled."""
    both = Topic.objects.select_for_update(no_key=True).filter(pk__in=[topic.pk, into.pk]).order_by("pk")
    locked = {each.pk: each for each in both}
    if len(locked) < 2 or any(each.merged_into_id for each in locked.values()):
        raise CannotMerge
    if len({each.organisation_id for each in locked.values()}) > 1:
        raise CannotMerge
    _move(Offer.objects.all(), topic, into)
    _move(Want.objects.all(), topic, into)
    Topic.objects.filter(broader=topic).exclude(pk=into.pk).update(broader=into)
    Topic.objects.filter(merged_into=topic).update(merged_into=into)
    Topic.objects.filter(pk=into.pk, broader=topic).update(broader=topic.broader_id)
    Topic.objects.filter(pk=topic.pk).update(merged_into=into, stamp=new_stamp())
    record(events.TopicRenamed(organisation=into.organisation.slug, topic=into.key))


def _move(said: QuerySet[Offer] | QuerySet[Want], topic: Topic, into: Topic) -> None:
    """Who said it of both says it of one; the others say it of the other one now."""
    there = list(said.filter(topic=into).values_list("person_id", flat=True))
    for start in range(0, len(there), A_PART):
        said.filter(topic=topic, person__in=there[start : start + A_PART]).delete()
    said.filter(topic=topic).update(topic=into)


def _keep_names_apart(organisation: Organisation, name: str, but: int = 0) -> None:
    if of_name(organisation.pk, name, but=but):
        raise NameTaken


def _free_key(organisation: Organisation, name: str) -> str:
    wanted = slugify(name)[: LONGEST_KEY - 4] or "topic"
    taken = set(
        Topic.objects.filter(organisation=organisation, key__startswith=wanted).values_list("key", flat=True)
    )
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (wanted, *numbered) if key not in taken)
