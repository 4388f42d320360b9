from typing import Any

from django.core.management.base import CommandError, CommandParser

from regions.prepared import PreparedCommand
from regions.roles import Role
from regions.selectors.region import find_region
from regions.selectors.user import find_user
from regions.services.user import assign_role, ensure_system_user


class Command(PreparedCommand):
    help = "Memberi peran kepada pengguna pada sebuah wilayah, berlaku mulai hari ini."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--region", required=True, metavar="KODE")

    def handle(self, *args: Any, username: str, role: str, region: str, **options: Any) -> None:
        user = find_user(username)
        if user is None:
            raise CommandError(f"Pengguna {username} tidak ada. Buat dahulu dengan createsuperuser.")
        if find_region(region) is None:
            raise CommandError(f"Wilayah {region} tidak dikenal. Contoh: --region 36.72")
        assign_role(user=user, role=Role(role), region_code=region, by=ensure_system_user())
        self.stdout.write(f"{username}: {Role(role).label}, wilayah {region}")
