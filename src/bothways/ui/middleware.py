"""What is far too large is turned away by its length, before a byte of it is kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]


def bounded(get_response: GetResponse) -> GetResponse:
    """Answers 413 to more than `LARGEST_REQUEST` bytes. What has no length is not read at all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.LARGEST_REQUEST:
            return render(request, "ui/errors/413.html", status=413)
        return get_response(request)

    return middleware
