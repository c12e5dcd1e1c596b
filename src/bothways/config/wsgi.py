"""The WSGI application, whoever serves it. A process of ours dies with its parent, however that one dies."""

import os

from django.core.wsgi import get_wsgi_application

from bothways.core.processes import die_with_parent, make_for_ourselves

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bothways.config.settings")
make_for_ourselves()
if parent := os.environ.get("BOTHWAYS_DIE_WITH_PARENT"):
    die_with_parent(int(parent))
application = get_wsgi_application()
