"""The world of the access table with persons whose every number could leak, and what would tell of it."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.db import transaction
from django.urls import reverse
from pypdf import PdfReader

from participants.models import Participant
from regions.services.user import ensure_system_user
from tests.cast import make_cast
from tests.conftest import make_figures
from tests.participants.batches import store
from tests.participants.made_files import HEADER, person

EXTENDED = [*HEADER, "KPJ", "No HP"]
# Invented; each stands in the lists of the world. The last two are of rows that are refused.
NUMBERS = {
    "3672010704650051": "nik",
    "3672010704650052": "nik",
    "19012345051": "kpj",
    "081234500051": "telephone",
    "3672010704650053": "nik of a row whose date is wrong",
    "36720107046500540": "nik that is wrong itself",
}
GOOD = tuple(NUMBERS)[:4]
# Addresses of lists that name none of them.
OF_NO_BATCH = {"batch_list", "batch_send", "batch_drop", "batch_drop_forget"}
DATE_WRONG, NIK_WRONG = tuple(NUMBERS)[4:]


OF_ONE_PERSON = {
    *("person_detail", "person_correct", "person_event", "person_unmask"),
    *("double_funding_person", "double_funding_letter"),
}


def full_rows():
    def row(serial, **changes):
        return [*person(serial, **changes), f"190123450{serial:02}", f"0812345000{serial:02}"]

    return [
        row(51),
        row(52),
        row(53, birth="31/02/1965"),
        row(54, nik=NIK_WRONG),
    ]


def make_world(make_addresses):
    """The people, the addresses, the batch and its two refused rows."""
    cast = make_cast()
    system = ensure_system_user()
    make_figures(system)
    addresses = make_addresses(cast, system)
    return cast, addresses, store(full_rows(), cast.wayan, EXTENDED)


def places_of(addresses, batch):
    """Name of an address → all addresses of it in this world that lead to something."""
    rows = list(batch.rows.filter(state="refused").order_by("number"))
    person = Participant.objects.get(batch=batch, name="Budi fb")
    found = {name: [address] for name, address in addresses.items()}
    for name in addresses:
        if name.startswith("batch_row"):
            found[name] += [reverse(name, args=[batch.pk, row.pk]) for row in rows]
        elif name.startswith("batch_") and name not in OF_NO_BATCH:
            found[name].append(reverse(name, args=[batch.pk]))
        elif name in OF_ONE_PERSON:
            found[name].append(reverse(name, args=[person.pk]))
    found["batch_detail"] += [f"{found['batch_detail'][-1]}?keadaan=refused"]
    found["person_export"] += [f"{found['person_export'][0]}?bentuk=xlsx"]
    found["person_add"] += [f"{found['person_add'][0]}?tersimpan={person.pk}"]
    return found


def used(client):
    """With a session of which the requests of the next minute need to note nothing."""
    client.get(reverse("healthz"))
    return client


def asked(client, method, address, data, seen=lambda: None):
    """The answer, its text and what `seen` says of it; nothing of what it did remains."""
    with transaction.atomic():
        response = client.get(address) if method == "GET" else client.post(address, data)
        text = "" if response.status_code >= 500 else texts_of(response)
        noted = seen()
        transaction.set_rollback(True)
    return response, text, noted


def texts_of(response) -> str:
    """The body, unpacked where it is a document of an office; of a PDF the words, not the places of lines."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:4] == b"%PDF":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    if body[:2] != b"PK":
        return body.decode("utf-8", "replace")
    try:
        with ZipFile(BytesIO(body)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    except BadZipFile:
        return body.decode("latin-1")
