"""All addresses: what belongs to an organisation stands below its slug."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("bothways.people.urls.sign_in")),
    path("", include("bothways.ui.urls")),
    path("join/", include("bothways.people.urls.invitations")),
    path("", include("bothways.web.urls")),
    path("", include("bothways.connections.urls.answering")),
    path("", include("bothways.inbox.urls.outside")),
    path("<slug:organisation>/", include("bothways.people.urls.first_visit")),
    path("<slug:organisation>/", include("bothways.people.urls.stewards")),
    path("<slug:organisation>/", include("bothways.people.urls.imports")),
    path("<slug:organisation>/", include("bothways.people.urls.profile")),
    path("<slug:organisation>/", include("bothways.ask.urls")),
    path("<slug:organisation>/", include("bothways.connections.urls.introductions")),
    path("<slug:organisation>/", include("bothways.connections.urls.relationships")),
    path("<slug:organisation>/", include("bothways.programs.urls")),
    path("<slug:organisation>/", include("bothways.inbox.urls.members")),
]
handler400 = "bothways.ui.views.bad_request"
handler403 = "bothways.ui.views.forbidden"
handler404 = "bothways.ui.views.not_found"
handler500 = "bothways.ui.views.broken"
