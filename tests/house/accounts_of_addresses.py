"""What stands behind the addresses of people, programs, offices and other systems: their arguments."""

from datetime import date

from participants.enums import ExtraAbout
from regions.cipher import seal
from regions.enums import InstitutionKind
from regions.hook_signature import new_secret
from regions.models import Hook, Region
from regions.roles import Role
from regions.services.api_token import make_api_token
from regions.services.assignment import Grant
from regions.services.hook import send_test
from regions.services.institution import create_institution
from regions.services.invitation import offer_reset
from regions.services.program import make_program, make_program_token
from regions.services.user import ensure_system_user
from reports.services.exchange import create_system
from reports.services.statement import keep_check
from tests.cast import KOTA_A
from tests.participants.extra_fields import make_field


def accounts_of(cast):
    """Arguments of the addresses of people: those of Wayan, and a link to a new password for him."""
    wayan = [cast.wayan.pk]
    link = [offer_reset(user_id=cast.wayan.pk, by=cast.admin).link.pk]
    pages = ("detail", "grant", "switch", "reset", "factor", "office")
    found = dict.fromkeys(("viewing_begin", *(f"user_{page}" for page in pages)), wayan)
    token = make_api_token(
        by=cast.wayan, assignment_id=cast.wayan.assignments.get().pk, name="Dasbor", days=30
    )
    found["api_token_revoke"] = [token.row.pk]
    found |= hooks_of(cast) | programs_of(cast)
    found |= {"link_send_again": link, "link_revoke": link, "link_open": ["never-made"]}
    found |= {"mfa_edit_webauthn": [1], "mfa_remove_webauthn": [1]}
    found["account_reset_password_from_key"] = ["never", "made"]
    found["assignment_end"] = [cast.wayan.pk, cast.wayan.assignments.get().pk]
    return found


def programs_of(cast):
    """Arguments of the addresses of a program of Kota A, with a token."""
    grant = Grant(role=Role.OPERATOR, region=Region.objects.get(code=KOTA_A), reason="SK 1")
    account = make_program(
        name="Aplikasi Desa", purpose="uji", keeper_id=cast.wayan.pk, grant=grant, by=cast.admin
    )
    token = make_program_token(user_id=account.pk, name="uji", days=9, may_write=True, by=cast.admin)
    found = {f"program_{page}": [account.pk] for page in ("detail", "keeper")}
    return {**found, "program_token_revoke": [account.pk, token.row.pk]}


def hooks_of(cast):
    """Arguments of the addresses of notices to programs: one of Wayan's, with a delivery."""
    hook = Hook.objects.create(
        owner=cast.wayan,
        assignment=cast.wayan.assignments.get(),
        name="Dasbor",
        url="https://kait.contoh.go.id/",
        events=["month.closed"],
        secret_sealed=seal(new_secret()),
    )
    delivery = send_test(pk=hook.pk, by=cast.wayan)
    pages = ("detail", "test", "secret", "stop")
    found = {**{f"hook_{page}": [hook.pk] for page in pages}, "hook_replay": [hook.pk, delivery.pk]}
    return found | {"api_hook": [hook.pk], "api_hook_deliveries": [hook.pk]}


def check_of(siti):
    told = {"statement": "Klaim Rp790.000.000.", "region_code": KOTA_A, "source": "Uji"}
    return {"statement_detail": [keep_check(**told, day=date(2025, 7, 31), by=siti).pk]}


def of_another_system(cast):
    create_system(code="uji", label="Sistem Uji", region_code=KOTA_A, by=ensure_system_user())
    found = dict.fromkeys(("exchange_codes", "exchange_remove", "api_data_values"), ("uji",))
    return found | check_of(cast.siti)


def of_an_office():
    row = create_institution(
        region_code=KOTA_A, name="Dinas Uji", kind=InstitutionKind.OPD, by=ensure_system_user()
    )
    return {key: [row.pk] for key in ("institution_change", "institution_categories")}


def fields_of_an_office(admin):
    """One of persons, which the addresses of persons then show too, and one of months."""
    field = make_field(admin)
    make_field(admin, about=ExtraAbout.MONTH, name="Agen Perisai 7")
    return {key: [field.pk] for key in ("extra_field_change", "extra_field_end")}
