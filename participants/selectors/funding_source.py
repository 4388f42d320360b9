"""Sources of funds in the order in which they give way to each other."""

from itertools import groupby

from participants.models import FundingSource


def list_ranks() -> list[list[FundingSource]]:
    """Sources of funds by who pays first when two pay for the same person; equals stand together."""
    rows = FundingSource.objects.order_by("precedence", "name")
    return [list(group) for _rank, group in groupby(rows, key=lambda source: source.precedence)]


def funding_sources_by_code() -> dict[str, FundingSource]:
    return {row.pk: row for row in FundingSource.objects.all()}
