"""What is stored as it is, yet worth a second look."""

from django.utils.translation import gettext_lazy as _

NO_LINE = _(
    "Tagihan ini tidak tertaut ke baris anggaran, jadi tidak mengurangi sisa pagu baris mana pun. Bila ada "
    "barisnya, tautkan lewat Koreksi."
)
