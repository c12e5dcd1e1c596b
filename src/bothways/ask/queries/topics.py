"""An organisation's topics as an index in this process: found by a sentence, merged ones led home.

Kept as long as people's thesaurus is: until one of the topics changes, which is one small query to know.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bothways.people.models import Topic
from bothways.people.queries.topics import thesaurus_of
from bothways.people.rules.thesaurus import Hit, Thesaurus

MOST_KEPT = 50


@dataclass(frozen=True)
class TopicIndex:
    """`names` and `near` by the key of a topic that stands; `home` leads rows, `stands` keys to one."""

    thesaurus: Thesaurus
    names: dict[str, str]
    near: dict[str, frozenset[str]]
    home: dict[int, str]
    stands: dict[str, str]

    def find(self, sentence: str, limit: int = 5) -> list[Hit]:
        return self.thesaurus.find(sentence, limit)

    def ids(self, keys: Iterable[str]) -> dict[str, list[int]]:
        """The row ids behind these keys, those of merged topics included."""
        found: dict[str, list[int]] = {key: [] for key in keys}
        for row, key in self.home.items():
            if key in found:
                found[key].append(row)
        return found


_kept: dict[int, tuple[Thesaurus, TopicIndex]] = {}


def index_of(organisation_id: int) -> TopicIndex:
    """The index as the organisation's topics are now."""
    thesaurus = thesaurus_of(organisation_id)
    kept = _kept.get(organisation_id)
    if kept and kept[0] is thesaurus:
        return kept[1]
    built = _build(organisation_id, thesaurus)
    while len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)))
    _kept[organisation_id] = thesaurus, built
    return built


def _build(organisation_id: int, thesaurus: Thesaurus) -> TopicIndex:
    topics = {topic.pk: topic for topic in Topic.objects.filter(organisation=organisation_id)}
    keys = {row: topic.key for row, topic in topics.items()}
    home = {row: _home(topic, topics) for row, topic in topics.items()}
    stands = {topic.key: home[row] for row, topic in topics.items()}
    standing = [topic for topic in topics.values() if home[topic.pk] == topic.key]
    links = [(topic.key, keys[topic.broader_id]) for topic in topics.values() if topic.broader_id in keys]
    return TopicIndex(
        thesaurus=thesaurus,
        names={topic.key: topic.name for topic in standing},
        near=_near(links, stands),
        home=home,
        stands=stands,
    )


def _home(topic: Topic, topics: dict[int, Topic]) -> str:
    """Where merging leads; a circle leaves it where it stands."""
    seen = {topic.pk}
    at = topic
    while at.merged_into_id in topics:
        if at.merged_into_id in seen:
            return topic.key
        seen.add(at.merged_into_id)
        at = topics[at.merged_into_id]
    return at.key


def _near(links: Iterable[tuple[str, str]], home: dict[str, str]) -> dict[str, frozenset[str]]:
    """Broader and narrower topics. Related ones are no answer: who asks about dementia asks about that."""
    near: dict[str, set[str]] = {key: set() for key in home.values()}
    for key, other in links:
        if other in home and home[other] != home[key]:
            near[home[key]].add(home[other])
            near[home[other]].add(home[key])
    return {key: frozenset(others) for key, others in near.items()}
