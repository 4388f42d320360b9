"""Commands that do one thing to one account, with a reason, in the name of the system."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import override

from regions.errors import AccountRefused
from regions.models import User
from regions.prepared import PreparedCommand
from regions.selectors.user import find_user
from regions.services.assignment import lock_account, locked_administrator
from regions.services.user import ensure_system_user


class AccountCommand(PreparedCommand):
    """`service` takes the account, `reason` and `by`; `done` says so, with the user name in it."""

    service: ClassVar[Callable[..., User]]
    done: ClassVar[str]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="NAMA")
        parser.add_argument("--reason", required=True, metavar="ALASAN", help="tercatat dalam log aktivitas")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("id"), transaction.atomic():
            by = locked_administrator(ensure_system_user())
            person = find_user(options["username"])
            if person is None:
                raise CommandError(f"Tidak ada akun {options['username']}.")
            lock_account(person.pk)
            person.refresh_from_db()
            try:
                type(self).service(person, reason=options["reason"], by=by)
            except AccountRefused as refused:
                raise CommandError(refused.sentence) from refused
        self.stdout.write(self.done % {"name": person.username})
