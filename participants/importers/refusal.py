"""A file that is refused whole."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from participants.nik import mask_digits


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


class Protected(ListRefused):
    """A workbook that only its password opens."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Berkas dilindungi kata sandi. "
                "Isi kata sandinya, atau simpan tanpa kata sandi lalu kirim lagi."
            )
        )


class ZipOfLists(ListRefused):
    """An archive that holds lists; `names` are theirs."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        shown = ", ".join(Path(name).name for name in names[:5])
        super().__init__(
            _("Berkas ZIP ini berisi %(count)s daftar: %(names)s. Buka dan kirim masing-masing.")
            % {"count": len(names), "names": mask_digits(shown)[:150]}
        )


def broken() -> ListRefused:
    """The refusal of a file that claims a format and does not keep it."""
    return ListRefused(
        _("Berkas rusak atau terpotong. Buka di Excel, simpan ulang sebagai .xlsx, lalu kirim lagi.")
    )
