"""What no person can have sent: refused with a sentence, never an error, in every field of every form."""

import logging
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import resolve

from jamsostek_monitor.plain_text import LONGEST_QUERY, LONGEST_VALUE
from tests.forms_in_pages import forms_of
from tests.house.access_table import API, TABLE
from tests.house.access_world import make_addresses
from tests.house.worlds import make_world, used

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
IMPOSSIBLE = {
    "NUL": "a\x00b",
    "control": "a\x02b",
    "delete": "a\x7fb",
    "escape": "\x1b[31m",
    "non-character": "a\ufffe",
    "other plane": "a\U0001ffff",
    "damaged": "a\ufffd",
}
# Too long for any column, and for any number; the form says so.
LONG = {"long words": "panjang " * 700, "long number": "9" * 5_000}
SENTENCE = "tidak dapat dibaca"


@pytest.fixture(scope="module")
def world(shared_rows):
    return make_world(make_addresses)


@pytest.fixture
def places(world, db):
    return world[0], addresses_of(world)


def addresses_of(world):
    _cast, addresses, batch = world
    rows = batch.rows.filter(state="refused")
    return [
        *addresses.values(),
        f"/kiriman/{batch.pk}/",
        *(f"/kiriman/{batch.pk}/baris/{row.pk}/" for row in rows),
    ]


@pytest.fixture
def client(places, client_of, plain_rendering):
    found = used(client_of(places[0].admin))
    found.raise_request_exception = False
    return found


def as_browsers_do(form, data):
    """How a browser sends a form: only files need parts of their own."""
    if form.method != "post" or form.files:
        return {"data": data}
    return {"data": urlencode(data), "content_type": "application/x-www-form-urlencoded"}


def sent(client, method, address, data, **more):
    with transaction.atomic():
        response = getattr(client, method)(address, data, **more)
        transaction.set_rollback(True)
    # As the end of an answer does, without its signal, which would close the connection of the test.
    for close in response._resource_closers:
        close()
    return response


def all_forms(client, addresses):
    """Every form of every page, once; its address leads to a view of ours."""
    found = {}
    for address in addresses:
        response = sent(client, "get", address, None)
        if response.status_code != 200 or "text/html" not in response["Content-Type"]:
            continue
        for form in forms_of(response.content.decode(), address):
            name = resolve(urlsplit(form.action).path).url_name
            found.setdefault((name, form.method, tuple(sorted({*form.fields, *form.files}))), form)
    return [form for (name, *_rest), form in found.items() if name not in {"account_logout", "set_language"}]


@pytest.fixture(scope="module")
def forms(world, client_of, walking):
    client = used(client_of(world[0].admin))
    client.raise_request_exception = False
    with walking():
        return all_forms(client, addresses_of(world))


def fields_of(forms):
    """(Form, name) of all fields; of the token that every form has, once, for no view reads it."""
    token_is_seen = False
    for form in forms:
        for name in [*form.fields, *form.files]:
            is_token = name == "csrfmiddlewaretoken"
            if not (is_token and token_is_seen):
                yield form, name
            token_is_seen |= is_token


@pytest.mark.parametrize("kind", [*IMPOSSIBLE, *LONG])
def test_every_field_of_every_form(client, forms, kind):
    value, wrong = {**IMPOSSIBLE, **LONG}[kind], []
    expected = {400} if kind in IMPOSSIBLE else set(range(200, 500))
    cases = list(fields_of(forms))
    for form, name in cases:
        data = {**form.fields, **dict.fromkeys(form.files, ""), name: value}
        response = sent(client, form.method, form.action, **as_browsers_do(form, data))
        if response.status_code not in expected:
            wrong.append((form.action, name, response.status_code))
    assert wrong == []
    assert len(forms) > 150
    assert len(cases) > 1_000


def test_fields_that_no_form_has(client, places):
    """Addresses that take what no form sends: each gets every field that some view asks for."""
    asked = (
        "alasan",
        "reason",
        "text",
        "komentar",
        "nik",
        "mark",
        "typist",
        "enrolment",
        "jawab",
        "kata",
        "sebab",
    )
    more = (
        "kata_sandi",
        "expected",
        "cells",
        "pk",
        "masa",
        "orang",
        "verb",
        "koma",
        "pihak",
        "kode",
        "revision",
    )
    wrong, cases = [], 0
    for name, address in zip(TABLE, places[1], strict=False):
        if name == "account_logout":
            continue
        for kind, value in {**IMPOSSIBLE, **LONG}.items():
            response = sent(client, "post", address, dict.fromkeys((*asked, *more), value))
            cases += 1
            expected = {400} if kind in IMPOSSIBLE else set(range(200, 500))
            if response.status_code not in expected and not (name in API and response.status_code < 500):
                wrong.append((name, kind, response.status_code))
    assert wrong == []
    assert cases > 1_000


@pytest.mark.parametrize("kind", IMPOSSIBLE)
def test_queries_of_every_address(client, places, kind):
    wrong = []
    for address in places[1]:
        path = address.partition("?")[0]
        for key in ("wilayah", "periode", "halaman", "nama", "x"):
            response = sent(client, "get", path, {key: IMPOSSIBLE[kind]})
            if response.status_code != 400 or SENTENCE not in response.content.decode():
                wrong.append((path, key, response.status_code))
    assert wrong == []


@pytest.mark.parametrize(
    "query",
    [
        "nama=%",
        "nama=%zz",
        "nama=50%",
        "nama=%ff%fe",
        "nama=%c0%80",
        "nama=%ed%a0%80",
        "%00=x",
        "x=" + "a" * LONGEST_QUERY,
    ],
)
def test_broken_queries(client, query):
    response = client.get("/peserta/", QUERY_STRING=query)
    assert (response.status_code, SENTENCE in response.content.decode()) == (400, True)


@pytest.mark.parametrize(
    "path", ["/peserta/\x00/", "/wilayah/36.72\x00/", "/wilayah/\x02/", "/%ff/", "/wilayah/%c0%af/"]
)
def test_broken_paths(client, path):
    response = client.get(path)
    assert (response.status_code, SENTENCE in response.content.decode()) == (400, True)


HEADERS = ("HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_USER_AGENT", "HTTP_HX_CURRENT_URL", "HTTP_HX_TARGET")


@pytest.mark.parametrize("value", ["a\x00b", "a\x02b", "a\r\nb", "x" * 9_000])
@pytest.mark.parametrize("header", [*HEADERS, "HTTP_X_FORWARDED_FOR", "HTTP_ACCEPT", "HTTP_IF_NONE_MATCH"])
def test_broken_headers(client, header, value):
    assert client.get("/peserta/", **{header: value}).status_code == 400


@pytest.mark.parametrize("header", [*HEADERS, "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_HX_PROMPT"])
@pytest.mark.parametrize("value", ["%00", "ÿþ", "=?utf-8?q?=00?=", "a" * 8_000])
def test_odd_headers_are_answered(client, header, value):
    assert client.get("/peserta/", **{header: value}).status_code < 500


@pytest.mark.parametrize("value", ['"a\\000bcdefghijkl"', "x" * 5_000, "\\000", "ÿ" * 40])
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language", "messages"])
def test_broken_cookies(client_of, name, value):
    browser = client_of(None)
    browser.raise_request_exception = False
    assert browser.get("/akun/masuk/", HTTP_COOKIE=f"{name}={value}").status_code < 500
    if "000" in value and value.startswith('"'):
        assert browser.get("/akun/masuk/", HTTP_COOKIE=f"{name}={value}").status_code == 400


def test_names_of_fields_and_of_files(places, client_of):
    client = client_of(places[0].admin)
    content = b"NIK;Nama\r\n"
    long = SimpleUploadedFile("x" * 300 + ".csv", content)
    assert client.post("/kiriman/kirim/", {"file": long}).status_code in {400, 422}
    for name in ("daf\x00tar.csv", "daf\x02tar.csv", "daf\ufffetar.csv", "../daftar.csv"):
        response = client.post("/kiriman/kirim/", {"file": SimpleUploadedFile(name, content)})
        assert response.status_code == 422, ascii(name)
        (file,) = response.context["form"].files.values()
        assert file.name == "daftar.csv"
    body = b'--b\r\nContent-Disposition: form-data; name="a\x00b"\r\n\r\nx\r\n--b--\r\n'
    response = client.generic("POST", "/kiriman/kirim/", body, content_type="multipart/form-data; boundary=b")
    assert response.status_code == 400
    body = b'--b\r\nContent-Disposition: form-data; name="alasan"\r\n\r\n\xff\xfe\r\n--b--\r\n'
    response = client.generic("POST", "/kiriman/kirim/", body, content_type="multipart/form-data; boundary=b")
    assert response.status_code == 400


@pytest.mark.parametrize(
    "body", [b"alasan=%zz", b"alasan=%00", b"alasan=%ff", b"alasan=\xff", b"%00=1", b"alasan=%"]
)
def test_broken_bodies(client, body):
    response = client.generic(
        "POST", "/peserta/cari/", body, content_type="application/x-www-form-urlencoded"
    )
    assert (response.status_code, SENTENCE in response.content.decode()) == (400, True)


@pytest.mark.parametrize(
    "body", [b'{"a": "\\u0000"}', b'{"a": "\\ud800"}', b"\xff\xfe", b"{", b"[" * 100_000, b'"\x00"']
)
@pytest.mark.parametrize("name", sorted(API))
def test_broken_json(client, world, body, name):
    address = world[1][name]
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.generic(method, address, body, content_type="application/json").status_code < 500


def test_an_overlong_value_is_not_read_at_all(client):
    response = client.post("/peserta/cari/", {"nik": "1" * (LONGEST_VALUE + 1)})
    assert response.status_code == 400


def test_the_page_has_a_number_and_repeats_nothing(client, caplog):
    with caplog.at_level(logging.WARNING):
        response = client.get("/peserta/", {"nama": "3672010704650001\x00"})
    page = response.content.decode()
    number = page.split("Nomor kejadian: ")[1][:8]
    assert int(number, 16) >= 0
    assert f"number {number}" in caplog.text
    assert "3672010704650001" not in page + caplog.text
    assert response["Cache-Control"] == "no-store"
    told = client.get("/peserta/?nama=%00", HTTP_ACCEPT="application/json")
    assert (told.status_code, set(told.json())) == (400, {"sentence", "number"})


@pytest.mark.parametrize("text", ["Dewi\x0bLestari", "Kop\x0csurat", "\u200e36", "tab\tx", "a\r\nb", "😀 é"])
def test_pasted_characters_are_cleaned_not_refused(client, text):
    assert client.post("/peserta/cari/", {"nik": text}).status_code == 422
