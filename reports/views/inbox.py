from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import home_codes
from regions.errors import OutsideScope
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file
from reports.selectors.tasks.alert import list_alerts
from reports.selectors.tasks.inbox import list_tasks
from reports.selectors.tasks.mail import list_mails
from reports.selectors.tasks.task import Task


@require_safe
def inbox(request: SignedInRequest) -> HttpResponseBase:
    """What waits for this person, and what crossed a threshold in their regions."""
    if not home_codes(request.user):
        raise OutsideScope("no region")
    tasks = list_tasks(request.user)
    if asked_file(request):
        head = [_("tugas"), _("kode_wilayah"), _("wilayah"), _("jatuh_tempo"), _("terlambat")]
        head += [_("diingatkan_oleh"), _("pesan")]
        return table_file(request, name="tugas", subject=_("tugas"), header=head, rows=map(_cells, tasks))
    context = {
        "tasks": tasks,
        "alerts": list_alerts(request.user),
        "mails": list_mails(request.user),
        "mail_is_on": bool(settings.EMAIL_HOST),
    }
    return render(request, "reports/inbox.html", context)


def _cells(task: Task) -> list[object]:
    due = [task.due.isoformat() if task.due else "", _("ya") if task.is_late else _("tidak")]
    reminder = [str(task.reminder.by), task.reminder.text] if task.reminder else ["", ""]
    return [task.title, task.region.pk, task.region.full_label, *due, *reminder]
