from django.urls import include, path, re_path

from reports.views.allocation import allocation_list
from reports.views.board_files import region_pdf, region_picture
from reports.views.category_need import category_need
from reports.views.comparison import (
    region_comparison,
    region_comparison_csv,
    region_comparison_pdf,
    region_comparison_picture,
)
from reports.views.cover_endings import cover_ending_people, cover_endings
from reports.views.crest import crest_image, crest_list, crest_remove
from reports.views.definitions import (
    definition_decide,
    definition_detail,
    definition_propose,
    definitions,
    region_definitions,
)
from reports.views.dossier import dossier, dossier_file, dossier_index
from reports.views.ending_letter import EndingLetter
from reports.views.evidence import evidence
from reports.views.exchange import exchange_codes, exchange_create, exchange_list, exchange_remove
from reports.views.explanation import explanation
from reports.views.export import region_csv
from reports.views.figure_question import question_ask, question_detail, question_list, question_settle
from reports.views.handbook import (
    first_day,
    first_day_away,
    first_day_next,
    handbook,
    handbook_index,
    handbook_pdf,
)
from reports.views.home import home
from reports.views.inbox import inbox
from reports.views.jobs import job_retry, jobs
from reports.views.ledger_export import ledger_export
from reports.views.list_effect import list_effect
from reports.views.meeting import meeting
from reports.views.minutes import minutes_detail, minutes_file
from reports.views.month import (
    month_bulk_step,
    month_matrix,
    month_page,
    month_remind,
    month_step,
    reopening_ask,
    reopening_decide,
)
from reports.views.moves import what_moved, what_moved_csv, what_moved_pdf, what_moved_picture
from reports.views.outreach.board import outreach_board
from reports.views.outreach.event import outreach_event_detail
from reports.views.pack import (
    closing_record,
    pack_cancel,
    pack_detail,
    pack_download,
    pack_job,
    pack_list,
    pack_zip,
    reconciliation_record,
)
from reports.views.pack_make import pack_make, pack_text
from reports.views.pack_setting import (
    pack_schedule_end,
    pack_schedule_list,
    pack_template_house,
    pack_template_list,
    pack_template_preview,
    pack_template_use,
)
from reports.views.payer_letter import PayerLetter
from reports.views.people import preparation, user_detail
from reports.views.plan import (
    plan_accept,
    plan_annex,
    plan_budget,
    plan_compare,
    plan_create,
    plan_edit,
    plan_list,
    plan_page,
)
from reports.views.plan_opened import plan_ceiling, plan_line, plan_month
from reports.views.pledge import region_pledges
from reports.views.practice import (
    practice,
    practice_begin,
    practice_end,
    practice_file,
    practice_over,
    practice_renew,
)
from reports.views.public import public_csv, public_index, public_region
from reports.views.region_board import region_board, region_index
from reports.views.regulations.duty import (
    duty_addressees,
    duty_board_page,
    duty_check,
    duty_evidence,
    duty_file,
    duty_index,
    duty_place,
)
from reports.views.regulations.duty_letter import duty_letter
from reports.views.regulations.duty_setting import duty_change, duty_record
from reports.views.regulations.legal_basis import LegalBasisPage, legal_basis_index
from reports.views.regulations.regulation import (
    regulation_detail,
    regulation_link,
    regulation_stages,
    regulation_unlink,
)
from reports.views.restatement import restatement_detail, restatement_list
from reports.views.search import EverythingSearch, search_suggest
from reports.views.share import region_card, region_share
from reports.views.statement import statement_detail, statement_list
from reports.views.status import region_status
from reports.views.target import target_page
from reports.views.used_plan import used_plan_page
from reports.views.verification import verify, verify_index

urlpatterns = [
    re_path(r"^catatan/unduh/(?P<kind>csv|xlsx)/$", ledger_export, name="ledger_export"),
    path("", home, name="home"),
    path("kiriman/<int:pk>/hasil/", list_effect, name="list_effect"),
    path("wilayah/", region_index, name="region_index"),
    path("wilayah/<str:code>/", region_board, name="region_board"),
    re_path(
        r"^wilayah/(?P<code>[^/]+)/(?P<tab>antarwilayah|kategori|uang|sumber|semua)/$",
        region_board,
        name="region_tab",
    ),
    path("wilayah/<str:code>/rapat/", meeting, name="meeting"),
    path("wilayah/<str:code>/bagikan/", region_share, name="region_share"),
    path("wilayah/<str:code>/kartu.png", region_card, name="region_card"),
    path("wilayah/<str:code>/banding/", region_comparison, name="region_comparison"),
    path("wilayah/<str:code>/banding.csv", region_comparison_csv, name="region_comparison_csv"),
    path("wilayah/<str:code>/banding.pdf", region_comparison_pdf, name="region_comparison_pdf"),
    path("wilayah/<str:code>/banding.png", region_comparison_picture, name="region_comparison_picture"),
    path("wilayah/<str:code>/perubahan/", what_moved, name="what_moved"),
    path("wilayah/<str:code>/perubahan.csv", what_moved_csv, name="what_moved_csv"),
    path("wilayah/<str:code>/perubahan.pdf", what_moved_pdf, name="what_moved_pdf"),
    re_path(
        r"^wilayah/(?P<code>[^/]+)/perubahan-(?P<picture>ucj|ditanggung|saldo)\.png$",
        what_moved_picture,
        name="what_moved_picture",
    ),
    path("wilayah/<str:code>/rencana-dipakai/", used_plan_page, name="used_plan"),
    path("wilayah/<str:code>/kebutuhan/", category_need, name="category_need"),
    path("wilayah/<str:code>/janji/", region_pledges, name="region_pledges"),
    path("wilayah/<str:code>/akhir-perlindungan/", cover_endings, name="cover_endings"),
    path(
        "wilayah/<str:code>/akhir-perlindungan/<str:month>/orang/",
        cover_ending_people,
        name="cover_ending_people",
    ),
    path(
        "wilayah/<str:code>/akhir-perlindungan/<str:month>/surat/",
        EndingLetter.as_view(),
        name="cover_ending_letter",
    ),
    path("wilayah/<str:code>/definisi/", region_definitions, name="region_definitions"),
    path("wilayah/<str:code>/status/", region_status, name="region_status"),
    re_path(
        r"^wilayah/(?P<code>[^/]+)/(?P<table>tren|peringkat|antarwilayah|angka)\.csv$",
        region_csv,
        name="region_csv",
    ),
    re_path(
        r"^wilayah/(?P<code>[^/]+)/(?P<tab>cakupan|antarwilayah|kategori|uang|sumber|semua)\.pdf$",
        region_pdf,
        name="region_pdf",
    ),
    re_path(
        r"^wilayah/(?P<code>[^/]+)/(?P<picture>tren|peta|kategori|bulanan)\.png$",
        region_picture,
        name="region_picture",
    ),
    path("angka/<str:code>/<str:period>/<str:measure>/", explanation, name="explanation"),
    path("angka/<str:code>/<str:period>/<str:measure>/tanya/", question_ask, name="question_ask"),
    path("pertanyaan/", question_list, name="question_list"),
    path("pertanyaan/<int:pk>/", question_detail, name="question_detail"),
    path("pertanyaan/<int:pk>/selesai/", question_settle, name="question_settle"),
    path("bukti/<str:code>/<str:period>/", evidence, name="evidence"),
    path("bulan/", month_matrix, name="month_matrix"),
    path("bulan/langkah/", month_bulk_step, name="month_bulk_step"),
    path("bulan/ingatkan/", month_remind, name="month_remind"),
    path("bulan/permintaan/<int:pk>/", reopening_decide, name="reopening_decide"),
    path("bulan/<str:code>/<str:month>/", month_page, name="month_page"),
    path("bulan/<str:code>/<str:month>/langkah/", month_step, name="month_step"),
    path("bulan/<str:code>/<str:month>/buka/", reopening_ask, name="reopening_ask"),
    path("penyajian-kembali/", restatement_list, name="restatement_list"),
    path("penyajian-kembali/<int:pk>/", restatement_detail, name="restatement_detail"),
    path("bulan/<str:code>/<str:month>/berita-acara/", closing_record, name="closing_record"),
    path("rekonsiliasi/<int:pk>/berita-acara/", reconciliation_record, name="reconciliation_record"),
    path("paket/", pack_list, name="pack_list"),
    path("paket/buat/", pack_make, name="pack_make"),
    path("paket/pembuatan/<int:pk>/", pack_job, name="pack_job"),
    path("paket/pembuatan/<int:pk>/batal/", pack_cancel, name="pack_cancel"),
    path("paket/pembuatan/<int:pk>/zip/", pack_zip, name="pack_zip"),
    path("paket/teks/<str:code>/<str:period>/", pack_text, name="pack_text"),
    path("paket/jadwal/", pack_schedule_list, name="pack_schedule_list"),
    path("paket/jadwal/<str:code>/hentikan/", pack_schedule_end, name="pack_schedule_end"),
    path("paket/lambang/", crest_list, name="crest_list"),
    path("paket/lambang/<str:code>/", crest_image, name="crest_image"),
    path("paket/lambang/<str:code>/hapus/", crest_remove, name="crest_remove"),
    path("paket/templat/", pack_template_list, name="pack_template_list"),
    path("paket/templat/bawaan/<str:face>/", pack_template_house, name="pack_template_house"),
    path("paket/templat/<int:pk>/", pack_template_preview, name="pack_template_preview"),
    path("paket/templat/<int:pk>/pakai/", pack_template_use, name="pack_template_use"),
    path("paket/<str:code>/", pack_detail, name="pack_detail"),
    path("paket/<str:code>/unduh/<str:face>/", pack_download, name="pack_download"),
    path("publik/", public_index, name="public_index"),
    path("publik/<str:code>/", public_region, name="public_region"),
    path("publik/<str:code>/angka.csv", public_csv, name="public_csv"),
    path("verifikasi/", verify_index, name="verify_index"),
    path("verifikasi/<str:code>/", verify, name="verify"),
    path("pendanaan-ganda/peserta/<int:pk>/surat/", PayerLetter.as_view(), name="double_funding_letter"),
    path("anggaran/", allocation_list, name="allocation_list"),
    path("rencana/", plan_list, name="plan_list"),
    path("rencana/baru/", plan_create, name="plan_create"),
    path("rencana/banding/", plan_compare, name="plan_compare"),
    path("rencana/<int:pk>/", plan_page, name="plan_page"),
    path("rencana/<int:pk>/baris/<int:place>/", plan_line, name="plan_line"),
    path("rencana/<int:pk>/bulan/<int:number>/", plan_month, name="plan_month"),
    path("rencana/<int:pk>/sumber/<slug:source>/", plan_ceiling, name="plan_ceiling"),
    path("rencana/<int:pk>/ubah/", plan_edit, name="plan_edit"),
    path("rencana/<int:pk>/pagu/", plan_budget, name="plan_budget"),
    path("rencana/<int:pk>/pakai/", plan_accept, name="plan_accept"),
    re_path(r"^rencana/(?P<pk>[0-9]+)/lampiran\.(?P<kind>xlsx|docx)$", plan_annex, name="plan_annex"),
    path("target/<str:code>/", target_page, name="target_page"),
    path("mulai/", first_day, name="first_day"),
    path("mulai/berikutnya/", first_day_next, name="first_day_next"),
    path("mulai/tutup/", first_day_away, name="first_day_away"),
    path("latihan/", practice, name="practice"),
    path("latihan/daftar.xlsx", practice_file, name="practice_file"),
    path("latihan/mulai/", practice_begin, name="practice_begin"),
    path("latihan/ulang/", practice_renew, name="practice_renew"),
    path("latihan/selesai/", practice_end, name="practice_end"),
    path("latihan/<int:number>/", practice_over, name="practice_over"),
    path("latihan/<int:number>/<path:rest>", practice_over, name="practice_over_below"),
    path("panduan/", handbook_index, name="handbook_index"),
    path("panduan/<slug:slug>/", handbook, name="handbook"),
    path("panduan/<slug:slug>.pdf", handbook_pdf, name="handbook_pdf"),
    path("tugas/", inbox, name="inbox"),
    path("cari/", EverythingSearch.as_view(), name="search"),
    path("cari/saran/", search_suggest, name="search_suggest"),
    path("pengguna/<int:pk>/", user_detail, name="user_detail"),
    path("sistem-lain/", exchange_list, name="exchange_list"),
    path("sistem-lain/tambah/", exchange_create, name="exchange_create"),
    path("sistem-lain/<slug:code>/", exchange_codes, name="exchange_codes"),
    path("sistem-lain/<slug:code>/hapus/", exchange_remove, name="exchange_remove"),
    path("pernyataan/", statement_list, name="statement_list"),
    path("pernyataan/<str:code>/", statement_detail, name="statement_detail"),
    path("regulasi/<int:pk>/", regulation_detail, name="regulation_detail"),
    path("regulasi/<int:pk>/tahap/", regulation_stages, name="regulation_stages"),
    path("regulasi/<int:pk>/hubungan/", regulation_link, name="regulation_link"),
    path("regulasi/<int:pk>/hubungan/<int:link>/hapus/", regulation_unlink, name="regulation_unlink"),
    path("rapat/<int:pk>/", minutes_detail, name="minutes_detail"),
    path("rapat/<int:pk>/notula.docx", minutes_file, name="minutes_file"),
    path("sosialisasi/<int:pk>/", outreach_event_detail, name="outreach_event_detail"),
    path("paritrana/", dossier_index, name="dossier_index"),
    path("wilayah/<str:code>/paritrana/", dossier, name="dossier"),
    path("wilayah/<str:code>/paritrana.docx", dossier_file, name="dossier_file"),
    path("wilayah/<str:code>/sosialisasi/", outreach_board, name="outreach_board"),
    path("kewajiban/", duty_index, name="duty_index"),
    path("kewajiban/catat/", duty_record, name="duty_record"),
    path("kewajiban/bukti/<int:pk>/", duty_evidence, name="duty_evidence"),
    path("kewajiban/bukti/<int:pk>/periksa/", duty_check, name="duty_check"),
    path("kewajiban/<int:pk>/ubah/", duty_change, name="duty_change"),
    path("kewajiban/<int:pk>/bukti/<str:code>/", duty_file, name="duty_file"),
    path("kewajiban/wilayah/<str:code>/", duty_place, name="duty_place"),
    path("kewajiban/wilayah/<str:code>/surat/", duty_letter, name="duty_letter"),
    path("kewajiban/wilayah/<str:code>/<int:pk>/", duty_addressees, name="duty_addressees"),
    path("kewajiban/matriks/<str:code>/", duty_board_page, name="duty_board"),
    path("dasar-hukum/", legal_basis_index, name="legal_basis_index"),
    path("dasar-hukum/<str:code>/", LegalBasisPage.as_view(), name="legal_basis"),
    path("persiapan/", preparation, name="preparation"),
    path("definisi/", definitions, name="definitions"),
    path("definisi/usul/", definition_propose, name="definition_propose"),
    path("definisi/<slug:code>/", definition_detail, name="definition_detail"),
    path("definisi/<slug:code>/putuskan/", definition_decide, name="definition_decide"),
    path("pekerjaan/", jobs, name="jobs"),
    path("pekerjaan/<str:code>/coba/", job_retry, name="job_retry"),
    path("api/v1/", include("reports.api.urls")),
]
