from django.urls import URLPattern

from bothways.core import policy
from bothways.web.views import entry, home, how

urlpatterns: list[URLPattern] = [
    policy.path("", entry.front, may=policy.ANYBODY, name="front"),
    policy.path("healthz", entry.healthz, may=policy.ANYBODY, name="healthz"),
    policy.path(
        "demo-step/<slug:role>/", entry.step_in, may=policy.ANYBODY, methods=["POST"], name="demo_step"
    ),
    policy.path("accounts/how-it-works/", how.outside, may=policy.ANYBODY, name="how_outside"),
    policy.path("<slug:organisation>/", home.home, may=policy.MEMBERS, name="home"),
    policy.path("<slug:organisation>/how/", how.page, may=policy.MEMBERS, name="how"),
]
