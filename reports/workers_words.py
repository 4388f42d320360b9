"""Who the workers are that coverage was divided by, in the words of a sentence."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

# As definitions of values name them: in the language of the application.
_KINDS: dict[str, str | Promise] = {
    "angkatan kerja": gettext_lazy("orang angkatan kerja"),
    "penduduk bekerja": gettext_lazy("penduduk bekerja"),
}
_SHARES: dict[str, str | Promise] = {
    "angkatan kerja": pgettext_lazy("share", "angkatan kerja"),
    "penduduk bekerja": pgettext_lazy("share", "penduduk bekerja"),
}
_NAMED = re.compile(rf"(?:^|; |: )({'|'.join(_KINDS)}) \d{{4}}(?:;|$)")


def workers_words(definition: str) -> str:
    """`orang angkatan kerja` of a labour force, which holds those without work; `pekerja` of all else."""
    found = _NAMED.search(definition)
    return str(_KINDS[found[1]]) if found else _("pekerja")


def share_words(definition: str) -> str:
    """The same after a percentage: `52,23% angkatan kerja`."""
    found = _NAMED.search(definition)
    return str(_SHARES[found[1]]) if found else _("pekerja")
