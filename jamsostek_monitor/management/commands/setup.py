import os
from collections.abc import Iterable
from getpass import getpass
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import override

from jamsostek_monitor.first_start import administrator, answers
from jamsostek_monitor.first_start.checks import (
    Check,
    check_https,
    check_keys,
    check_mail,
    check_role,
    check_services,
)
from jamsostek_monitor.kept_settings import keep_settings, kept_settings
from regions.models import User
from regions.selectors.user import has_example_people

_QUESTIONS = (*answers.QUESTIONS, *answers.MAIL_QUESTIONS, answers.BACKUP)


class Command(BaseCommand):
    help = "Menyiapkan pemasangan untuk kantor: alamat, wilayah, surel, kunci, administrator. Aman diulang."
    # They ask the database, which may be away.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        for question in _QUESTIONS:
            parser.add_argument(f"--{question.flag.replace('_', '-')}", help=question.words)
        parser.add_argument("--office", help="kode kantor BPJS sebagai ganti --region, misalnya kc-cilegon")
        parser.add_argument("--mail-without-tls", action="store_true", help="server surel tanpa STARTTLS")
        parser.add_argument("--mail-test", metavar="ALAMAT", help="kirim surel uji ke alamat ini")
        parser.add_argument(
            "--admin", metavar="NAMA", help="nama pengguna administrator; kata sandinya ditanyakan"
        )
        parser.add_argument("--admin-name", help="nama lengkap administrator")
        parser.add_argument("--admin-email", default="", help="surel administrator")
        parser.add_argument(
            "--no-input", action="store_true", help="jangan bertanya; administrator mendapat tautan undangan"
        )

        parser.add_argument(
            "--skip-prepare", action="store_true", help="basis data sudah disiapkan dengan perintah prepare"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with override("id"):
            self._set_up(options)

    def _set_up(self, options: dict[str, Any]) -> None:
        self._demand(check_services())
        if not options["skip_prepare"]:
            call_command("prepare", without_examples=True, stderr=self.stderr)
        if has_example_people():
            raise CommandError(
                "Basis data ini berisi data contoh. Pakai basis data kosong: setel DATABASE_URL, atau "
                "JAMSOSTEK_VAR ke folder lain, lalu ulangi."
            )
        call_command("make_ledger_key", stderr=self.stderr)
        self._demand(check_keys())
        # A server may have one role only; it works, and setup says what that means.
        self.stdout.write(str(check_role()))
        given = self._ask(options)
        settings = self._settings(given, options)
        path = keep_settings({"EXAMPLE_DATA": "0", **settings})
        self.stdout.write(str(Check(True, f"Setelan disimpan di {path}; dibaca saat server dimulai.")))
        self.stdout.write(str(check_https(settings)))
        self._mail(settings, options)
        self._administrator(settings["PUBLIC_URL"], options)
        self.stdout.write("Selesai. Jalankan (ulang) ./script/server, masuk, lalu buka halaman Persiapan.")

    def _demand(self, checks: Iterable[Check]) -> None:
        found = list(checks)
        self.stdout.write("\n".join(map(str, found)))
        if not all(check.is_good for check in found):
            raise CommandError("Perbaiki yang bertanda [kurang], lalu jalankan setup lagi.")

    def _ask(self, options: dict[str, Any]) -> dict[str, str]:
        """Answers by flag: as given, as typed, or as kept from an earlier time."""
        kept = kept_settings()
        given: dict[str, str] = {}
        for question in _QUESTIONS:
            # What the environment says goes first when the server starts, so it is what is proposed.
            before = os.environ.get(question.setting) or kept.get(question.setting, "")
            if options[question.flag] is not None:
                given[question.flag] = options[question.flag]
            elif options["no_input"] or self._needless(question, given, options):
                given[question.flag] = before
            else:
                given[question.flag] = self._typed(question, before)
        given["mail_password"] = _mail_password(
            kept, is_asked_for=bool(given["mail_host"]) and not options["no_input"]
        )
        return given

    def _typed(self, question: answers.Question, before: str) -> str:
        """Asked again where the answer cannot be used, so that one slip loses none of the others."""
        shown = f" [{before}]" if before else ""
        while True:
            answer = input(f"{question.words}{shown}: ").strip() or before
            try:
                answers.check_answer(question, answer)
            except answers.BadAnswer as error:
                self.stderr.write(str(error))
            else:
                return answer

    def _needless(self, question: answers.Question, given: dict[str, str], options: dict[str, Any]) -> bool:
        of_mail = question.flag.startswith("mail_") and question.flag != "mail_host"
        return bool(
            (of_mail and not given.get("mail_host")) or (question.flag == "region" and options["office"])
        )

    def _settings(self, given: dict[str, str], options: dict[str, Any]) -> dict[str, str]:
        given["mail_without_tls"] = "1" if options["mail_without_tls"] else ""
        try:
            settings = answers.settings_of_url(given["url"]) | answers.settings_of_mail(given)
            settings |= answers.settings_of_backup(given["backup_dir"])
            if options["office"]:
                settings |= answers.settings_of_office(options["office"])
            elif given["region"]:
                settings |= answers.settings_of_region(given["region"])
        except answers.BadAnswer as error:
            raise CommandError(str(error)) from error
        return settings

    def _mail(self, settings: dict[str, str], options: dict[str, Any]) -> None:
        if not settings["EMAIL_HOST"]:
            remedy = (
                "Undangan harus disalin dari halaman. Jalankan setup lagi dengan --mail-host bila sudah ada."
            )
            self.stdout.write(str(Check(False, "Surel belum disetel.", remedy)))
            return
        to = options["mail_test"]
        if to is None and not options["no_input"]:
            to = input("Kirim surel uji ke alamat (kosong: tidak): ").strip()
        if to:
            self.stdout.write(str(check_mail(settings, to)))

    def _administrator(self, url: str, options: dict[str, Any]) -> None:
        known = administrator.administrators()
        if known:
            names = ", ".join(str(one) for one in known)
            self.stdout.write(str(Check(True, f"Administrator sudah ada: {names}.")))
            return
        wanted = _wanted(options)
        if options["no_input"]:
            address = f"{url}{reverse('link_open', args=[administrator.invite_administrator(wanted)])}"
            self.stdout.write(f"Tautan bagi administrator, berlaku sekali saja:\n{address}")
            return
        if problem := administrator.username_problem(wanted.username):
            raise CommandError(problem)
        owner = User(username=wanted.username, full_name=wanted.full_name, email=wanted.email)
        password = administrator.typed_password(owner, self.stderr.write)
        administrator.make_administrator(wanted, password)
        self.stdout.write(str(Check(True, f"Administrator {wanted.username} dibuat.")))


def _wanted(options: dict[str, Any]) -> administrator.Wanted:
    username, name = options["admin"] or "", options["admin_name"] or ""
    if not options["no_input"]:
        username = username or input("Nama pengguna administrator: ").strip()
        name = name or input("Nama lengkap administrator: ").strip()
    return administrator.Wanted(username, name or username or "Administrator", options["admin_email"])


def _mail_password(kept: dict[str, str], *, is_asked_for: bool) -> str:
    """Never by a flag, which every process list shows: scripts set the variable."""
    setting = answers.MAIL_PASSWORD.setting
    before = os.environ.get(setting) or kept.get(setting, "")
    typed = getpass(f"{answers.MAIL_PASSWORD.words}: ") if is_asked_for else ""
    return typed or before
