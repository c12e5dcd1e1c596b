"""The WSGI application. In a server process it dies with its parent, however that one dies."""

import os

from django.core.wsgi import get_wsgi_application

from bothways.core.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bothways.config.settings")
if parent := os.environ.get("BOTHWAYS_DIE_WITH_PARENT"):
    die_with_parent(int(parent))
application = get_wsgi_application()
