"""The request as views below an organisation's address receive it, after policy has let it in."""

from django.http import HttpRequest

from bothways.core.models import Organisation
from bothways.people.models import Person


class PersonRequest(HttpRequest):
    person: Person
    organisation: Organisation
