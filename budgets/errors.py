"""What the services of this storey refuse, each with a sentence for the person who asked."""


class ReconciliationRefused(Exception):
    """The act does not fit the state of the reconciliation; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class TariffRefused(Exception):
    """The question has no price by law, or names what nothing is called by; `sentence` says which."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class PlanRefused(Exception):
    """The plan cannot be asked for, or not be used as it is; `field` is the part of the question, or ""."""

    def __init__(self, sentence: str, field: str = "") -> None:
        self.sentence, self.field = sentence, field
        super().__init__(sentence)
