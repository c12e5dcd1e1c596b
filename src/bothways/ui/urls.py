from django.urls import URLPattern

from bothways.core import policy
from bothways.ui import views

urlpatterns: list[URLPattern] = [
    policy.path("style/", views.style, may=policy.ANYBODY, name="style"),
    policy.path("style/door/", views.style_door, may=policy.ANYBODY, name="style_door"),
]
