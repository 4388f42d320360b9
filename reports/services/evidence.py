"""A bundle of evidence: one file that holds a figure or a month with all behind it, and checks itself."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from participants.selectors.attachment import content_of_attachment
from participants.services.persons.unmask import stated
from regions.enums import Verb
from regions.formats import month_name
from regions.head import origin_of, public_key_text, signed_text, signing_key
from regions.models import Region, User
from regions.month import iso_month
from regions.services.act import record_act
from regions.services.head import write_checkpoint
from reports.evidence import check_bundle as names
from reports.evidence.bundle_file import PROGRAM, BundleFile
from reports.measures.catalogue import COMPUTATION_VERSION
from reports.selectors.evidence import GatheredEvidence, Row, gather_evidence
from reports.selectors.evidence_rows import (
    act_rows,
    approval_rows,
    document_rows,
    person_rows,
    source_rows,
)

_LANGUAGE = "id"
_README = """Berkas bukti Jamsostek Monitor

{title}
Dibuat {at} oleh {by}. Alasan: {reason}

Isi:
  angka.jsonl        tiap angka: rumus, pembilang, penyebut, baris yang dijumlahkan, nomor perhitungan
  baris.jsonl        baris data di balik angka, dengan sumber dan siapa yang mencatat
  peserta.jsonl      kepesertaan menurut nama pada bulan itu, bila ada angka yang dihitung dari daftar nama;
                     NIK disamarkan, tanpa nama
  persetujuan.jsonl  langkah bulan laporan, pembukaan kembali, penyajian kembali, definisi yang berlaku
  sumber.jsonl       berkas asal baris data menurut nilai hash SHA-256
  dokumen.jsonl      dokumen pada folder dokumen/, bila ada
  log.jsonl          log aktivitas tentang wilayah dan bulan ini, dengan bukti letaknya dalam log
  segel-log.txt      segel log aktivitas yang ditandatangani
  bukti.json         daftar seluruh berkas; tanda-tangan.txt menandatanganinya, kunci.txt kunci pemeriksanya

Cara memeriksa: ekstrak, lalu jalankan `python3 periksa.py` di folder ini. Bandingkan nama penanda tangan
dengan halaman {verify_at}
"""


@dataclass(frozen=True)
class Bundle:
    """The file at its beginning; `sha256` is that of its manifest, as the ledger keeps it."""

    file: IO[bytes]
    name: str
    sha256: str


def make_bundle(
    *, region: Region, period: date, by: User, reason: str, measure: str = "", **dimensions: str
) -> Bundle:
    """Taking it away is an act that names the hash of its manifest.

    Raises PersonRefused without a reason, OutsideScope, NotPermitted, ImproperlyConfigured without a key.
    """
    words = stated(reason)
    # First the head: acts that come afterwards are not in it, nor in the bundle.
    head = write_checkpoint()
    with override(_LANGUAGE), transaction.atomic():
        found = gather_evidence(by, region, period, measure, **dimensions)
        title = _title(found, measure)
        file = TemporaryFile()  # noqa: SIM115 (the answer closes it)
        bundle = BundleFile(file)
        _write(bundle, found, by, head.size)
        bundle.add(names.HEAD, head.note.encode())
        about = _about(title, by, words)
        bundle.add("BACA-DULU.txt", _README.format(**about).encode())
        bundle.add("periksa.py", PROGRAM.read_bytes())
        manifest = names.canonical({**about, "files": bundle.files, "chains": bundle.chains}).encode()
        digest = hashlib.sha256(manifest).hexdigest()
        bundle.add_unlisted(names.MANIFEST, manifest)
        bundle.add_unlisted(names.SIGNATURE, _signature(digest).encode())
        bundle.add_unlisted(names.KEY, f"{public_key_text()}\n".encode())
        bundle.close()
        file.seek(0)
        record_act(
            by=by,
            verb=Verb.EXPORTED,
            subject=_("berkas bukti %s") % title,
            region_code=region.code,
            detail={"reason": words, "sha256": digest, "count": bundle.chains[names.ROWS]["rows"]},
            months=[period],
        )
    name = "-".join(filter(None, ["bukti", region.code, iso_month(period), measure]))
    return Bundle(file, f"{name}.zip", digest)


def _title(found: GatheredEvidence, measure: str) -> str:
    what = f"{measure} {found.figures[0]['label']}, " if measure else ""
    return f"{what}{found.region.full_label}, {month_name(found.period)}"


def _about(title: str, by: User, reason: str) -> dict[str, Any]:
    return {
        "title": title,
        "by": str(by),
        "at": localtime(now()).isoformat(timespec="seconds"),
        "reason": reason,
        "version": COMPUTATION_VERSION,
        "origin": origin_of(signing_key()),
        "verify_at": f"{settings.PUBLIC_URL}{reverse('verify_index')}",
    }


def _write(bundle: BundleFile, found: GatheredEvidence, by: User, size: int) -> None:
    bundle.add_rows(names.FIGURES, found.figures)
    bundle.add_rows(names.ROWS, found.rows)
    bundle.add_rows("peserta.jsonl", person_rows(by, found))
    bundle.add_rows("persetujuan.jsonl", approval_rows(by, found))
    bundle.add_rows("sumber.jsonl", source_rows(found))
    bundle.add_rows(names.DOCUMENTS, _documents(bundle, found, by))
    bundle.add_rows(names.ACTS, act_rows(by, found, size))


def _documents(bundle: BundleFile, found: GatheredEvidence, by: User) -> Iterator[Row]:
    listed = list(document_rows(by, found))
    for row, document in listed:
        bundle.add(row["file"], content_of_attachment(document))
    return iter([row for row, _document in listed])


def _signature(digest: str) -> str:
    origin = origin_of(signing_key())
    return signed_text(origin, f"{origin}\nbundle {digest}\nday {localdate():%Y-%m-%d}\n")
