"""Many operations of a migration as one, for tables that a new database gets together.

After each operation Django renders again all models that are related to the one it changed, and nearly all of
ours are: 146 tables took a minute and a half of processor time. Here they are rendered once, at the end.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AtOnce(Operation):
    """For operations that may read the state after all of them instead of their own: new tables and triggers.

    There is no way back: who takes the first tables away takes all data.
    """

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Models rendered before are dropped; Django renders all of them when one is asked for.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Create all tables at once"
