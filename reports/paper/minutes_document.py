"""Minutes of a meeting as a Word document: who came, what was concluded, what was promised."""

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.formats import day_name
from regions.models import Assignment, Commitment, Minutes, User
from regions.practice import data_warning
from reports.pack.follow_up import became
from reports.paper.word_letter import add_foot, add_signature, add_table, new_document, saved


def minutes_document(
    row: Minutes, commitments: Sequence[Commitment], acting: Sequence[Assignment], *, by: User
) -> bytes:
    title = _("Notula: %(title)s") % {"title": row.title}
    document = new_document(title)
    document.add_heading(title, level=1)
    for label, text in (
        (_("Hari dan tanggal"), day_name(row.held_on)),
        (_("Tempat"), row.place),
        (_("Jenis rapat"), row.get_meeting_kind_display()),
        (_("Pimpinan rapat"), row.chair),
        (_("Wilayah"), row.region.full_label),
    ):
        if text:
            document.add_paragraph(f"{label}: {text}")
    document.add_heading(_("Isi dan kesimpulan"), level=2)
    for line in row.decisions.splitlines() or ["………………………………"]:
        if line.strip():
            document.add_paragraph(line)
    document.add_heading(_("Komitmen"), level=2)
    if commitments:
        add_table(document, _heads(), [_promised(one, localdate()) for one in commitments])
    else:
        document.add_paragraph(_("Tidak ada komitmen yang dicatat."))
    document.add_heading(_("Daftar hadir"), level=2)
    present = [[str(number), *told, ""] for number, told in enumerate(row.present, start=1)]
    heads = [_("No."), _("Nama"), _("Jabatan"), _("Lembaga"), _("Tanda tangan")]
    add_table(document, heads, present or [["", "", "", "", ""]])
    if acting:
        document.add_heading(_("Pejabat sementara pada hari itu"), level=2)
        for one in acting:
            document.add_paragraph(acting_words(one), style="List Bullet")
    add_signature(document, _("Pimpinan rapat"), row.chair)
    warning = data_warning()
    told = {"who": by, "day": day_name(localdate())}
    foot = _("Dibuat dengan Jamsostek Monitor oleh %(who)s pada %(day)s.") % told
    add_foot(document, " · ".join(part for part in (foot, warning) if part))
    return saved(document)


def acting_words(one: Assignment) -> str:
    told = {
        "role": " · ".join(part for part in (one.role_words, one.title) if part),
        "who": one.user,
        "first": day_name(one.valid_from),
        "last": day_name(one.last_day) if one.last_day else "–",
        "reason": one.reason,
    }
    return _("%(role)s: %(who)s, %(first)s sampai %(last)s (%(reason)s)") % told


def _heads() -> list[str]:
    return [_("Kendala"), _("Tindak lanjut"), _("Penanggung jawab"), _("Tenggat"), _("Perkembangan")]


def _promised(row: Commitment, today: date) -> list[str]:
    due = day_name(row.due_on) if row.due_on else _("tanpa tenggat")
    return [row.problem, row.promise, row.owner, due, became(row, today)]
