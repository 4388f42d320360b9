import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.template import Template
from django.test import Client, override_settings

from budgets.services.reference import load_contribution_rates
from jamsostek_monitor.collected_static import collect_once
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.reference import load_categories, load_funding_sources, load_overlap_allowances
from participants.services.workforce import record_workforces
from regions.enums import Level
from regions.models import User
from regions.services.region import load_regions
from regions.services.user import ensure_system_user
from reports.services.definition import ensure_alert_rules, ensure_coverage_definition
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, Cast, make_cast
from tests.factories import HeadcountFactory, MembershipCountFactory, WorkforceFactory
from tests.ledgers import LEDGER_TABLES
from tests.migrated import begin_with_copy, keep_copy
from tests.resting import rest_in_django
from tests.static_files import looked_through_once
from tests.whole_files import WholeFiles, longest_first, unmeasured


def pytest_sessionstart(session: pytest.Session) -> None:
    """Static files as in production, with their manifest; once, not in every parallel process."""
    if not hasattr(session.config, "workerinput"):
        call_command("compile_translations")
        collect_once()


def pytest_collection_finish() -> None:
    """What is loaded stays: looking through it for garbage again and again took a tenth of the time."""
    rest_in_django()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    longest_first(items)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    with unmeasured(item.nodeid):
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WholeFiles | None:
    return WholeFiles(config, log) if config.getoption("dist") == "load" else None


def load_test_reference() -> None:
    """The reference tables without the 83,763 villages, which one test of their own loads."""
    load_regions(down_to=Level.DISTRICT)
    load_categories()
    load_funding_sources()
    load_overlap_allowances()
    load_contribution_rates()
    ensure_system_user()
    ensure_coverage_definition()
    ensure_alert_rules()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Django takes the copy as it finds it, and applies whatever migration it lacks: none, or all."""
    return True


@pytest.fixture(scope="session")
def _copied(django_db_modify_db_settings, django_test_environment, django_db_blocker) -> bool:
    with django_db_blocker.unblock():
        return begin_with_copy()


@pytest.fixture(scope="session")
def django_db_setup(_copied, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        if not _copied:
            keep_copy()
        _let_flush_truncate()
        load_test_reference()


def _let_flush_truncate() -> None:
    """Django empties the tables after tests that commit; a test of its own has the trigger on again."""
    with connection.cursor() as cursor:
        for table in LEDGER_TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ledger_no_truncate")


@pytest.fixture(autouse=True)
def _own_anchors(tmp_path, settings):
    """Heads signed in a test are of a ledger that is gone afterwards."""
    settings.LEDGER_ANCHORS = tmp_path / "ledger" / "heads.txt"


@pytest.fixture(autouse=True, scope="session")
def _fast_passwords():
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def _signed_in_by_force():
    """Tests sign people in without password and key; those about signing in set these themselves."""
    with override_settings(REQUIRE_SECOND_FACTOR=False, FRESH_SIGN_IN_MINUTES=0):
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_found_once():
    with looked_through_once():
        yield


@pytest.fixture(scope="module")
def shared_rows(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Rows made in it stay for all tests of a module, each of which works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def pytest_configure() -> None:
    """Both halves of the suite share one Valkey: each keeps to keys of its own, and empties only those."""
    settings.CACHES["default"]["KEY_PREFIX"] += os.environ.get("PYTEST_XDIST_WORKER", "")
    # What a test reads of a board is what its own request gathered; the test of kept boards keeps them.
    settings.BOARDS_KEPT_SECONDS = 0


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.delete_pattern("*")


@pytest.fixture
def system(db) -> User:
    return ensure_system_user()


@pytest.fixture(scope="module")
def cast_once(shared_rows) -> Cast:
    """For modules that ask for it: `cast` is made once for all their tests."""
    return make_cast()


@pytest.fixture(scope="module")
def figures_once(cast_once) -> None:
    """The same, and `figures` too."""
    make_figures(ensure_system_user())


@pytest.fixture
def cast(request, db) -> Cast:
    if "cast_once" in request.fixturenames:
        # What a test does to a person, no other test may see.
        return deepcopy(request.getfixturevalue("cast_once"))
    return make_cast()


@pytest.fixture(scope="session")
def client_of():
    """A signed-in client of a person, or an anonymous one of None."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def figures(request, cast, system) -> None:
    if "figures_once" not in request.fixturenames:
        make_figures(system)


def make_figures(system: User) -> None:
    """Kota A and Kota B both have facts and computed figures: what could leak is there."""
    codes = (KOTA_A, KOTA_B)
    record_workforces([WorkforceFactory(region_id=code) for code in codes], by=system)
    record_membership_counts(
        [
            MembershipCountFactory(region_id=KOTA_A, members=76_062),
            MembershipCountFactory(region_id=KOTA_B, members=44_444),
        ],
        by=system,
    )
    record_headcounts([HeadcountFactory(region_id=code) for code in codes], by=system)
    recompute_stale()


@pytest.fixture
def plain_rendering():
    """Pages as production renders them: for walks that read answers and never `response.context`.

    Django's tests copy the whole context for each template of a page, of which a form has hundreds.
    """
    with _plain_rendering():
        yield


@contextmanager
def _plain_rendering() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
        yield


@pytest.fixture(scope="module")
def walking(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], AbstractContextManager[None]]:
    """Around a walk that the tests of a module share: what else each test has of its own."""

    @contextmanager
    def around() -> Iterator[None]:
        heads = tmp_path_factory.mktemp("ledger") / "heads.txt"
        cache.delete_pattern("*")
        with _plain_rendering(), override_settings(LEDGER_ANCHORS=heads):
            yield

    return around
