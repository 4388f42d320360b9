"""Steps that somebody takes one after the other, each ticked by what the data say."""

from typing import Generic, Protocol, TypeVar


class TickedStep(Protocol):
    @property
    def is_done(self) -> bool: ...


S = TypeVar("S", bound=TickedStep)


class TakenSteps(Generic[S]):
    """For classes with `steps`: how far somebody is."""

    steps: list[S]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def is_over(self) -> bool:
        return self.done == len(self.steps)

    @property
    def next_step(self) -> S | None:
        return next((step for step in self.steps if not step.is_done), None)
