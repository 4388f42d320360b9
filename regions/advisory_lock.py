"""The advisory locks of PostgreSQL that the application takes, so that no two of them meet by accident."""

from enum import IntEnum


class AdvisoryLock(IntEnum):
    """The first of the two numbers of a lock; the second says which region or row is meant."""

    LEDGER = 7_312_001
    RECOMPUTE = 7_312_002
    DUPLICATE_SEARCH = 7_312_003
    FACTS_OF_REGION = 7_312_004
    KEY_OF_PROGRAM = 7_312_005
    EXTRA_FIELDS = 7_312_006
    REGULATIONS = 7_312_007
    BATCH_WORK = 7_312_010
    PERSONS_OF_REGION = 7_312_011
    MONEY_WORK = 7_312_012
    RECONCILIATION_WORK = 7_312_013
    SCENARIO_WORK = 7_312_014
    MONTHS_OF_REGION = 7_312_020
    EXAMPLES = 7_312_021
    PACK_WORK = 7_312_030
    PACK_STORE = 7_312_031
    HOOK_WORK = 7_312_040
    BACKUP = 7_312_050
    PRACTICE_ROOM = 7_312_060
    PRACTICE_PATTERN = 7_312_061
    CLOCK = 7_312_070
