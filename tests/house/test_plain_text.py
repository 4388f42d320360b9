"""Characters that nobody sees never get past the door: forms, names of files, JSON of the API."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from jamsostek_monitor.plain_text import PlainJSONParser, PlainTextMiddleware
from regions.plain_characters import plain_line, plain_text, plain_value


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Sukar\x02man", "Sukarman"),
        ("Dewi\x0bLestari", "Dewi\nLestari"),
        ("\u200e3672\u202c", "3672"),
        ("Nur\u200b\ufeff\u00adAini", "NurAini"),
        ("a\x00b\ud800c\ufffe", "abc"),
        ("Kp_x000D_. Baru", "Kp. Baru"),
        ("baris satu\nbaris dua\tx", "baris satu\nbaris dua\tx"),
        ("Sri D’Angelo é 😀", "Sri D’Angelo é 😀"),
        ("Nama\u3164", "Nama"),
    ],
)
def test_what_is_not_seen_is_taken_out(typed, plain):
    assert plain_text(typed) == plain
    assert plain_value({"a": [typed, 1, None]}) == {"a": [plain, 1, None]}


def test_a_line_is_one_line():
    assert plain_line(" Dewi\r\n\u00a0Lestari\x1f ") == "Dewi Lestari"


def sent(request):
    middleware = PlainTextMiddleware(lambda _request: HttpResponse())
    middleware.process_view(request, None, (), {})
    return request


def test_forms_and_names_of_files_come_in_plain():
    file = SimpleUploadedFile("daf\u200btar.xlsx", b"x")
    data = {"alasan": "a\x0bb", "password": "a\u200bb", "rows": ["1\u200e", "2"], "file": file}
    request = sent(RequestFactory().post("/?cari=Su\u200ekar", data))
    assert request.GET.dict() == {"cari": "Sukar"}
    assert request.POST.get("alasan") == "a\nb"
    assert request.POST.get("password") == "a\u200bb"
    assert request.POST.getlist("rows") == ["1", "2"]
    assert [one.name for one in request.FILES.values()] == ["daftar.xlsx"]


class Echo(APIView):
    authentication_classes = ()
    permission_classes = ()
    parser_classes = (PlainJSONParser,)

    def post(self, request):
        return HttpResponse(json.dumps(request.data))


def test_json_comes_in_plain():
    request = APIRequestFactory().post("/", {"na\u200bme": ["Su\u200ekar", {"x": "\u200ey"}]}, format="json")
    assert json.loads(Echo.as_view()(request).content) == {"name": ["Sukar", {"x": "y"}]}


@pytest.mark.parametrize("sent", [{"a\x00": 1}, ["\x02"], {"a": {"b": "\ufffe"}}, "\ufffd"])
def test_json_that_nobody_can_mean_is_refused(sent):
    request = APIRequestFactory().post("/", sent, format="json")
    assert Echo.as_view()(request).status_code == 400
