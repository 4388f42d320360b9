"""What stands in a field is read again as the same number, in both languages."""

import pytest
from django.utils import translation

from regions.number import parse_whole, typed


@pytest.mark.parametrize(("language", "text"), [("id", "1.234.567"), ("en", "1 234 567")])
def test_what_stands_in_a_field_is_read_again(language, text):
    with translation.override(language):
        assert typed(1_234_567) == text
        assert [parse_whole(typed(number)) for number in (0, 999, -1_528)] == [0, 999, -1_528]
