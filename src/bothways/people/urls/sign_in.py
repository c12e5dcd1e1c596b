"""Of allauth's addresses those that we need, under the names by which it looks for them."""

from django.urls import URLPattern

from bothways.core.policy import ANYBODY, SIGNED_IN, path
from bothways.people.views import sign_in

BOTH = ("GET", "POST")

urlpatterns: list[URLPattern] = [
    path("login/", sign_in.address, may=ANYBODY, methods=BOTH, name="account_request_login_code"),
    path("login/code/", sign_in.code, may=ANYBODY, methods=BOTH, name="account_confirm_login_code"),
    path("login/password/", sign_in.password, may=ANYBODY, methods=BOTH, name="account_login"),
    path("link/<str:token>/", sign_in.link, may=ANYBODY, methods=BOTH, name="people_sign_in_link"),
    path("logout/", sign_in.leave, may=ANYBODY, methods=BOTH, name="account_logout"),
    path("password/set/", sign_in.set_password, may=SIGNED_IN, methods=BOTH, name="account_set_password"),
    path(
        "password/change/",
        sign_in.change_password,
        may=SIGNED_IN,
        methods=BOTH,
        name="account_change_password",
    ),
    path("password/reset/", sign_in.forgotten, may=ANYBODY, methods=BOTH, name="account_reset_password"),
    path("password/reset/sent/", sign_in.forgotten_sent, may=ANYBODY, name="account_reset_password_done"),
    path(
        "password/reset/key/<str:uidb36>/<str:key>/",
        sign_in.another_password,
        may=ANYBODY,
        methods=BOTH,
        name="account_reset_password_from_key",
    ),
    path("password/done/", sign_in.password_done, may=ANYBODY, name="account_reset_password_from_key_done"),
]
