"""What pages are measured against: an empty view, and a plain page of 3 indexed queries and 130 lines.

Both go through the whole middleware. This is the URLconf of the benchmark: the project's addresses and these.
"""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from bothways.people.models import Offer, Person

ROWS = 25

_HEAD = """<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>{{ person.name }}</title></head>
  <body>
    <h1>{{ person.name }}</h1>
    <p>{{ person.title }}, {{ person.place }}</p>
    <p>{{ person.about }}</p>
    <p>Since {{ person.created_at|date:"D j M Y, H:i" }}</p>
"""
_TABLE = """
    <table>
      <thead>
        <tr>
          <th>Name</th>
          <th>Title</th>
          <th>Since</th>
        </tr>
      </thead>
      <tbody>
        {% for each in people %}
          <tr>
            <td>{{ each.name }}</td>
            <td>{{ each.title }}</td>
            <td>{{ each.created_at|date:"D j M Y" }}</td>
          </tr>
        {% endfor %}
      </tbody>
    </table>
    <ul>
      {% for each in offers %}
        <li>{{ each.topic.name }}</li>
      {% endfor %}
    </ul>
"""
_PARAGRAPH = """
    {% if person.name %}
      <section>
        <h2>{{ person.name }}</h2>
        <p>{{ person.email }}</p>
        <p>{{ person.time_zone }}</p>
        <p>{{ person.brings }}</p>
      </section>
    {% endif %}
"""
_FOOT = """
  </body>
</html>
"""
TEMPLATE = _HEAD + _TABLE + _PARAGRAPH * 9 + _FOOT
handler404 = "bothways.ui.views.not_found"


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def reference(request: HttpRequest, key: str) -> HttpResponse:
    """Three queries, each by an index; a template of the usual length without any component."""
    person = Person.objects.get(key=key)
    values = {
        "person": person,
        "people": list(Person.objects.filter(manager_id=person.manager_id)[:ROWS]),
        "offers": list(Offer.objects.filter(person=person).select_related("topic")),
    }
    return HttpResponse(_template().render(values, request))


@cache
def _template() -> Any:
    """Parsed once, as the cached loader would."""
    return engines["django"].from_string(TEMPLATE)


urlpatterns = [
    path("bench-empty/", empty),
    path("bench-reference/<slug:key>/", reference),
    path("", include("bothways.config.urls")),
]
