"""What the parts of a board rest on, as a short text: another text, another board."""

from typing import Any

from django.db.models import TextField
from django.db.models.expressions import RawSQL

from regions.models import Region
from regions.models.region import ancestor_codes

# Figures of the region and of those below it, with what closing and moving did to their runs; their targets,
# the figures published of it; and whatever was done there, above, or to the tables of all, which are of no
# region: names of categories, rates, outlines.
_STAMP = """(
WITH shown AS (
    SELECT code FROM regions_region WHERE code = %s OR parent_id = %s
)
SELECT concat_ws(' ',
    (SELECT concat_ws(':', max(r.id), count(*), sum(r.closing), max(r.moved_at))
     FROM reports_run r WHERE r.is_current AND r.region_id IN (SELECT code FROM shown)),
    (SELECT concat_ws(':', max(t.id), count(*), sum(t.revision))
     FROM participants_target t
     WHERE t.region_id = ANY(%s::text[]) OR t.region_id IN (SELECT code FROM shown)),
    (SELECT md5(string_agg(concat_ws(' ', p.id, p.value, p.basis, p.source_url, p.note), ' ' ORDER BY p.id))
     FROM reports_publishedfigure p WHERE p.region_id = %s),
    (SELECT max(act.id)
     FROM (SELECT code FROM shown UNION SELECT unnest(%s::text[]) UNION SELECT '') AS place
     CROSS JOIN LATERAL (
         SELECT a.id FROM regions_act a WHERE a.region_code = place.code ORDER BY a.id DESC LIMIT 1
     ) AS act)
))"""


def board_stamp(region: Region) -> RawSQL:
    """A column of a question about the region."""
    above: list[Any] = ancestor_codes(region.code)
    code = region.code
    return RawSQL(_STAMP, [code, code, above, code, above], output_field=TextField())  # noqa: S611
