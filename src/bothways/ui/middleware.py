"""What is far too large is turned away by its length, before a byte of it is kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]


def bounded(get_response: GetResponse) -> GetResponse:
    """Answers 413 to more bytes than a form of its kind may have. What has no length is not read at all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > _most(request):
            return render(request, "ui/errors/413.html", status=413)
        return get_response(request)

    return middleware


def _most(request: HttpRequest) -> int:
    """Only where files come with it may it be larger than a form."""
    with_files = request.content_type == "multipart/form-data"
    most = settings.LARGEST_REQUEST if with_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return int(most or 0)
