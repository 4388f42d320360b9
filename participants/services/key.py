"""Changing the keys under which persons are sealed and matched, while people go on working."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext as _

from participants.extra_store import opened_extra, sealed_extra
from participants.models import BatchFile, BatchRow, Participant
from regions.cipher import digest, seal, seal_bytes, sealing_key, unseal, unseal_bytes
from regions.enums import Verb
from regions.models import User
from regions.services.act import record_act

_AT_ONCE = 2000
Columns = Mapping[str, str | None]
# Sealed column → the column of its digest, which has to follow; None where nothing is matched by it.
_PERSON: Columns = {"nik_sealed": "nik_digest", "kpj_sealed": "kpj_digest", "phone_sealed": "phone_digest"}
_ROW: Columns = {**_PERSON, "cells_sealed": None}


def rotate_keys(*, by: User) -> int:
    """Seal and digest everything anew under the key in use; how many rows were sealed under another.

    Rows change a few thousand at a time, so it may be broken off and called again. Old keys must stay
    configured until it has returned. History rows are sealed anew too, their text being the same.
    """
    history = Participant.pgh_event_model  # type: ignore[attr-defined]
    changed = _rotate(Participant, _PERSON)
    changed += _rotate(history, _PERSON, key="pgh_id")
    changed += _rotate(BatchRow, _ROW)
    for model, key in ((Participant, "id"), (history, "pgh_id"), (BatchRow, "id")):
        while rows := _extras_renewed(model._meta.db_table, key):
            changed += rows
    while rows := _before_renewed():
        changed += rows
    changed += _rotate(BatchFile, {"content_sealed": None}, key="batch_id", at_once=1)
    for model in apps.get_models():
        # Tables of the storeys above say themselves what they keep sealed.
        columns: Columns = getattr(model, "sealed_columns", {})
        if columns:
            changed += _rotate(model, columns, at_once=20)
    if changed:
        record_act(
            by=by,
            verb=Verb.KEYS_ROTATED,
            subject=_("kunci penyandian"),
            detail={"key": sealing_key(), "rows": changed},
        )
    return changed


def _rotate(model: Any, columns: Columns, *, key: str = "id", at_once: int | None = None) -> int:
    changed = 0
    while rows := _renewed(model._meta.db_table, columns, key, at_once or _AT_ONCE):
        changed += rows
    return changed


@transaction.atomic
def _renewed(table: str, columns: Columns, key: str, at_once: int) -> int:
    """Seal some rows anew, the oldest first; how many."""
    names = list(columns)
    old = " OR ".join(f"get_byte({name}, 0) <> %s" for name in names)
    # What is known of the person stays the same: nothing for the history.
    with pgtrigger.ignore("participants.Participant:update_update"), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {', '.join(names)} FROM {table} WHERE {old} ORDER BY {key} LIMIT %s FOR UPDATE",
            [*[sealing_key()] * len(names), at_once],
        )
        found = cursor.fetchall()
        for pk, *sealed in found:
            values = dict(_anew(zip(columns.items(), sealed, strict=True)))
            assignments = ", ".join(f"{name} = %s" for name in values)
            cursor.execute(f"UPDATE {table} SET {assignments} WHERE {key} = %s", [*values.values(), pk])
    return len(found)


@transaction.atomic
def _extras_renewed(table: str, key: str) -> int:
    """The same for fields of an office's own: the values sealed, by their keys, and the digests."""
    old = "EXISTS (SELECT FROM jsonb_each_text(extra_sealed) AS e WHERE left(e.value, 2) <> %s)"
    with pgtrigger.ignore("participants.Participant:update_update"), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, extra_sealed::text FROM {table} WHERE extra_sealed <> '{{}}' AND {old}"
            f" ORDER BY {key} LIMIT %s FOR UPDATE",
            [f"{sealing_key():02x}", _AT_ONCE],
        )
        found = cursor.fetchall()
        for pk, text in found:
            digests, sealed = sealed_extra(opened_extra(json.loads(text)))
            cursor.execute(
                f"UPDATE {table} SET extra = extra || %s::jsonb, extra_sealed = %s::jsonb WHERE {key} = %s",
                [json.dumps(digests), json.dumps(sealed), pk],
            )
    return len(found)


@transaction.atomic
def _before_renewed() -> int:
    """Persons as they were before a list changed them: undoing it brings these values back."""
    old = " OR ".join(f"substr(before -> 'person' ->> '{name}', 3, 2) <> %(key)s" for name in _PERSON)
    extra = (
        "EXISTS (SELECT FROM jsonb_each_text(before -> 'person' -> 'extra_sealed') AS e"
        " WHERE left(e.value, 2) <> %(key)s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, (before -> 'person')::text FROM participants_batchrow"
            f" WHERE before ? 'person' AND ({old} OR {extra}) ORDER BY id LIMIT {_AT_ONCE} FOR UPDATE",
            {"key": f"{sealing_key():02x}"},
        )
        found = cursor.fetchall()
        for pk, text in found:
            cursor.execute(
                "UPDATE participants_batchrow SET before = jsonb_set(before, '{person}', %s::jsonb)"
                " WHERE id = %s",
                [json.dumps(_person_anew(json.loads(text))), pk],
            )
    return len(found)


def _person_anew(person: dict[str, Any]) -> dict[str, Any]:
    """Sealed columns stand there as PostgreSQL writes bytes in JSON, the fields of an office's own as hex."""
    sealed = [(pair, _bytes(person.get(pair[0]))) for pair in _PERSON.items()]
    new: dict[str, Any] = {name: f"\\x{value.hex()}" for name, value in _anew(sealed)}
    digests, extra = sealed_extra(opened_extra(person.get("extra_sealed") or {}))
    if extra:
        new |= {"extra": {**person["extra"], **digests}, "extra_sealed": extra}
    return {**person, **new}


def _bytes(text: str | None) -> memoryview | None:
    return memoryview(bytes.fromhex(text.removeprefix("\\x"))) if text else None


def _anew(sealed: Iterable[tuple[tuple[str, str | None], memoryview | None]]) -> Iterable[tuple[str, bytes]]:
    for (name, digest_name), blob in sealed:
        if blob is None:
            continue
        if digest_name is None:
            yield name, seal_bytes(unseal_bytes(blob))
        else:
            text = unseal(blob)
            yield name, seal(text)
            yield digest_name, digest(text)
