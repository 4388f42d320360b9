"""Numbers in Indonesian words, as official papers write amounts."""

_SMALL = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_LARGE = (
    (10**15, "kuadriliun"),
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (10**3, "ribu"),
    (100, "ratus"),
)
MOST = 10**18 - 1


def terbilang(number: int) -> str:
    """480457660 → `empat ratus delapan puluh juta empat ratus lima puluh tujuh ribu enam ratus enam puluh`.

    Raises ValueError beyond `MOST`. The same in every language of the page: it is a text of the paper.
    """
    if abs(number) > MOST:
        raise ValueError(number)
    return f"minus {_words(-number)}" if number < 0 else _words(number)


def _words(number: int) -> str:
    if number < 12:
        return _SMALL[number]
    if number < 20:
        return f"{_SMALL[number - 10]} belas"
    if number < 100:
        return _joined(f"{_SMALL[number // 10]} puluh", number % 10)
    unit, name = next((unit, name) for unit, name in _LARGE if number >= unit)
    count = number // unit
    # A hundred and a thousand are said in one word; one thousand within a larger group too.
    head = f"se{name}" if count == 1 and unit <= 1000 else f"{_words(count)} {name}"
    return _joined(head, number % unit)


def _joined(head: str, rest: int) -> str:
    return f"{head} {_words(rest)}" if rest else head
