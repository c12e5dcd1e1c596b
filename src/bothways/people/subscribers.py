from django_tasks import task

from bothways.core.events import subscribe
from bothways.core.models import Organisation
from bothways.people.actions import invitations
from bothways.people.events import EverybodyInvited


@subscribe(EverybodyInvited)
def write_the_invitations(event: EverybodyInvited) -> None:
    invite_everybody.enqueue(event.organisation)


@task()
def invite_everybody(organisation: str) -> None:
    """Invite the next few of those not reached, and come again until there is nobody left."""
    found = Organisation.objects.filter(slug=organisation).first()
    if found and invitations.invite_some(found.pk):
        invite_everybody.enqueue(organisation)
