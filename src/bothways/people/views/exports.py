"""Who is here, as a file."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from bothways.core import time
from bothways.people.models import Person
from bothways.people.queries import exports
from bothways.people.requests import PersonRequest
from bothways.people.rules.roster import headings, writing


def index(request: PersonRequest) -> HttpResponse:
    number = Person.objects.in_organisation(request.person).count()
    shown = {"number": number, "columns": headings.OURS.values()}
    return render(request, "people/exports/index.html", shown)


def people(request: PersonRequest) -> StreamingHttpResponse:
    lines = writing.lines(exports.rows(request.organisation.pk))
    response = StreamingHttpResponse(
        (line.encode() for line in lines), content_type="text/csv; charset=utf-8"
    )
    name = f"people-{request.organisation.slug}-{time.today(request.organisation.time_zone)}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
