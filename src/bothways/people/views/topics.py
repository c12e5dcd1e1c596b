"""The stewards' pages about the organisation's topics."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.people.actions import topics
from bothways.people.forms.topics import Merged, Named, Sought
from bothways.people.models import Topic
from bothways.people.queries.topics import listed, names_beside
from bothways.people.requests import PersonRequest

A_PAGE = 25
TAKEN = gettext_lazy("Another topic is called that already. Find it, and add your words there.")


def index(request: PersonRequest) -> HttpResponse:
    """All topics; a new one is added below them."""
    form = Named(request.POST or None)
    if form.is_valid() and _add(request, form):
        return redirect("people_topics", request.organisation.slug)
    sought = Sought(request.GET)
    wanted = sought.cleaned_data if sought.is_valid() else {}
    page = Paginator(listed(request.person, **wanted), A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "form": form, "sought": sought}
    return render(request, "people/topics/index.html", shown, status=422 if form.is_bound else 200)


def _add(request: PersonRequest, form: Named) -> bool:
    try:
        topic = topics.add(request.organisation, **form.cleaned_data)
    except topics.NameTaken:
        form.add_error("name", TAKEN)
        return False
    messages.success(request, _("%(topic)s is a topic now.") % {"topic": topic.name})
    return True


def show(request: PersonRequest, topic: Topic) -> HttpResponse:
    """One topic: its name, its words, and what it could be one with."""
    before = {"name": topic.name, "group": topic.group, "aliases": "\n".join(topic.aliases)}
    form = Named(request.POST or None, initial=before)
    if form.is_valid() and _rename(form, topic):
        messages.success(request, _("Kept."))
        return redirect("people_topic", request.organisation.slug, topic.key)
    return _page(request, topic, form=form, merging=Merged(topic=topic), status=422 if form.is_bound else 200)


def _rename(form: Named, topic: Topic) -> bool:
    try:
        topics.rename(topic, **form.cleaned_data)
    except topics.NameTaken:
        form.add_error("name", TAKEN)
        return False
    return True


def merge(request: PersonRequest, topic: Topic) -> HttpResponse:
    merging = Merged(request.POST, topic=topic)
    before = {"name": topic.name, "group": topic.group, "aliases": "\n".join(topic.aliases)}
    if not merging.is_valid():
        return _page(request, topic, form=Named(initial=before), merging=merging, status=422)
    into = merging.cleaned_data["into"]
    try:
        topics.merge(topic, into=into)
    except topics.CannotMerge:
        messages.error(request, _("Somebody else has merged one of the two just now. Look again."))
        return redirect("people_topics", request.organisation.slug)
    said = _("%(topic)s is now part of %(into)s.") % {"topic": topic.name, "into": into.name}
    messages.success(request, said)
    return redirect("people_topic", request.organisation.slug, into.key)


def _page(request: PersonRequest, topic: Topic, *, form: Named, merging: Merged, status: int) -> HttpResponse:
    shown = {
        "topic": topic,
        "form": form,
        "merging": merging,
        "offered": topic.offers.count(),
        "names": names_beside(topic),
    }
    return render(request, "people/topics/show.html", shown, status=status)
