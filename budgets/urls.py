from django.urls import path

from budgets.views.allocation import AllocationCorrect, AllocationRecord
from budgets.views.arrears import arrears, arrears_index
from budgets.views.claim import ClaimCorrect, ClaimList, ClaimRecord
from budgets.views.construction_project import (
    ConstructionProjectCorrect,
    ConstructionProjectList,
    ConstructionProjectRecord,
    ProjectCountCorrect,
    ProjectCountList,
    ProjectCountRecord,
)
from budgets.views.contribution import ContributionCorrect, ContributionList, ContributionRecord
from budgets.views.double_funding import double_funding, double_funding_person
from budgets.views.double_funding_export import double_funding_export
from budgets.views.employer import EmployerCorrect, EmployerList, EmployerRecord
from budgets.views.money_batch import (
    money_batch_cancel,
    money_batch_comma,
    money_batch_confirm,
    money_batch_detail,
    money_batch_list,
    money_batch_marked,
    money_batch_send,
    money_batch_titles,
    money_batch_undo,
    money_template,
)
from budgets.views.money_month import (
    MoneyMonthGrid,
    MoneyMonthNone,
    MoneyMonthRow,
    MoneyMonthUndo,
)
from budgets.views.pledge import (
    PledgeCorrect,
    PledgeList,
    PledgePaymentCorrect,
    PledgePaymentList,
    PledgePaymentRecord,
    PledgeRecord,
)
from budgets.views.realisation import RealisationCorrect, RealisationList, RealisationRecord
from budgets.views.reconciliation import (
    reconciliation_agreement,
    reconciliation_csv,
    reconciliation_detail,
    reconciliation_list,
    reconciliation_make,
    reconciliation_sign,
)
from budgets.views.tariff import tariff_calculator, tariff_table, tariff_timeline
from budgets.views.wage_base import WageBaseCorrect, WageBaseList, WageBaseRecord

urlpatterns = [
    path("iuran/", ContributionList.as_view(), name="contribution_list"),
    path("iuran/catat/", ContributionRecord.as_view(), name="contribution_record"),
    path("iuran/<int:pk>/koreksi/", ContributionCorrect.as_view(), name="contribution_correct"),
    path("klaim/", ClaimList.as_view(), name="claim_list"),
    path("klaim/catat/", ClaimRecord.as_view(), name="claim_record"),
    path("klaim/<int:pk>/koreksi/", ClaimCorrect.as_view(), name="claim_correct"),
]

urlpatterns += [
    path("pemberi-kerja/", EmployerList.as_view(), name="employer_list"),
    path("pemberi-kerja/catat/", EmployerRecord.as_view(), name="employer_record"),
    path("pemberi-kerja/<int:pk>/koreksi/", EmployerCorrect.as_view(), name="employer_correct"),
]

_MONTH = "isian/<str:code>/<str:month>/uang/"
urlpatterns += [
    path(_MONTH, MoneyMonthGrid.as_view(), name="money_month"),
    path(f"{_MONTH}baris/", MoneyMonthRow.as_view(), name="money_month_row"),
    path(f"{_MONTH}urungkan/", MoneyMonthUndo.as_view(), name="money_month_undo"),
    path(f"{_MONTH}tidak-ada/", MoneyMonthNone.as_view(), name="money_month_none"),
]

urlpatterns += [
    path("janji/", PledgeList.as_view(), name="pledge_list"),
    path("janji/catat/", PledgeRecord.as_view(), name="pledge_record"),
    path("janji/<int:pk>/koreksi/", PledgeCorrect.as_view(), name="pledge_correct"),
    path("janji/pembayaran/", PledgePaymentList.as_view(), name="pledge_payment_list"),
    path("janji/pembayaran/catat/", PledgePaymentRecord.as_view(), name="pledge_payment_record"),
    path("janji/pembayaran/<int:pk>/koreksi/", PledgePaymentCorrect.as_view(), name="pledge_payment_correct"),
]

_PROJECTS = "proyek-konstruksi"
urlpatterns += [
    path(f"{_PROJECTS}/", ConstructionProjectList.as_view(), name="construction_project_list"),
    path(f"{_PROJECTS}/catat/", ConstructionProjectRecord.as_view(), name="construction_project_record"),
    path(
        f"{_PROJECTS}/<int:pk>/koreksi/",
        ConstructionProjectCorrect.as_view(),
        name="construction_project_correct",
    ),
    path(f"{_PROJECTS}/jumlah/", ProjectCountList.as_view(), name="project_count_list"),
    path(f"{_PROJECTS}/jumlah/catat/", ProjectCountRecord.as_view(), name="project_count_record"),
    path(
        f"{_PROJECTS}/jumlah/<int:pk>/koreksi/", ProjectCountCorrect.as_view(), name="project_count_correct"
    ),
]

urlpatterns += [
    path("pendanaan-ganda/", double_funding, name="double_funding_list"),
    path("pendanaan-ganda/unduh/", double_funding_export, name="double_funding_export"),
    path("pendanaan-ganda/peserta/<int:pk>/", double_funding_person, name="double_funding_person"),
]

urlpatterns += [
    path("tarif/", tariff_calculator, name="tariff_calculator"),
    path("tarif/daftar/", tariff_table, name="tariff_table"),
    path("tarif/waktu/", tariff_timeline, name="tariff_timeline"),
    path("tarif/dasar-upah/", WageBaseList.as_view(), name="wage_base_list"),
    path("tarif/dasar-upah/catat/", WageBaseRecord.as_view(), name="wage_base_record"),
    path("tarif/dasar-upah/<int:pk>/koreksi/", WageBaseCorrect.as_view(), name="wage_base_correct"),
    path("anggaran/catat/", AllocationRecord.as_view(), name="allocation_record"),
    path("anggaran/<int:pk>/koreksi/", AllocationCorrect.as_view(), name="allocation_correct"),
    path("anggaran/realisasi/", RealisationList.as_view(), name="realisation_list"),
    path("anggaran/realisasi/catat/", RealisationRecord.as_view(), name="realisation_record"),
    path("anggaran/realisasi/<int:pk>/koreksi/", RealisationCorrect.as_view(), name="realisation_correct"),
]

urlpatterns += [
    path("anggaran/berkas/", money_batch_list, name="money_batch_list"),
    path("anggaran/berkas/kirim/<slug:kind>/", money_batch_send, name="money_batch_send"),
    path("anggaran/berkas/templat/<slug:kind>/", money_template, name="money_template"),
    path("anggaran/berkas/<int:pk>/", money_batch_detail, name="money_batch_detail"),
    path("anggaran/berkas/<int:pk>/simpan/", money_batch_confirm, name="money_batch_confirm"),
    path("anggaran/berkas/<int:pk>/judul/", money_batch_titles, name="money_batch_titles"),
    path("anggaran/berkas/<int:pk>/koma/", money_batch_comma, name="money_batch_comma"),
    path("anggaran/berkas/<int:pk>/batal/", money_batch_cancel, name="money_batch_cancel"),
    path("anggaran/berkas/<int:pk>/tarik/", money_batch_undo, name="money_batch_undo"),
    path("anggaran/berkas/<int:pk>/bertanda/", money_batch_marked, name="money_batch_marked"),
]

urlpatterns += [
    path("tunggakan/", arrears_index, name="arrears_index"),
    path("tunggakan/<str:code>/", arrears, name="arrears"),
]

urlpatterns += [
    path("rekonsiliasi/", reconciliation_list, name="reconciliation_list"),
    path("rekonsiliasi/buat/", reconciliation_make, name="reconciliation_make"),
    path("rekonsiliasi/<int:pk>/", reconciliation_detail, name="reconciliation_detail"),
    path("rekonsiliasi/<int:pk>/kesepakatan/", reconciliation_agreement, name="reconciliation_agreement"),
    path("rekonsiliasi/<int:pk>/setujui/", reconciliation_sign, name="reconciliation_sign"),
    path("rekonsiliasi/<int:pk>/orang.csv", reconciliation_csv, name="reconciliation_csv"),
]
