"""A nation of made-up facts, written in SQL: spells by the million and all other kinds of facts."""

from datetime import date

from django.core.management import call_command
from django.db import connection

from budgets.services.reference import load_contribution_rates
from participants.services.reference import load_categories, load_funding_sources
from regions.enums import Level
from regions.models import Region
from regions.models.region import NATION
from regions.month import add_months, months_between
from regions.services.example_user import ensure_example_users
from regions.services.region import load_regions
from regions.services.user import ensure_system_user
from reports.models import Cause
from reports.services.definition import ensure_coverage_definition
from reports.services.waiting_region import note_waiting

FIRST, LAST = date(2020, 1, 1), date(2025, 12, 1)
MONTHS = list(months_between(FIRST, LAST))
YEAR = MONTHS[-12:]
_CATEGORIES = ["linmas", "rt_rw", "kader", "guru_agama", "nelayan", "petani", "pedagang_kaki_lima", "non_asn"]
_FACT = "source, source_url, as_of, origin, note, entered_by_id, entered_at, changed_at, revision"
_SAID = "'uji', '', date '2025-12-31', 'file', '', %(by)s, now(), now(), 1"
_MONTHS = "generate_series(date '2020-01-01', date '2025-12-01', interval '1 month') AS m"

_PEOPLE = """
INSERT INTO participants_participant (id, region_id, nik_digest, nik_sealed, name, birth_place, sex, address,
    village_name, district_name, match_result, entered_by_id, entered_at, changed_at, revision,
    merged_into_id)
SELECT g, (%(codes)s::text[])[1 + g %% %(places)s], decode(md5(g::text), 'hex'), '\\x00', 'Orang ' || g,
    '', '', '',
    '', '', '', %(by)s, now(), now(), 1,
    -- One in two thousand was merged into the person before of the same region.
    CASE WHEN g > %(places)s AND g %% 2003 = 0 THEN g - %(places)s END
FROM generate_series(1, %(rows)s) AS g
"""
# Nine in ten rows are the only spell of their person; each list is stored as it came, month by month.
_SPELLS = f"""
INSERT INTO participants_enrolment (region_id, participant_id, category_id, funding_id, segment, programmes,
    first_month, last_month, state, ended_by, reason, sheet, {_FACT})
SELECT (%(codes)s::text[])[(1 + person %% %(places)s)::int], person,
    (%(categories)s::text[])[(1 + ((g * 7919) >> 4) %% 8)::int],
    CASE WHEN g %% 5 = 0 THEN 'apbd_provinsi' ELSE 'apbd_kabkota' END, 'bpu',
    CASE WHEN g %% 11 = 0 THEN '{{jkk,jkm,jht}}' ELSE '{{jkk,jkm}}' END::varchar[],
    began, CASE WHEN g %% 10 < 3 THEN NULL ELSE (began + make_interval(months => (g * 31 %%
    30)::int))::date END,
    'active', '', '', '', {_SAID}
FROM (
    SELECT g, CASE WHEN g %% 10 = 0 AND g > %(places)s THEN g - %(places)s ELSE g END AS person,
           (date '2020-01-01' + make_interval(months => ((g * 104729 >> 3) %% 72)::int))::date AS began
    FROM generate_series(1, %(rows)s::bigint) AS g
) AS made
ORDER BY began, person %% %(places)s
"""
_OTHERS = (
    f"""INSERT INTO participants_workforce (region_id, year, kind, segment, workers, is_official,
        {_FACT}) SELECT code, y, 'penduduk_bekerja', 'all', 100000 + n * 100, TRUE, {_SAID}
        FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS r (code, n), generate_series(2020, 2025) AS y""",
    f"""INSERT INTO participants_membershipcount (region_id, month, segment, programmes, members, {_FACT})
        SELECT code, m, segment, ARRAY['jkk', 'jkm'], 9000 + n * 7, {_SAID}
        FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS r (code, n),
        unnest(ARRAY['pu', 'bpu', 'jakon', 'pmi']) AS segment, {_MONTHS}""",
    f"""INSERT INTO participants_headcount (region_id, month, category_id, funding_id, people, {_FACT})
        SELECT code, m, category, 'apbd_kabkota', 500 + n, {_SAID} FROM unnest(%(codes)s::text[])
        WITH ORDINALITY AS r (code, n), unnest(ARRAY['linmas', 'rt_rw']) AS category, {_MONTHS}""",
    f"""INSERT INTO budgets_contribution (region_id, reference, programme, amount, paid_on, category_id,
        funding_id, first_month, last_month, {_FACT})
        SELECT code, 'i ' || code || m, 'jkk_jkm', 900000000 + n, (m + interval '19 days')::date, 'linmas',
        'apbd_kabkota', m, m, {_SAID} FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS r (code, n),
        {_MONTHS}""",
    f"""INSERT INTO budgets_claim (region_id, reference, programme, kind, amount, cases, paid_on, category_id,
        funding_id, {_FACT})
        SELECT code, 'k ' || code || m, 'jkm', 'cash', 42000000 + n, 1, (m + interval '9 days')::date,
        'linmas',
        'apbd_kabkota', {_SAID} FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS r (code, n), {_MONTHS}""",
    f"""INSERT INTO budgets_allocation (region_id, line, year, sub_activity, account, category_id, funding_id,
        phase, sequence, amount, decided_on, document, legal_basis, over_ceiling, over_reason, {_FACT})
        SELECT code, code || y, y, '', '', 'linmas', 'apbd_kabkota', 'murni', 1, 12000000000 + n,
        make_date(y, 1, 2), '', '', FALSE, '', {_SAID} FROM unnest(%(codes)s::text[]) WITH ORDINALITY
        AS r (code, n), generate_series(2020, 2025) AS y""",
    f"""INSERT INTO budgets_realisation (region_id, reference, category_id, funding_id, first_month,
    last_month,
        billed_amount, billed_on, bill_number, paid_amount, paid_on, payment_order, posting_reference,
        over_ceiling, over_reason, {_FACT})
        SELECT code, 't ' || code || m, 'linmas', 'apbd_kabkota', m, m, 900000000 + n,
        (m + interval '4 days')::date, '', 900000000 + n, (m + interval '19 days')::date, '', '', FALSE, '',
        {_SAID} FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS r (code, n), {_MONTHS}""",
    f"""INSERT INTO participants_target (region_id, year, frame, percent, {_FACT})
        SELECT 'ID', 2029, 'rpjmn', 50, {_SAID}""",
)


def fill(rows: int) -> None:
    """Everything anew, with this many spells; nothing is computed yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('reports_run') IS NOT NULL")
        if not cursor.fetchone()[0]:
            _prepare()
        system = ensure_system_user()
        codes = list(
            Region.objects.filter(level=Level.REGENCY, valid_until=None).values_list("code", flat=True)
        )
        values = {
            "codes": codes,
            "places": len(codes),
            "rows": rows,
            "by": system.pk,
            "categories": _CATEGORIES,
        }
        # Guards of single rows are not what is measured, and would take most of the filling.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("ALTER TABLE participants_enrolment DROP CONSTRAINT IF EXISTS enrolment_no_overlap")
        tables = "reports_measurevalue, reports_run, reports_waitingregion, regions_change"
        cursor.execute(f"TRUNCATE {tables}, participants_enrolment, participants_participant CASCADE")
        for statement in (_PEOPLE, _SPELLS):
            cursor.execute(statement, values)
        cursor.execute("SELECT count(*) FROM participants_membershipcount")
        if not cursor.fetchone()[0]:
            for statement in _OTHERS:
                cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _prepare() -> None:
    call_command("migrate", verbosity=0)
    load_regions(down_to=Level.DISTRICT)
    load_categories()
    load_funding_sources()
    load_contribution_rates()
    ensure_coverage_definition()
    ensure_example_users(by=ensure_system_user())


def note_all(months: list[date] = MONTHS) -> None:
    """Every regency waits for these months; what stands above follows."""
    regencies = Region.objects.filter(level=Level.REGENCY, valid_until=None).values_list("code", flat=True)
    note_waiting({(code, month) for code in regencies for month in months}, Cause.REBUILD)


def thousand_people(code: str, by: int) -> None:
    """A list of a thousand new people, all months of the last year."""
    statement = f"""
        WITH people AS (
            INSERT INTO participants_participant (region_id, nik_digest, nik_sealed, name, birth_place, sex,
                address, village_name, district_name, match_result, entered_by_id, entered_at, changed_at,
                revision)
            SELECT %(code)s, decode(md5(clock_timestamp()::text || g), 'hex'), '\\x00', 'Baru', '', '', '',
            '', '',
                '', %(by)s, now(), now(), 1 FROM generate_series(1, 1000) AS g RETURNING id
        )
        INSERT INTO participants_enrolment (region_id, participant_id, category_id, funding_id, segment,
            programmes, first_month, last_month, state, ended_by, reason, sheet, {_FACT})
        SELECT %(code)s, id, 'nelayan', 'apbd_kabkota', 'bpu', '{{jkk,jkm}}', %(first)s, %(last)s,
        'active', '',
            '', '', {_SAID} FROM people
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('participants_participant', 'id'), max(id)) "
            "FROM participants_participant"
        )
        cursor.execute(statement, {"code": code, "by": by, "first": YEAR[0], "last": YEAR[-1]})


def months_later(count: int) -> date:
    return add_months(FIRST, count)


__all__ = ["FIRST", "LAST", "MONTHS", "NATION", "YEAR", "fill", "note_all", "thousand_people"]
