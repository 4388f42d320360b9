"""Links that open once: to an account with the role they carry, and to a new password."""

import logging
import re
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from regions.enums import Acting, LinkState
from regions.errors import AccountRefused, OutsideScope
from regions.forms.people import AcceptanceForm
from regions.link_token import HiddenTokens, digest_of
from regions.models import Act, Assignment, Invitation, User
from regions.roles import Role
from regions.selectors.invitation import find_link, list_links
from regions.services.invitation import (
    Acceptance,
    accept,
    invite,
    offer_reset,
    revoke,
    send_again,
    use_reset,
)
from regions.services.spent_link import forget_spent_links
from regions.services.user import assign_role
from tests.administrators import administrator, grant_at, invited
from tests.cast import KOTA_A, KOTA_B, PASSWORD, PROVINCE
from tests.regions.days import TODAY

NEW = {"username": "joko.new", "full_name": "Joko Baru", "password": "sawah-hijau-luas-77"}
TYPED = {**NEW, "again": NEW["password"]}
pytestmark = pytest.mark.usefixtures("cast_once", "on_that_day")


@pytest.fixture
def arif(cast):
    return administrator("arif", KOTA_A)


def opened(token, client=None):
    """A browser that has followed the link: the client and the page."""
    client = client or Client()
    moved = client.get(reverse("link_open", args=[token]))
    assert (moved.status_code, moved.url, moved["Referrer-Policy"], moved["Cache-Control"]) == (
        *(302, "/undangan/"),
        "no-referrer",
        "no-store, private",
    )
    return client, client.get(moved.url)


def test_an_invitation_gives_an_account_its_role_from_that_day_on(cast, arif):
    ends = TODAY + timedelta(days=90)
    grant = grant_at(KOTA_A, Role.SUPERVISOR, title="Kabid", acting=Acting.PJ, valid_until=ends)
    made = invited(arif, grant, full_name="Joko", email="joko@contoh.go.id")
    user = accept(token=made.token, acceptance=Acceptance(NEW["full_name"], NEW["username"], NEW["password"]))
    role = user.assignments.get()
    assert (user.username, user.full_name, user.email, user.invited_by) == (
        "joko.new",
        "Joko Baru",
        "joko@contoh.go.id",
        arif,
    )
    assert user.check_password(NEW["password"])
    assert (role.role_words, role.place, role.title, role.reason) == (
        "Pj. Verifikator",
        "Kota Cilegon",
        "Kabid",
        "SK 1/2026",
    )
    assert (role.valid_from, role.valid_until, role.granted_by) == (TODAY, ends, arif)
    verbs = list(Act.objects.order_by("-pk").values_list("actor_name", "verb", "subject")[:3])
    assert verbs == [
        ("joko.new", "invitation_used", "Joko: Pj. Verifikator"),
        ("arif", "assigned", "joko.new: Pj. Verifikator"),
        ("arif", "invited", "Joko: Pj. Verifikator"),
    ]


def test_the_token_is_stored_nowhere(cast, arif):
    made = invited(arif)
    link = Invitation.objects.get()
    assert link.token_digest == digest_of(made.token)
    everything = [*Invitation.objects.values_list(), *Act.objects.values_list()]
    assert made.token not in repr(everything)


def dead_links(arif):
    """Why a link opens nothing → its token."""
    tokens = {"never made": "bukan-tautan"}
    for why in ("used", "revoked", "expired", "sent again", "inviter ended", "inviter off", "role over"):
        by = administrator(f"pembuat-{len(tokens)}", KOTA_A)
        made = invited(by)
        tokens[why] = made.token
        if why == "used":
            accept(token=made.token, acceptance=Acceptance("A", "sudah", NEW["password"]))
        elif why == "revoked":
            revoke(link_id=made.link.pk, by=by)
        elif why == "expired":
            Invitation.objects.filter(pk=made.link.pk).update(expires_at=now())
        elif why == "sent again":
            send_again(link_id=made.link.pk, by=by)
        elif why == "inviter ended":
            by.assignments.update(valid_until=TODAY)
        elif why == "role over":
            Invitation.objects.filter(pk=made.link.pk).update(valid_until=TODAY)
        else:
            User.objects.filter(pk=by.pk).update(is_active=False)
        Invitation.objects.filter(pk=made.link.pk).update(full_name=f"Orang {why}")
    return tokens


def test_all_dead_links_give_one_and_the_same_page_and_no_account(cast, arif, client_of):
    pages, people = set(), None
    for token in dead_links(arif).values():
        people = User.objects.count()
        client, _page = opened(token)
        answer = client.post(reverse("link_page"), TYPED)
        text = re.sub(r'value="\w{64}"', "", answer.content.decode())
        pages.add((answer.status_code, text))
        assert User.objects.count() == people
    assert len(pages) == 1
    ((status, text),) = pages
    assert status == 410
    assert "Minta tautan baru kepada administrator" in text


def test_a_link_opens_in_the_browser_once(cast, arif):
    made = invited(arif, full_name="Joko")
    client, page = opened(made.token)
    assert page.status_code == 200
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("same-origin", "no-store, private")
    shown = page.content.decode()
    assert "Arif mengundang Anda" in shown
    assert made.token not in shown
    done = client.post(reverse("link_page"), TYPED)
    assert (done.status_code, done.url) == (302, reverse("account_login"))
    assert SESSION_KEY not in client.session
    assert User.objects.get(username="joko.new").assignments.get().role == Role.OPERATOR
    _again, page = opened(made.token)
    assert page.status_code == 410
    assert find_link(made.token) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"again": "lain"}, "again"),
        ({"password": "12345678901234", "again": "12345678901234"}, "password"),
        ({"password": "joko.new1234", "again": "joko.new1234"}, "password"),
        ({"username": "WAYAN"}, "username"),
        ({"username": "dua kata"}, "username"),
        ({"full_name": ""}, "full_name"),
    ],
)
def test_what_cannot_be_an_account_is_refused_and_the_link_still_opens(cast, arif, changes, field):
    made = invited(arif)
    client, _page = opened(made.token)
    answer = client.post(reverse("link_page"), {**TYPED, **changes})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert find_link(made.token) is not None
    assert not User.objects.filter(username="joko.new").exists()


def test_who_is_signed_in_is_asked_to_leave_first(cast, arif, client_of):
    made = invited(arif)
    client, page = opened(made.token, client_of(arif))
    assert page.status_code == 409
    assert "Anda sedang masuk sebagai Arif" in page.content.decode()
    assert client.post(reverse("link_page"), TYPED).status_code == 409
    assert find_link(made.token) is not None


def test_no_log_names_the_token(cast, arif, caplog):
    made = invited(arif)
    caplog.set_level(logging.DEBUG)
    client, _page = opened(made.token)
    client.post(reverse("link_page"), TYPED)
    opened(made.token)
    client.post(reverse("link_open", args=[made.token]))
    hidden = HiddenTokens()
    for record in caplog.records:
        hidden.filter(record)
    lines = [record.getMessage() for record in caplog.records]
    assert [line for line in lines if made.token in line] == []
    assert any("/undangan/…" in line for line in lines)


def test_a_new_link_kills_the_old_one_and_lasts_as_long_again(cast, arif, settings):
    settings.LINK_DAYS = 3
    first = invited(arif)
    Invitation.objects.update(expires_at=now() - timedelta(days=1))
    second = send_again(link_id=first.link.pk, by=arif)
    assert (find_link(first.token), find_link(second.token)) == (None, first.link)
    left = Invitation.objects.get().expires_at - now()
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)


def test_what_was_used_or_revoked_is_neither_sent_nor_revoked_again(cast, arif):
    made = invited(arif)
    revoke(link_id=made.link.pk, by=arif)
    assert Invitation.objects.get().state == LinkState.REVOKED
    for act in (send_again, revoke):
        with pytest.raises(AccountRefused, match="sudah dipakai atau dibatalkan"):
            act(link_id=made.link.pk, by=arif)


def test_an_invitation_to_a_role_that_is_over_is_not_sent_again(cast, arif):
    made = invited(arif, grant_at(valid_until=TODAY + timedelta(days=5)))
    Invitation.objects.update(valid_until=TODAY)
    with pytest.raises(AccountRefused, match="Peran dalam undangan ini sudah berakhir"):
        send_again(link_id=made.link.pk, by=arif)
    assert Invitation.objects.get().token_digest == digest_of(made.token)


def test_at_night_it_is_forgotten_for_whom_spent_links_were(cast, arif):
    def named(number):
        return invited(arif, full_name=f"Orang {number}", email=f"orang{number}@contoh.go.id").link

    used, revoked, open_, expired, long_expired = (named(number) for number in range(5))
    expires = now() - timedelta(days=29)
    changes = {
        used: {"used_at": now()},
        revoked: {"revoked_at": now()},
        open_: {},
        expired: {"expires_at": expires},
        long_expired: {"expires_at": expires - timedelta(days=2)},
    }
    for link, change in changes.items():
        Invitation.objects.filter(pk=link.pk).update(mail_failure="", **change)
    assert [forget_spent_links(), forget_spent_links()] == [3, 0]
    kept = Invitation.objects.exclude(full_name="").order_by("pk")
    assert [(link.pk, link.email) for link in kept] == [
        (open_.pk, "orang2@contoh.go.id"),
        (expired.pk, "orang3@contoh.go.id"),
    ]
    assert not Invitation.objects.exclude(pk__in=[open_.pk, expired.pk]).exclude(email="").exists()
    long_expired.refresh_from_db()
    assert (long_expired.state, long_expired.may_be_sent_again) == (LinkState.REVOKED, False)
    act = Act.objects.latest("pk")
    assert (act.verb, act.actor_name, act.detail) == ("retention_ended", "sistem", {"count": 3})


def test_links_of_other_regions_do_not_exist(cast, arif):
    made = invited(cast.admin, grant_at(KOTA_B))
    reset = offer_reset(user_id=cast.budi.pk, by=cast.admin)
    assert list(list_links(arif)) == []
    assert list(list_links(cast.siti)) == []
    assert list(list_links(administrator("pertiwi", PROVINCE))) == [reset.link, made.link]
    for act in (send_again, revoke):
        with pytest.raises(OutsideScope):
            act(link_id=made.link.pk, by=arif)


def test_nobody_is_invited_twice_to_the_same_nor_past_an_account_one_looks_after(cast, arif):
    invited(arif)
    with pytest.raises(AccountRefused, match="sudah diundang untuk peran itu"):
        invited(arif)
    User.objects.filter(pk=cast.wayan.pk).update(email="wayan@contoh.go.id")
    with pytest.raises(AccountRefused, match="dipakai akun Wayan"):
        invited(arif, full_name="W", email="Wayan@contoh.go.id")
    # Of an account elsewhere nothing is said.
    User.objects.filter(pk=cast.budi.pk).update(email="budi@contoh.go.id")
    assert invited(arif, full_name="B", email="budi@contoh.go.id").link.pk


def test_an_invitation_is_held_to_the_law_of_granting(cast, arif):
    with pytest.raises(AccountRefused, match="wilayah yang Anda kelola sendiri"):
        invite(full_name="X", email="", grant=grant_at(KOTA_B), by=arif)
    assert not Invitation.objects.exists()


def test_a_new_password_by_link_ends_the_sessions_of_the_account(cast, arif, client_of):
    session = client_of(cast.wayan)
    first = offer_reset(user_id=cast.wayan.pk, by=arif)
    second = offer_reset(user_id=cast.wayan.pk, by=arif)
    assert use_reset(token=first.token, password=NEW["password"]) is None
    client, page = opened(second.token)
    assert "Untuk akun wayan" in page.content.decode()
    done = client.post(reverse("link_page"), {"password": NEW["password"], "again": NEW["password"]})
    assert (done.status_code, done.url) == (302, reverse("account_login"))
    wayan = User.objects.get(pk=cast.wayan.pk)
    assert (wayan.check_password(NEW["password"]), wayan.check_password(PASSWORD)) == (True, False)
    assert session.get("/").status_code == 302
    assert (Act.objects.first().actor_name, Act.objects.first().verb) == ("wayan", "password_changed")
    assert use_reset(token=second.token, password="lagi-lagi-lagi-1") is None


def test_a_link_to_a_password_dies_when_the_account_leaves_reach_or_is_off(cast, arif, system):
    made = offer_reset(user_id=cast.wayan.pk, by=arif)
    assign_role(user=cast.wayan, role=Role.VIEWER, by=system, region_code=KOTA_B)
    assert use_reset(token=made.token, password=NEW["password"]) is None
    Assignment.objects.filter(user=cast.wayan, region=KOTA_B).delete()
    User.objects.filter(pk=cast.wayan.pk).update(is_active=False)
    assert use_reset(token=made.token, password=NEW["password"]) is None
    with pytest.raises(AccountRefused, match="nonaktif"):
        offer_reset(user_id=cast.wayan.pk, by=arif)


def test_a_kind_of_link_does_not_do_the_work_of_the_other(cast, arif):
    invitation, reset = invited(arif), offer_reset(user_id=cast.wayan.pk, by=arif)
    assert use_reset(token=invitation.token, password=NEW["password"]) is None
    assert accept(token=reset.token, acceptance=Acceptance("A", "a", NEW["password"])) is None


def form_of(**changes):
    given = {"full_name": "Joko", "email": "joko@contoh.go.id", "role": "operator", "place": f"w:{KOTA_A}"}
    return {**given, "reason": "SK 1", **changes}


def test_the_page_shows_the_link_once_and_mails_it_where_mail_is_set_up(cast, arif, client_of, settings):
    settings.EMAIL_HOST, settings.PUBLIC_URL = "surel.contoh.go.id", "https://jamsostek.contoh.go.id"
    client = client_of(arif)
    page = client.post(reverse("user_invite"), form_of())
    address = re.search(r'value="(https://[^"]+)"', page.content.decode())[1]
    token = address.removeprefix("https://jamsostek.contoh.go.id/undangan/").strip("/")
    assert page["Cache-Control"] == "no-store, private"
    assert find_link(token).mailed_at is not None
    (message,) = mail.outbox
    assert (message.to, address in message.body) == (["joko@contoh.go.id"], True)
    assert "sebagai Operator, Kota Cilegon" in message.body
    later = client.get(reverse("user_list")).content.decode()
    assert ("Joko" in later, token in later) == (True, False)


def test_without_mail_nothing_is_sent_and_the_page_says_so(cast, arif, client_of, settings):
    settings.EMAIL_HOST = ""
    page = client_of(arif).post(reverse("user_invite"), form_of())
    assert (mail.outbox, "Surel tidak dikirim" in page.content.decode()) == ([], True)


def test_a_mail_that_fails_is_told_and_the_link_can_be_copied(cast, arif, client_of, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS = 1, False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    page = client_of(arif).post(reverse("user_invite"), form_of()).content.decode()
    assert "gagal terkirim" in page
    assert Invitation.objects.get().mail_failure == "ConnectionRefusedError"


@pytest.mark.parametrize("place", [f"w:{KOTA_B}", "w:36", "w:ID", "k:cabang-a", "", "w:", "x"])
def test_the_form_of_invitations_knows_no_place_elsewhere(cast, arif, client_of, place):
    answer = client_of(arif).post(reverse("user_invite"), form_of(place=place))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["place"])
    assert not Invitation.objects.exists()


def test_nobody_is_named_by_a_number_of_their_own(cast, arif):
    form = AcceptanceForm(
        {"full_name": "Joko", "username": "3672010704650001", "password": "x", "again": "x"}, owner=arif
    )
    assert not form.is_valid()
    assert "NIK" in form.errors["username"][0]
