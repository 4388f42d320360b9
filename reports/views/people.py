"""One person: roles, what was done to the account, and what waits for the person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from regions.access import require_anywhere
from regions.roles import Permission
from regions.selectors.act import name_acts
from regions.selectors.dormant import is_dormant
from regions.selectors.people import list_acts_about, list_holders, roles_of
from regions.selectors.reach import get_person
from regions.selectors.second_factor import has_second_factor
from regions.selectors.user import has_office_account
from regions.signed_in import SignedInRequest
from reports.selectors.preparation import get_preparation
from reports.selectors.tasks.inbox import list_tasks
from reports.selectors.tasks.unfinished import list_unfinished

_SHOWN = 10


@require_safe
def user_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_USERS)
    person = get_person(request.user, pk)
    roles = roles_of(request.user, person)
    holders = list_holders(request.user, roles.current)
    tasks = list_tasks(person)
    context = {
        "person": person,
        "is_self": person == request.user,
        "may_end": person != request.user,
        "is_dormant": is_dormant(person),
        "has_second_factor": has_second_factor(person),
        "has_office_account": has_office_account(person),
        "roles": roles,
        "succession": [(one, holders.get(one.pk, [])) for one in roles.current],
        "tasks": tasks[:_SHOWN],
        "task_count": len(tasks),
        "unfinished": list_unfinished(request.user, person),
        "acts": name_acts(list_acts_about(request.user, person)),
    }
    return render(request, "reports/user_detail.html", context)


@require_safe
def preparation(request: SignedInRequest) -> HttpResponse:
    """What is still missing before the first month can be closed."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    found = get_preparation(request.user, request.GET.get("wilayah", ""))
    return render(request, "reports/preparation.html", {"preparation": found})
