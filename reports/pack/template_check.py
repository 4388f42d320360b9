"""Whether a layout of one's own can be used: each placeholder must resolve, and some must be there."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from reports.pack.content import PackContent
from reports.pack.faces.docx import BLOCKS, TEXTS
from reports.pack.faces.own_layout import LayoutBroken, docx_placeholders, set_docx, set_pdf

MOST_BYTES = 5_000_000
_MOST_UNPACKED = 50_000_000
# Without these a paper could not be checked by anybody, or would tell nothing.
_NEEDED = {"docx": ("kode", "alamat_verifikasi", "tabel"), "pdf": ("d.code", "d.url")}
# Either has all tables in it.
_TABLES = ("d.chapters", "d.tables")
# A layout reads nothing but its data.
_OUTSIDE = re.compile(r"#?\b(import|include)\b\s*[\"(@]|\b(read|plugin)\s*\(|\"@[a-z]", re.IGNORECASE)


class TemplateRefused(Exception):
    """The layout cannot be used; `sentence` says which place in it and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def check_template(face: str, template: bytes, sample: PackContent) -> bytes:
    """The sample laid out by the template. Raises TemplateRefused."""
    if len(template) > MOST_BYTES:
        raise TemplateRefused(_("Templatnya lebih besar dari 5 MB. Perkecil gambarnya."))
    return _CHECKS[face](template, sample)


def _check_typst(template: bytes, sample: PackContent) -> bytes:
    try:
        source = template.decode()
    except UnicodeDecodeError as error:
        raise TemplateRefused(_("Ini bukan teks typst (.typ) dalam UTF-8.")) from error
    if found := _OUTSIDE.search(source):
        told = _("Templat tidak boleh membaca berkas atau paket lain: “%s”. Hapus bagian itu.")
        raise TemplateRefused(told % found[0])
    missing = [name for name in _NEEDED["pdf"] if name not in source]
    _need([*missing, *([] if any(name in source for name in _TABLES) else _TABLES[:1])])
    try:
        return set_pdf(sample, template)
    except LayoutBroken as error:
        raise TemplateRefused(_("Templat tidak dapat diproses: %s") % str(error)[:300]) from error


def _check_docx(template: bytes, sample: PackContent) -> bytes:
    try:
        with ZipFile(BytesIO(template)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MOST_UNPACKED:
                raise TemplateRefused(_("Templatnya terlalu besar setelah dibuka. Perkecil gambarnya."))
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        sentence = _("Ini bukan dokumen Word (.docx). Simpan sebagai .docx, lalu kirim lagi.")
        raise TemplateRefused(sentence) from error
    try:
        found = docx_placeholders(template)
    except LayoutBroken as error:
        raise TemplateRefused(str(error)) from error
    unknown = [name for name in found if name not in {*TEXTS, *BLOCKS}]
    if unknown:
        told = _("Penanda ini tidak dikenal: %(unknown)s. Yang ada: %(known)s.")
        raise TemplateRefused(told % {"unknown": ", ".join(unknown), "known": ", ".join([*TEXTS, *BLOCKS])})
    _need([name for name in _NEEDED["docx"] if name not in found])
    try:
        return set_docx(sample, template)
    except LayoutBroken as error:
        raise TemplateRefused(str(error)) from error


def _need(missing: list[str]) -> None:
    if missing:
        told = _("Penanda ini wajib ada supaya laporan dapat diperiksa: %s.")
        raise TemplateRefused(told % ", ".join(missing))


_CHECKS: dict[str, Callable[[bytes, PackContent], bytes]] = {"pdf": _check_typst, "docx": _check_docx}
