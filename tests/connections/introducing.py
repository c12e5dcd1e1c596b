"""What the tests of introductions' pages share."""

from django.test import Client
from django.urls import reverse

from bothways.connections.models import Introduction


def address(name: str, key: str = "") -> str:
    return reverse(name, kwargs={"organisation": "harbour", **({"key": key} if key else {})})


def page_of(asked: Introduction) -> str:
    return address("connections_introduction", asked.key)


def read(client: Client, where: str, status: int = 200) -> str:
    response = client.get(where)
    assert response.status_code == status
    return response.content.decode()
