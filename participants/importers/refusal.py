"""A file that is refused whole."""


class ListRefused(Exception):
    """The file cannot be read as a list; the text says why and what to do, to the person who sent it."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class SheetWithoutNik(ListRefused):
    """A sheet has titles but no NIK among them; other sheets of the file may still be lists."""
