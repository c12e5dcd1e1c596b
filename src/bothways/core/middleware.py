"""Headers that every answer carries, and one 404 for everything that is not for this visitor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


def private_by_default(get_response: GetResponse) -> Callable[[HttpRequest], HttpResponse]:
    """Pages are never stored by a cache unless a view says otherwise (static files do)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", _POLICY)
        return response

    return middleware
