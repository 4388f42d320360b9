"""The rival: a Django of one view, one template and nothing else, on the same web server."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="nothing-is-signed-here", MIDDLEWARE=[]
)

_PAGE = Engine().from_string(
    "<!doctype html><title>{{ title }}</title>{% for n in rows %}<p>{{ n }}</p>{% endfor %}"
)


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_PAGE.render(Context({"title": "Halaman", "rows": range(200)})))


application = get_wsgi_application()
urlpatterns = [path("", page)]
