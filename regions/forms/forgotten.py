from allauth.account.forms import ResetPasswordForm
from django.forms import EmailField, EmailInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from regions.tasks import mail_reset_links


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]
    """Known address or not, the answer takes the same time: the mail is sent by a worker."""

    email = EmailField(label=_("Surel"), widget=EmailInput(attrs={"autocomplete": "email"}))

    def save(self, request: HttpRequest, **_options: object) -> str:
        accounts = [user.pk for user in self.users]
        mail_reset_links.delay_on_commit(accounts)  # type: ignore[attr-defined]
        return str(self.cleaned_data["email"])
