"""How people sign in: a part of the settings, on its own because it is long."""

from datetime import timedelta

from jamsostek_monitor.environment import env
from jamsostek_monitor.example_data import has_examples
from jamsostek_monitor.office_provider import office_provider

__all__ = [  # noqa: RUF022
    "AUTHENTICATION_BACKENDS",
    "AUTH_PASSWORD_VALIDATORS",
    "LINK_DAYS",
    "DORMANT_DAYS",
    "ACCOUNT_ADAPTER",
    "ACCOUNT_FORMS",
    "ACCOUNT_LOGIN_METHODS",
    "ACCOUNT_SIGNUP_FIELDS",
    "ACCOUNT_EMAIL_VERIFICATION",
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS",
    "ACCOUNT_SESSION_REMEMBER",
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE",
    "ACCOUNT_RATE_LIMITS",
    "ALLAUTH_TRUSTED_PROXY_COUNT",
    "PASSWORD_RESET_TIMEOUT",
    "REQUIRE_SECOND_FACTOR",
    "FRESH_SIGN_IN_MINUTES",
    "ACCOUNT_REAUTHENTICATION_TIMEOUT",
    "IDLE_MINUTES",
    "IDLE_MINUTES_POWERFUL",
    "MFA_ADAPTER",
    "MFA_SUPPORTED_TYPES",
    "MFA_PASSKEY_LOGIN_ENABLED",
    "MFA_TOTP_ISSUER",
    "MFA_TOTP_TOLERANCE",
    "OIDC",
    "SOCIALACCOUNT_ADAPTER",
    "SOCIALACCOUNT_PROVIDERS",
    "SOCIALACCOUNT_LOGIN_ON_GET",
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# How long a link to an account or a new password waits, and from when on an unused account is marked.
LINK_DAYS = env.int("LINK_DAYS", 7)
DORMANT_DAYS = env.int("DORMANT_DAYS", 90)
ACCOUNT_ADAPTER = "regions.adapters.InvitedOnlyAdapter"
ACCOUNT_FORMS = {"reset_password": "regions.forms.forgotten.ForgottenForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Wrong words count for one account from one address only (`regions.adapters`), so that nobody locks another
# out. What an address may ask for is more than this machine can check in that time.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "5/m/key,20/h/key",
    "reset_password": "20/m/ip,5/h/key",
}
# How many proxies stand in front; only what the outermost of them wrote into X-Forwarded-For is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
# A link to a new password that was asked for by e-mail, in seconds.
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=2).total_seconds())

# --- second factor, fresh sign-in, idle sessions -----------------------------------------------------
# Example people sign in with a password that is printed on the page: for them it would protect nothing.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", not has_examples(env))
# Before a NIK is shown or a role given, a sign-in no older than this; 0 asks for none.
FRESH_SIGN_IN_MINUTES = env.int("FRESH_SIGN_IN_MINUTES", 10)
ACCOUNT_REAUTHENTICATION_TIMEOUT = FRESH_SIGN_IN_MINUTES * 60
# After so long without a click a session ends; sooner for those who may unmask or administer.
IDLE_MINUTES = env.int("IDLE_MINUTES", 120)
IDLE_MINUTES_POWERFUL = env.int("IDLE_MINUTES_POWERFUL", 30)
MFA_ADAPTER = "regions.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Jamsostek Monitor"
# Clocks of telephones and servers differ: the code before and after counts as well.
MFA_TOTP_TOLERANCE = 1

# --- sign-in through an office's own identity provider: off without an issuer ------------------------
OIDC = office_provider()
SOCIALACCOUNT_ADAPTER = "regions.office_signin.OfficeSigninAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": OIDC.apps}}
# Leads to the provider by a link: a form that is redirected elsewhere is stopped by our own policy. The
# state in the session keeps a foreign page from ending what it began.
SOCIALACCOUNT_LOGIN_ON_GET = True
