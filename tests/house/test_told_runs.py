"""Faces ask `standing` which runs a person is told of; who reads runs as they are is named here, with why."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
AS_THEY_ARE = {
    "reports/selectors/standing.py": "says it",
    "reports/selectors/run.py": "gathers for the computation, and counts what waits",
    "reports/selectors/waiting_region.py": "what is to be computed",
    "reports/selectors/gathering/reported_before.py": "the computation",
    "reports/selectors/gathering/closed_due.py": "the computation",
    "reports/selectors/recount_finding.py": "findings of the second computation, for who sees jobs",
    "reports/selectors/recount/comparison.py": "the second computation",
    "reports/selectors/boards/stamp.py": "when a kept board is old",
    "reports/selectors/definitions/preview.py": "for administrators who decide a definition",
    "reports/selectors/definitions/alternatives.py": "its page demands that all it counts is told",
    "reports/selectors/moves/page.py": "its pages demand that all they count is told",
    "reports/selectors/moves/stored.py": "the same",
    "reports/selectors/covered.py": "for commands, which have no reader; people by what they are told",
    "reports/selectors/plans/base.py": "the same",
    "reports/selectors/statements/known.py": "for commands, which have no reader; people by what stands",
    "reports/selectors/months/review.py": "for who is about to take a step of the month",
    "reports/selectors/home/since_closing.py": "for auditors",
    "reports/selectors/public.py": "closed months for everybody; open ones only to guard them",
    "reports/selectors/practice.py": "whether a practised month has a figure, for who practises it",
    "reports/selectors/packs/check.py": "whether an issued pack still says what stands",
    "reports/selectors/packs/content.py": "packs are asked for where their months are told",
}


def test_no_other_selector_or_view_reads_runs_as_they_are():
    reading = {
        str(path.relative_to(ROOT))
        for folder in ("selectors", "views", "forms")
        for path in (ROOT / "reports" / folder).rglob("*.py")
        if re.search(r"is_current(=True|\b.*AND)|[\W_]stood\(", path.read_text())
    }
    assert reading == set(AS_THEY_ARE)
