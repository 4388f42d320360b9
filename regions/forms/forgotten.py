from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from regions.tasks import mail_reset_links


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]
    """Known address or not, the answer takes the same time: the mail is sent by a worker."""

    def save(self, request: HttpRequest, **_options: object) -> str:
        mail_reset_links.delay_on_commit([user.pk for user in self.users])
        return str(self.cleaned_data["email"])
