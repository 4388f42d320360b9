"""Forgotten password: a link by e-mail where mail is set up, otherwise a word on whom to ask."""

import logging
from typing import Any

from allauth.account.views import PasswordResetView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from regions.forms.forgotten import ForgottenForm

log = logging.getLogger(__name__)


class ForgottenView(PasswordResetView):  # type: ignore[misc]
    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "mail_is_sent": bool(settings.EMAIL_HOST)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.EMAIL_HOST:
            return self.get(request, *args, **kwargs)  # type: ignore[no-any-return]
        return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]

    def form_valid(self, form: ForgottenForm) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[no-any-return]
        except OperationalError as error:
            log.warning("a reset link could not be queued: %s", type(error).__name__)
            messages.error(self.request, _("Surel sedang tidak dapat dikirim. Coba lagi beberapa saat lagi."))
            return self.render_to_response(self.get_context_data(form=form), status=503)  # type: ignore[no-any-return]
