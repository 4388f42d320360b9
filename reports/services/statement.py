"""Keeping the check of a statement as a document with a code."""

import hashlib
import json
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from regions.access import get_region
from regions.enums import Verb
from regions.models import User
from regions.personal_numbers import masked_numbers
from regions.plain_characters import plain_text
from regions.roles import Permission
from regions.services.act import record_act
from reports.models import StatementCheck
from reports.pack.code import code_of
from reports.selectors.statements.check import check_text


@transaction.atomic
def keep_check(*, statement: str, region_code: str, day: date, source: str, by: User) -> StatementCheck:
    """The same text with the same answer is one document. Raises OutsideScope or NotPermitted."""
    statement = masked_numbers(plain_text(statement))
    region = get_region(by, region_code, Permission.VIEW_DRAFTS)
    # A document has one language, whoever asks for it.
    with override("id"):
        answer = check_text(statement, region, day, by)
    told = {"region": region.code, "day": day.isoformat(), "source": source, "statement": statement}
    body = json.dumps({**told, "answer": answer}, sort_keys=True, ensure_ascii=False)
    code = code_of(hashlib.sha256(body.encode()).hexdigest())
    row, is_new = StatementCheck.objects.get_or_create(
        pk=code,
        defaults={
            "region": region,
            "day": day,
            "source": source,
            "statement": statement,
            "answer": answer,
            "made_by": by,
        },
    )
    if is_new:
        record_act(
            by=by,
            verb=Verb.RECORDED,
            subject=_("pemeriksaan pernyataan %(code)s") % {"code": row.printed_code},
            region_code=region.code,
            detail={"figures": len(answer["figures"]), "sums": len(answer["arithmetic"])},
        )
    return row
