from collections.abc import Iterator
from datetime import datetime, time

import pytest
import time_machine
from django.utils.timezone import make_aware

from tests.receiver import Receiver, receiving
from tests.regions.days import TODAY


@pytest.fixture
def on_that_day() -> Iterator[None]:
    """It is noon of TODAY when the test begins, whatever the clock says: no other day begins in it."""
    with time_machine.travel(make_aware(datetime.combine(TODAY, time(12)))):
        yield


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    """A program on this machine, which the configuration lets be called."""
    settings.WEBHOOK_ALLOW = ["127.0.0.0/8"]
    with receiving() as found:
        yield found
