"""Which stored rows stand behind a measure; `reports.explanations` asks for them under the same names."""

from enum import StrEnum, auto


class Evidence(StrEnum):
    COVERAGE = auto()
    SEGMENT = auto()
    TARGET = auto()
    CATEGORY_TARGET = auto()
    HEADCOUNTS = auto()
    NAMED = auto()
    NAMED_AND_COVERED = auto()
    NAMED_VULNERABLE = auto()
    NAMED_IN_PROGRAMME = auto()
    # All that counts towards the completeness of a month.
    REPORTS = auto()
    CONTRIBUTIONS = auto()
    CONTRIBUTIONS_BY_BASIS = auto()
    RECEIVED = auto()
    RECEIVED_FOR_MONTH = auto()
    CLAIMS = auto()
    CLAIMS_BY_BASIS = auto()
    CLAIMS_OF_PROGRAMME = auto()
    CASES_OF_PROGRAMME = auto()
    CLAIMS_OF_KIND = auto()
    ALLOCATIONS = auto()
    ALLOCATIONS_OF_CELL = auto()
    REALISATIONS = auto()
    REALISATIONS_OF_CELL = auto()
    BILLS = auto()
    POSTINGS = auto()
    EMPLOYERS = auto()
    EMPLOYERS_PARTLY = auto()
    EMPLOYED_WORKERS = auto()
    EMPLOYER_ARREARS = auto()
    EMPLOYERS_IN_ARREARS = auto()
    PROJECTS = auto()
    PROJECT_VALUES = auto()
    PROJECTS_BESIDE = auto()


class Costs(StrEnum):
    """Which people of which months, each times their price, a figure is the sum of."""

    YEAR_TO_DATE = auto()
    OF_VARIANT_MONTH = auto()
    THIS_MONTH = auto()
    UNPRICED = auto()
