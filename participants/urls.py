from django.urls import path

from participants.views.duplicate import DuplicateDecide, DuplicateList
from participants.views.headcount import HeadcountCorrect, HeadcountList, HeadcountRecord
from participants.views.membership_count import (
    MembershipCountCorrect,
    MembershipCountList,
    MembershipCountRecord,
)
from participants.views.overlap import overlap_matrix, overlap_persons
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
]

# One person counted once: suspected doubles, and who is in two categories.
urlpatterns += [
    path("peserta/ganda/", DuplicateList.as_view(), name="duplicate_list"),
    path("peserta/ganda/<int:pk>/", DuplicateDecide.as_view(), name="duplicate_decide"),
    path("peserta/tumpang-tindih/", overlap_matrix, name="overlap_matrix"),
    path("peserta/tumpang-tindih/orang/", overlap_persons, name="overlap_persons"),
]
