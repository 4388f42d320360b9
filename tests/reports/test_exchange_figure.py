"""Figures as the codes of other systems name them."""

import pytest

from reports.exchange_figure import ExchangeFigure, parse_figure


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("headcount:linmas:apbd_kabkota", ExchangeFigure("headcount", "linmas", "apbd_kabkota")),
        ("membership_count:pu", ExchangeFigure("membership_count", segment="pu")),
        ("COV-02:pu", ExchangeFigure("", segment="pu", measure="COV-02")),
    ],
)
def test_a_figure_is_named_in_words(text, figure):
    assert parse_figure(text) == figure


@pytest.mark.parametrize(
    "text", ["", "headcount", "headcount:linmas", "membership_count:x", "XYZ-01", "a:b:c:d"]
)
def test_what_names_no_figure_is_refused(text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        parse_figure(text)
