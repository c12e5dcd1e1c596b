"""Lists of people, in and out; for administrators."""

from django.urls import URLPattern

from bothways.core.policy import ADMINISTRATORS, in_organisation, path
from bothways.people.models import Roster
from bothways.people.views import exports, imports

BOTH = ("GET", "POST")
ROSTER = in_organisation(Roster)

urlpatterns: list[URLPattern] = [
    path("import/", imports.index, may=ADMINISTRATORS, methods=BOTH, name="people_imports"),
    path("import/<slug:key>/", imports.show, may=ADMINISTRATORS, relation=ROSTER, name="people_import"),
    path(
        "import/<slug:key>/progress/",
        imports.progress,
        may=ADMINISTRATORS,
        relation=ROSTER,
        name="people_import_progress",
    ),
    path(
        "import/<slug:key>/columns/",
        imports.columns,
        may=ADMINISTRATORS,
        relation=ROSTER,
        methods=BOTH,
        name="people_import_columns",
    ),
    path(
        "import/<slug:key>/people/",
        imports.bring_in,
        may=ADMINISTRATORS,
        relation=ROSTER,
        methods=["POST"],
        name="people_import_bring_in",
    ),
    path(
        "import/<slug:key>/set-aside/",
        imports.set_aside,
        may=ADMINISTRATORS,
        relation=ROSTER,
        methods=["POST"],
        name="people_import_set_aside",
    ),
    path(
        "import/<slug:key>/report.txt",
        imports.report,
        may=ADMINISTRATORS,
        relation=ROSTER,
        name="people_import_report",
    ),
    path("export/", exports.index, may=ADMINISTRATORS, name="people_export"),
    path("export/people.csv", exports.people, may=ADMINISTRATORS, name="people_export_file"),
]
