import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from regions.cipher import Unreadable, digest, digests, seal, sealing_key, unseal

ONE = base64.b64encode(b"1" * 32).decode()
TWO = base64.b64encode(b"2" * 32).decode()


@given(st.text(max_size=40))
def test_what_is_sealed_comes_back(text):
    assert unseal(seal(text)) == text


def test_two_seals_of_one_value_differ_and_their_digests_do_not():
    assert seal("x") != seal("x")
    assert digest("x") == digest("x") != digest("y")


def test_a_damaged_or_foreign_seal_is_refused(settings):
    blob = bytearray(seal("x"))
    blob[-1] ^= 1
    with pytest.raises(Unreadable):
        unseal(bytes(blob))
    settings.NIK_KEYS = f"7:{TWO}"
    with pytest.raises(Unreadable):
        unseal(seal("x")[:1].replace(b"\x07", b"\x01") + seal("x")[1:])


def test_with_two_keys_the_higher_seals_and_both_open_and_match(settings):
    settings.NIK_KEYS = f"1:{ONE}"
    old, old_digest = seal("x"), digest("x")
    settings.NIK_KEYS = f"1:{ONE}, 2:{TWO}"
    assert unseal(old) == "x"
    assert sealing_key() == seal("x")[0] == 2
    assert digests("x") == [digest("x"), old_digest]


@pytest.mark.parametrize("keys", ["", "1", f"0:{ONE}", f"256:{ONE}", "1:short", f"1:{ONE[:20]}", f"a:{ONE}"])
def test_keys_of_another_shape_are_refused_with_the_right_one(settings, keys):
    settings.NIK_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="nomor:kunci"):
        seal("x")
