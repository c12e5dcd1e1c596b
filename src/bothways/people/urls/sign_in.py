from allauth.account import views
from django.urls import URLPattern

from bothways.core import policy

urlpatterns: list[URLPattern] = [
    policy.path("login/", views.login, may=policy.ANYBODY, methods=["GET", "POST"], name="account_login"),
    policy.path("logout/", views.logout, may=policy.ANYBODY, methods=["GET", "POST"], name="account_logout"),
]
