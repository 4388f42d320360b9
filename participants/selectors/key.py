"""Whether all stored persons are sealed under the key in use."""

from django.db import connection

from regions.cipher import key_count, sealing_key


def keys_are_settled() -> bool:
    """Whether every person can be found under the key in use: no while keys are being changed."""
    if key_count() == 1:
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM participants_participant WHERE get_byte(nik_sealed, 0) <> %s)",
            [sealing_key()],
        )
        row = cursor.fetchone()
    return row is not None and not row[0]
