"""What somebody offers to talk about, for who asks them alone."""

from bothways.people.models import Person, Topic


def topics(of: Person) -> list[tuple[str, str]]:
    """Keys and names, by name."""
    theirs = Topic.objects.current().filter(offers__person=of)
    return list(theirs.order_by("name", "key").values_list("key", "name"))
