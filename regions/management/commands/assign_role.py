from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate

from regions.models import User
from regions.prepared import PreparedCommand
from regions.roles import Role
from regions.selectors.office import find_office
from regions.selectors.region import find_region
from regions.selectors.user import find_user
from regions.services.user import assign_role, ensure_system_user


class Command(PreparedCommand):
    help = "Memberi peran kepada pengguna pada sebuah wilayah atau kantor, berlaku mulai hari ini."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=Role.values)
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--region", metavar="KODE", help="wilayah, misalnya 36.72")
        place.add_argument("--office", metavar="KODE", help="kantor BPJS, misalnya kc-cilegon")
        parser.add_argument(
            "--until", metavar="TANGGAL", help="tidak berlaku lagi sejak, misalnya 2027-01-01"
        )
        parser.add_argument("--title", default="", metavar="JABATAN")

    def handle(self, *args: Any, **options: Any) -> None:
        user = _user(options["username"])
        role, region, office = Role(options["role"]), options["region"], options["office"]
        if region and find_region(region) is None:
            raise CommandError(f"Wilayah {region} tidak dikenal. Contoh: --region 36.72")
        if office and find_office(office) is None:
            raise CommandError(f"Kantor {office} tidak dikenal. Contoh: --office kc-cilegon")
        assign_role(
            user=user,
            role=role,
            region_code=region,
            office_code=office,
            title=options["title"],
            valid_until=_day(options["until"]),
            by=ensure_system_user(),
        )
        place = f"wilayah {region}" if region else f"kantor {office}"
        self.stdout.write(f"{user.username}: {role.label}, {place}")


def _user(username: str) -> User:
    user = find_user(username)
    if user is None:
        raise CommandError(f"Pengguna {username} tidak ada. Undang lewat halaman Pengguna.")
    return user


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} bukan tanggal. Contoh: --until 2027-01-01") from error
    if day <= localdate():
        raise CommandError(f"{text} sudah lewat; peran itu tidak akan pernah berlaku.")
    return day
