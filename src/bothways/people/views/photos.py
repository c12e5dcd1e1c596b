"""Photos: one's own to change, colleagues' to look at."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bothways.people.actions import photos
from bothways.people.forms.profile import Photo
from bothways.people.models import Person
from bothways.people.requests import PersonRequest
from bothways.people.rules.pictures import Busy, NotAPicture, TooLarge


def show(request: PersonRequest, colleague: Person) -> HttpResponse:
    """The square itself; kept by the browser for a while, by nobody in between."""
    if not colleague.photo:
        raise Http404
    try:
        with default_storage.open(colleague.photo) as file:
            square = file.read()
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": "private, max-age=600", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(square, content_type="image/webp", headers=headers)


def mine(request: PersonRequest) -> HttpResponse:
    if "remove" in request.POST:
        photos.remove(request.person)
        return redirect("people_me", request.organisation.slug)
    sent = request.method == "POST"
    form = Photo(request.POST if sent else None, request.FILES if sent else None, person=request.person)
    if form.is_valid() and _change(request, form):
        messages.success(request, _("That is you."))
        return redirect("people_me", request.organisation.slug)
    return render(request, "people/profile/photo.html", {"form": form}, status=422 if sent else 200)


def _change(request: PersonRequest, form: Photo) -> bool:
    try:
        photos.change(request.person, form.cleaned_data["picture"])
    except TooLarge:
        form.add_error("picture", _("This picture is too large for us. A JPEG of up to 8 MB will do."))
    except Busy:
        form.add_error("picture", _("Many pictures are coming in just now. Send yours again in a moment."))
    except NotAPicture:
        form.add_error("picture", _("We cannot open this as a picture. A JPEG, PNG or WebP will do."))
    return form.is_valid()
