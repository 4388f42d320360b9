"""What the services of this storey refuse, each with a sentence for the person who asked."""


class BatchRefused(Exception):
    """The act does not fit the state of the batch, or its terms; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class PersonRefused(Exception):
    """What was asked of a person or a spell cannot be; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)
