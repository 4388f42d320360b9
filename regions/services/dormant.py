"""Switching off accounts that nobody uses."""

from django.db import transaction
from django.utils.translation import gettext as _

from regions.errors import AccountRefused
from regions.selectors.dormant import list_dormant, must_rest
from regions.services.account import switch_off
from regions.services.user import ensure_system_user


def rest_dormant() -> int:
    """Deactivate whoever has not signed in for too long, each with an act. How many those were."""
    system, rested = ensure_system_user(), 0
    for person in list_dormant():
        # One after another: the last administrator of the nation is whoever is left.
        with transaction.atomic():
            if not must_rest(person):
                continue
            try:
                switch_off(person, reason=_("lama tidak masuk"), by=system)
            except AccountRefused:
                continue
            rested += 1
    return rested
