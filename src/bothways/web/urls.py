from django.urls import URLPattern

from bothways.core import policy
from bothways.web.views import entry

urlpatterns: list[URLPattern] = [
    policy.path("healthz", entry.healthz, may=policy.ANYBODY, name="healthz"),
]
