"""What somebody learned: after a meeting, and all of it together."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bothways.connections.actions import reflections
from bothways.connections.actions.refusals import NoLongerThere
from bothways.connections.forms.life import ReflectionForm
from bothways.connections.models import Meeting
from bothways.connections.queries import histories
from bothways.connections.views.pages import kindly, leads, posted, show
from bothways.people.requests import PersonRequest


@kindly
def write(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    if meeting.state not in reflections.AFTERWARDS:
        raise NoLongerThere
    other = meeting.connection.other(request.person)
    mine = histories.past(request.person, meeting).mine
    initial = {name: getattr(mine, name) for name in ("learned", "shared", "useful")} if mine else {}
    form = ReflectionForm(posted(request), initial=initial, other=other)
    if request.method == "POST" and form.is_valid():
        reflections.write(meeting, by=request.person, **form.cleaned_data)
        return leads(request, "connections_connection", meeting.connection.key, said=_("Kept."))
    return show(request, "reflection", {"meeting": meeting, "other": other, "mine": mine}, form)


def index(request: PersonRequest) -> HttpResponse:
    """What I learned in all my connections, and what was shared with me there."""
    page, learnings = histories.learnings(request.person, request.GET.get("page", 1))
    return show(request, "learnings", {"page": page, "learnings": learnings})
