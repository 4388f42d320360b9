"""The example people: invented, and created only where example data are switched on."""

from dataclasses import dataclass

from regions.roles import Role

# Printed on the sign-in page of an example installation, so it is no secret.
EXAMPLE_PASSWORD = "contoh-jamsostek-2025"  # noqa: S105


@dataclass(frozen=True)
class ExampleSignin:
    username: str
    full_name: str
    role: Role
    place: str
    region_code: str | None = None
    office_code: str | None = None
    title: str = ""

    @property
    def role_label(self) -> str:
        return str(self.role.label)

    @property
    def password(self) -> str:
        return EXAMPLE_PASSWORD


SIGNINS = (
    ExampleSignin("wayan", "Wayan Contoh", Role.OPERATOR, "Kota Cilegon", "36.72", title="Staf Disnaker"),
    ExampleSignin("siti", "Siti Contoh", Role.SUPERVISOR, "Kota Cilegon", "36.72", title="Kepala Bidang HI"),
    ExampleSignin("budi", "Budi Contoh", Role.OPERATOR, "Kota Serang", "36.73", title="Staf Disnaker"),
    ExampleSignin("ratna", "Ratna Contoh", Role.VIEWER, "Provinsi Banten", "36", title="Sekretaris Daerah"),
    ExampleSignin(
        "anton",
        "Anton Contoh",
        Role.BRANCH_HEAD,
        "Kantor Cabang Contoh",
        office_code="contoh-cilegon-serang",
        title="Kepala Kantor Cabang",
    ),
    ExampleSignin("dewi", "Dewi Contoh", Role.PLANNER, "Indonesia", "ID", title="Perencana Bappeda"),
    ExampleSignin("hadi", "Hadi Contoh", Role.VIEWER, "Kota Cilegon", "36.72", title="Wali Kota"),
    ExampleSignin("lestari", "Lestari Contoh", Role.AUDITOR, "Provinsi Banten", "36", title="Inspektorat"),
    ExampleSignin("admin", "Admin Contoh", Role.ADMINISTRATOR, "Indonesia", "ID", title="Administrator"),
)
