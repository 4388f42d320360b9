"""One search of HiGHS: columns of whole people, rows, an objective."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import highspy
import numpy as np

from budgets.planning.rows import ProgrammeRow


@dataclass(frozen=True)
class SearchFound:
    """`values` of all columns, None where there are none; `gap` is relative, 0 where it is proven."""

    values: list[int] | None
    gap: float
    is_proven: bool
    is_infeasible: bool


@dataclass(frozen=True)
class Search:
    """The objective (one weight for each column) is made as large as possible.

    No start is given: HiGHS 1.16 calls a start optimal that is not, where presolve leaves nothing to search.
    """

    upper: Sequence[float]
    rows: Sequence[ProgrammeRow]
    weights: Sequence[float]
    seconds: float
    gap: float = 0.0

    def run(self) -> SearchFound:
        if not self.upper:
            is_infeasible = any(row.lower > 0 or row.upper < 0 for row in self.rows)
            return SearchFound(None if is_infeasible else [], 0.0, True, is_infeasible)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_rel_gap", self.gap),
            ("mip_abs_gap", 0.5),
            ("time_limit", max(self.seconds, 0.1)),
        ):
            solver.setOptionValue(name, value)
        solver.passModel(self._model())
        solver.run()
        return _found(solver)

    def _model(self) -> highspy.HighsLp:
        by_column: list[list[tuple[int, int]]] = [[] for _ in self.upper]
        for number, row in enumerate(self.rows):
            for column, coefficient in row.entries:
                by_column[column].append((number, coefficient))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.upper), len(self.rows)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = np.array(self.weights, dtype=float)
        model.col_lower_ = np.zeros(len(self.upper))
        model.col_upper_ = np.array(self.upper, dtype=float)
        model.row_lower_ = np.array([row.lower for row in self.rows], dtype=float)
        model.row_upper_ = np.array([row.upper for row in self.rows], dtype=float)
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.upper)
        starts = np.cumsum([0, *(len(entries) for entries in by_column)])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = np.array([number for entries in by_column for number, _c in entries])
        model.a_matrix_.value_ = np.array([c for entries in by_column for _n, c in entries], dtype=float)
        return model


def _found(solver: highspy.Highs) -> SearchFound:
    status = solver.getModelStatus()
    if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
        return SearchFound(None, 0.0, True, True)
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return SearchFound(None, inf, False, False)
    values = [round(value) for value in solver.getSolution().col_value]
    is_proven = status == highspy.HighsModelStatus.kOptimal
    # All weights are whole numbers: less than one between found and possible is nothing.
    is_exact = abs(info.mip_dual_bound - info.objective_function_value) < 1
    return SearchFound(values, 0.0 if is_exact else float(info.mip_gap), is_proven, False)
