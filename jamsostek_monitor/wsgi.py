import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from jamsostek_monitor.safe_settings import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")
os.environ.setdefault("DATABASE_CLIENT", "web")

application = get_wsgi_application()
refuse_unsafe()

# Before the server forks its workers: no first click in any of them waits for views to be loaded.
get_resolver().url_patterns  # noqa: B018
