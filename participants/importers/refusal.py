"""A file that is refused whole."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


class ListRefused(Exception):
    """The file cannot be read as a list; the text says why and what to do, to the person who sent it."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class SheetWithoutNik(ListRefused):
    """A sheet has titles but no NIK among them; other sheets of the file may still be lists.

    `titles` are its titles by index, so that a person can say which of them is the NIK.
    """

    def __init__(self, sentence: str, sheet: str, titles: Mapping[int, str]) -> None:
        self.sheet, self.titles = sheet, titles
        super().__init__(sentence)


def broken() -> ListRefused:
    """The refusal of a file that claims a format and does not keep it."""
    return ListRefused(
        _("Berkas rusak atau terpotong. Buka di Excel, simpan ulang sebagai .xlsx, lalu kirim lagi.")
    )
