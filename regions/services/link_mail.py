"""Sending a link that opens once to the address of the person it is for."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from regions.models import Invitation
from regions.services.invitation import MadeLink

log = logging.getLogger(__name__)


def mail_link(made: MadeLink, address: str) -> Invitation:
    """Send it, where mail is set up and an address is known; how it went stands with the invitation."""
    link = made.link
    if not settings.EMAIL_HOST or not link.email:
        return link
    with override(settings.LANGUAGE_CODE):
        body = render_to_string(
            "regions/mail_link.txt", {"link": link, "address": address, "home": settings.PUBLIC_URL}
        )
        subject = _("Akun Jamsostek Monitor Anda")
    try:
        send_mail(subject, body, None, [link.email])
    except (OSError, SMTPException) as error:
        # The words of a mail server may repeat what was sent; its kind says enough.
        log.warning("link %s was not sent: %s", link.pk, type(error).__name__)
        link.mail_failure = type(error).__name__
    else:
        link.mailed_at, link.mail_failure = now(), ""
    link.save(update_fields=["mailed_at", "mail_failure"])
    return link
