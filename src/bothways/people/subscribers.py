from django_tasks import task

from bothways.core.events import subscribe
from bothways.core.models import Organisation
from bothways.people.actions import invitations, search
from bothways.people.events import EverybodyInvited, TopicRenamed
from bothways.people.models import Person


@subscribe(EverybodyInvited)
def write_the_invitations(event: EverybodyInvited) -> None:
    invite_everybody.enqueue(event.organisation, event.by)


@task()
def invite_everybody(organisation: str, by: str) -> None:
    """Invite the next few of those not reached, and come again until there is nobody left."""
    found = Organisation.objects.filter(slug=organisation).first()
    inviter = Person.objects.filter(key=by).first()
    if found and inviter and invitations.invite_some(found.pk, by=inviter):
        invite_everybody.enqueue(organisation, by)


@subscribe(TopicRenamed)
def find_them_by_its_new_name(event: TopicRenamed) -> None:
    index_offering.enqueue(event.organisation, event.topic)


@task()
def index_offering(organisation: str, topic: str) -> None:
    found = Organisation.objects.filter(slug=organisation).first()
    if found:
        search.rebuild_offering(found, topic)
