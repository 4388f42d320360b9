from django.urls import path

from participants.views.attachment import attachment_file, attachment_list, attachment_remove
from participants.views.batches.batch import (
    batch_cancel,
    batch_columns,
    batch_confirm,
    batch_detail,
    batch_list,
    batch_undo,
)
from participants.views.batches.mend import BatchMend, BatchMendRow
from participants.views.batches.opening import batch_answer, batch_carry, batch_password, batch_unpack
from participants.views.batches.row import (
    batch_marked,
    batch_row,
    batch_row_skip,
    batch_row_unmask,
    list_template,
)
from participants.views.batches.send import batch_drop, batch_drop_forget, batch_send
from participants.views.category_population import (
    CategoryPopulationCorrect,
    CategoryPopulationList,
    CategoryPopulationRecord,
)
from participants.views.category_target import (
    CategoryTargetCorrect,
    CategoryTargetList,
    CategoryTargetRecord,
)
from participants.views.category_term import CategoryTermCorrect, CategoryTermList, CategoryTermRecord
from participants.views.denominator import DenominatorView
from participants.views.extra_field import (
    extra_field_change,
    extra_field_create,
    extra_field_end,
    extra_field_list,
)
from participants.views.headcount import HeadcountCorrect, HeadcountList, HeadcountRecord
from participants.views.institution_category import institution_categories
from participants.views.membership_count import (
    MembershipCountCorrect,
    MembershipCountList,
    MembershipCountRecord,
)
from participants.views.month_entry.cell import MonthEntryCellView
from participants.views.month_entry.grid import (
    MonthEntryGrid,
    MonthEntryGridRow,
    MonthEntryGridUndo,
    month_entry_index,
)
from participants.views.month_entry.month import MonthEntryPrint, MonthEntryRepeat
from participants.views.month_entry.regions import (
    MonthEntryRegions,
    MonthEntryRegionsRow,
    MonthEntryRegionsUndo,
)
from participants.views.month_extra import month_extra, month_extra_list
from participants.views.outreach import (
    AgentRecruitsCorrect,
    AgentRecruitsList,
    AgentRecruitsRecord,
    OutreachEventCorrect,
    OutreachEventList,
    OutreachEventRecord,
    PerisaiAgentCorrect,
    PerisaiAgentList,
    PerisaiAgentRecord,
)
from participants.views.persons.duplicate import DuplicateDecide, DuplicateList
from participants.views.persons.export import person_end_for_age, person_export
from participants.views.persons.funnel import batch_funnel, person_funnel
from participants.views.persons.grid import PersonGrid, PersonGridRow, PersonGridUndo
from participants.views.persons.matching import matching_send
from participants.views.persons.month import (
    CellComments,
    CommentSettle,
    PersonMonthEnd,
    PersonMonthRepeat,
    person_month,
    person_month_index,
)
from participants.views.persons.overlap import overlap_matrix, overlap_persons
from participants.views.persons.page import (
    person_comment,
    person_comment_settle,
    person_correct,
    person_detail,
    person_event,
    person_proposal,
    person_unmask,
)
from participants.views.persons.person import person_add, person_find, person_list
from participants.views.persons.privacy import (
    erasure_ask,
    erasure_decide,
    person_disclose,
    person_privacy,
)
from participants.views.target import TargetCorrect, TargetList, TargetRecord
from participants.views.workforce import WorkforceCorrect, WorkforceList, WorkforceRecord

urlpatterns = [
    path("peserta-aktif/", MembershipCountList.as_view(), name="membership_count_list"),
    path("peserta-aktif/catat/", MembershipCountRecord.as_view(), name="membership_count_record"),
    path(
        "peserta-aktif/<int:pk>/koreksi/",
        MembershipCountCorrect.as_view(),
        name="membership_count_correct",
    ),
    path("orang-per-kategori/", HeadcountList.as_view(), name="headcount_list"),
    path("orang-per-kategori/catat/", HeadcountRecord.as_view(), name="headcount_record"),
    path("orang-per-kategori/<int:pk>/koreksi/", HeadcountCorrect.as_view(), name="headcount_correct"),
    path("jumlah-pekerja/", WorkforceList.as_view(), name="workforce_list"),
    path("jumlah-pekerja/catat/", WorkforceRecord.as_view(), name="workforce_record"),
    path("jumlah-pekerja/<int:pk>/koreksi/", WorkforceCorrect.as_view(), name="workforce_correct"),
    path("lembaga/<slug:code>/kategori/", institution_categories, name="institution_categories"),
    # Lists by file.
    path("kiriman/", batch_list, name="batch_list"),
    path("kiriman/kirim/", batch_send, name="batch_send"),
    path("kiriman/taruh/", batch_drop, name="batch_drop"),
    path("kiriman/taruh/buang/", batch_drop_forget, name="batch_drop_forget"),
    path("kiriman/templat/", list_template, name="list_template"),
    path("kiriman/<int:pk>/", batch_detail, name="batch_detail"),
    path("kiriman/<int:pk>/setuju/", batch_confirm, name="batch_confirm"),
    path("kiriman/<int:pk>/batal/", batch_cancel, name="batch_cancel"),
    path("kiriman/<int:pk>/tarik/", batch_undo, name="batch_undo"),
    path("kiriman/<int:pk>/kolom/", batch_columns, name="batch_columns"),
    path("kiriman/<int:pk>/jawab/", batch_answer, name="batch_answer"),
    path("kiriman/<int:pk>/kata-sandi/", batch_password, name="batch_password"),
    path("kiriman/<int:pk>/buka/", batch_unpack, name="batch_unpack"),
    path("kiriman/<int:pk>/bawa/", batch_carry, name="batch_carry"),
    path("kiriman/<int:pk>/perbaiki/", BatchMend.as_view(), name="batch_mend"),
    path("kiriman/<int:pk>/perbaiki/baris/", BatchMendRow.as_view(), name="batch_mend_row"),
    path("kiriman/<int:pk>/corong/", batch_funnel, name="batch_funnel"),
    path("kiriman/<int:pk>/bertanda/", batch_marked, name="batch_marked"),
    path("kiriman/<int:pk>/baris/<int:row_pk>/", batch_row, name="batch_row"),
    path("kiriman/<int:pk>/baris/<int:row_pk>/buka/", batch_row_unmask, name="batch_row_unmask"),
    path("kiriman/<int:pk>/baris/<int:row_pk>/lewati/", batch_row_skip, name="batch_row_skip"),
    # --- persons by name: the grid and the month ---
    path(
        "peserta/kisi/<str:code>/<slug:category>/<slug:funding>/<str:month>/",
        PersonGrid.as_view(),
        name="person_grid",
    ),
    path(
        "peserta/kisi/<str:code>/<slug:category>/<slug:funding>/<str:month>/baris/",
        PersonGridRow.as_view(),
        name="person_grid_row",
    ),
    path(
        "peserta/kisi/<str:code>/<slug:category>/<slug:funding>/<str:month>/urungkan/",
        PersonGridUndo.as_view(),
        name="person_grid_undo",
    ),
    path("peserta/bulan/", person_month_index, name="person_month_index"),
    path("peserta/bulan/<str:code>/<str:month>/", person_month, name="person_month"),
    path(
        "peserta/bulan/<str:code>/<str:month>/<slug:category>/<slug:funding>/sama/",
        PersonMonthRepeat.as_view(),
        name="person_month_repeat",
    ),
    path(
        "peserta/bulan/<str:code>/<str:month>/<slug:category>/<slug:funding>/akhiri/",
        PersonMonthEnd.as_view(),
        name="person_month_end",
    ),
    path(
        "peserta/bulan/<str:code>/<str:month>/<slug:category>/<slug:funding>/komentar/",
        CellComments.as_view(),
        name="cell_comments",
    ),
    path("peserta/komentar/<int:pk>/selesai/", CommentSettle.as_view(), name="comment_settle"),
    # --- end of the grid and the month ---
]

# One person counted once: suspected doubles, and who is in two categories.
urlpatterns += [
    path("peserta/ganda/", DuplicateList.as_view(), name="duplicate_list"),
    path("peserta/ganda/<int:pk>/", DuplicateDecide.as_view(), name="duplicate_decide"),
    path("peserta/tumpang-tindih/", overlap_matrix, name="overlap_matrix"),
    path("peserta/tumpang-tindih/orang/", overlap_persons, name="overlap_persons"),
    # Persons by name.
    path("peserta/", person_list, name="person_list"),
    path("peserta/cari/", person_find, name="person_find"),
    path("peserta/tambah/", person_add, name="person_add"),
    path("peserta/unduh/", person_export, name="person_export"),
    path("peserta/akhiri-usia/", person_end_for_age, name="person_end_for_age"),
    path("peserta/corong/", person_funnel, name="person_funnel"),
    path("peserta/padanan/", matching_send, name="matching_send"),
    path("peserta/<int:pk>/", person_detail, name="person_detail"),
    path("peserta/<int:pk>/koreksi/", person_correct, name="person_correct"),
    path("peserta/<int:pk>/peristiwa/", person_event, name="person_event"),
    path("peserta/<int:pk>/usulan/", person_proposal, name="person_proposal"),
    path("peserta/<int:pk>/komentar/", person_comment, name="person_comment"),
    path(
        "peserta/<int:pk>/komentar/<int:comment_pk>/selesai/",
        person_comment_settle,
        name="person_comment_settle",
    ),
    path("peserta/<int:pk>/pelindungan/", person_privacy, name="person_privacy"),
    path("peserta/<int:pk>/pelindungan/data/", person_disclose, name="person_disclose"),
    path("peserta/<int:pk>/pelindungan/hapus/", erasure_ask, name="erasure_ask"),
    path("peserta/<int:pk>/pelindungan/putusan/", erasure_decide, name="erasure_decide"),
    path("peserta/<int:pk>/buka-nik/", person_unmask, name="person_unmask"),
]

# Figures of a month: one region with its sections, or many regions with the same figures.
urlpatterns += [
    path("isian/", month_entry_index, name="month_entry_index"),
    path("isian/wilayah/<str:month>/", MonthEntryRegions.as_view(), name="month_entry_regions"),
    path("isian/wilayah/<str:month>/baris/", MonthEntryRegionsRow.as_view(), name="month_entry_regions_row"),
    path(
        "isian/wilayah/<str:month>/urungkan/",
        MonthEntryRegionsUndo.as_view(),
        name="month_entry_regions_undo",
    ),
    path("isian/<str:code>/<str:month>/", MonthEntryGrid.as_view(), name="month_entry_grid"),
    path("isian/<str:code>/<str:month>/baris/", MonthEntryGridRow.as_view(), name="month_entry_grid_row"),
    path(
        "isian/<str:code>/<str:month>/urungkan/", MonthEntryGridUndo.as_view(), name="month_entry_grid_undo"
    ),
    path("isian/<str:code>/<str:month>/sama/", MonthEntryRepeat.as_view(), name="month_entry_repeat"),
    path("isian/<str:code>/<str:month>/cetak/", MonthEntryPrint.as_view(), name="month_entry_print"),
    path(
        "isian/<str:code>/<str:month>/sel/<str:cell>/", MonthEntryCellView.as_view(), name="month_entry_cell"
    ),
]

# Fields that an administrator adds, and what those of months hold.
urlpatterns += [
    path("isian-tambahan/", extra_field_list, name="extra_field_list"),
    path("isian-tambahan/tambah/", extra_field_create, name="extra_field_create"),
    path("isian-tambahan/<int:pk>/", extra_field_change, name="extra_field_change"),
    path("isian-tambahan/<int:pk>/akhiri/", extra_field_end, name="extra_field_end"),
    path("isian-tambahan/bulan/", month_extra_list, name="month_extra_list"),
    path("isian/<str:code>/<str:month>/tambahan/", month_extra, name="month_extra"),
]

# What is to be reached, and by which count of workers.
urlpatterns += [
    path("target/", TargetList.as_view(), name="target_list"),
    path("target/catat/", TargetRecord.as_view(), name="target_record"),
    path("target/<int:pk>/koreksi/", TargetCorrect.as_view(), name="target_correct"),
    path("target/kategori/", CategoryTargetList.as_view(), name="category_target_list"),
    path("target/kategori/catat/", CategoryTargetRecord.as_view(), name="category_target_record"),
    path(
        "target/kategori/<int:pk>/koreksi/", CategoryTargetCorrect.as_view(), name="category_target_correct"
    ),
    path("pekerja/kategori/", CategoryPopulationList.as_view(), name="category_population_list"),
    path("pekerja/kategori/catat/", CategoryPopulationRecord.as_view(), name="category_population_record"),
    path(
        "pekerja/kategori/<int:pk>/koreksi/",
        CategoryPopulationCorrect.as_view(),
        name="category_population_correct",
    ),
    path("masa-tugas/", CategoryTermList.as_view(), name="category_term_list"),
    path("masa-tugas/catat/", CategoryTermRecord.as_view(), name="category_term_record"),
    path("masa-tugas/<int:pk>/koreksi/", CategoryTermCorrect.as_view(), name="category_term_correct"),
    path("penyebut/<str:code>/", DenominatorView.as_view(), name="denominators"),
]

# Outreach and the agents who register workers.
urlpatterns += [
    path("sosialisasi/", OutreachEventList.as_view(), name="outreach_event_list"),
    path("sosialisasi/catat/", OutreachEventRecord.as_view(), name="outreach_event_record"),
    path("sosialisasi/<int:pk>/koreksi/", OutreachEventCorrect.as_view(), name="outreach_event_correct"),
    path("perisai/", PerisaiAgentList.as_view(), name="perisai_agent_list"),
    path("perisai/catat/", PerisaiAgentRecord.as_view(), name="perisai_agent_record"),
    path("perisai/<int:pk>/koreksi/", PerisaiAgentCorrect.as_view(), name="perisai_agent_correct"),
    path("perisai/peserta/", AgentRecruitsList.as_view(), name="agent_recruits_list"),
    path("perisai/peserta/catat/", AgentRecruitsRecord.as_view(), name="agent_recruits_record"),
    path("perisai/peserta/<int:pk>/koreksi/", AgentRecruitsCorrect.as_view(), name="agent_recruits_correct"),
]

# Documents of facts, lists and months.
urlpatterns += [
    path("dokumen/berkas/<int:pk>/", attachment_file, name="attachment_file"),
    path("dokumen/berkas/<int:pk>/hapus/", attachment_remove, name="attachment_remove"),
    path("dokumen/<slug:kind>/<str:key>/", attachment_list, name="attachment_list"),
]
