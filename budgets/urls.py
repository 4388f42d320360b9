from django.urls import path

from budgets.views.claim import ClaimCorrect, ClaimList, ClaimRecord
from budgets.views.contribution import ContributionCorrect, ContributionList, ContributionRecord
from budgets.views.double_funding import double_funding

urlpatterns = [
    path("iuran/", ContributionList.as_view(), name="contribution_list"),
    path("iuran/catat/", ContributionRecord.as_view(), name="contribution_record"),
    path("iuran/<int:pk>/koreksi/", ContributionCorrect.as_view(), name="contribution_correct"),
    path("klaim/", ClaimList.as_view(), name="claim_list"),
    path("klaim/catat/", ClaimRecord.as_view(), name="claim_record"),
    path("klaim/<int:pk>/koreksi/", ClaimCorrect.as_view(), name="claim_correct"),
]

urlpatterns += [path("pendanaan-ganda/", double_funding, name="double_funding_list")]
