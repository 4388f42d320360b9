"""Links to a new password, sent to the address of an account that somebody typed on the sign-in page."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from regions.enums import Verb
from regions.models import User
from regions.services.act import record_act

log = logging.getLogger(__name__)


def mail_resets(accounts: Iterable[int]) -> None:
    """A link to each account that is active and has an address. A failure of one stops no other."""
    for person in User.objects.filter(pk__in=accounts, is_active=True).exclude(email=""):
        try:
            _mail(person)
        except (OSError, SMTPException) as error:
            # The words of a mail server may repeat what was sent; its kind says enough.
            log.warning("the reset link of account %s was not sent: %s", person.pk, type(error).__name__)


def _mail(person: User) -> None:
    key = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
    # The address of the installation, not of the request: whoever asks chooses the latter.
    context = {
        "person": person,
        "address": f"{settings.PUBLIC_URL}{path}",
        "home": settings.PUBLIC_URL,
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
    }
    with override(settings.LANGUAGE_CODE):
        body = render_to_string("regions/mail_reset.txt", context)
        subject = _("Kata sandi baru Jamsostek Monitor")
    send_mail(subject, body, None, [person.email])
    record_act(
        by=None,
        verb=Verb.RESET_OFFERED,
        subject=person.username,
        actor_name=person.username,
        detail={"about": person.pk, "way": "surel"},
    )
