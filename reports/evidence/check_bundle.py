"""Memeriksa berkas bukti dari Jamsostek Monitor. Hanya memerlukan Python 3, tanpa pustaka lain.

    python3 periksa.py

Dijalankan di folder hasil ekstrak. Kode keluar 0 berarti tidak ada yang berubah.
"""

import base64
import binascii
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

Row = dict[str, Any]
# x, y, z and x·y/z, of which x/z and y/z are the place on the curve.
Point = tuple[int, int, int, int]

MANIFEST, SIGNATURE, KEY, HEAD = "bukti.json", "tanda-tangan.txt", "kunci.txt", "segel-log.txt"
ACTS, FIGURES, ROWS, DOCUMENTS = "log.jsonl", "angka.jsonl", "baris.jsonl", "dokumen.jsonl"

# The curve of Ed25519 (RFC 8032): prime, constant, order, base point.
_P = 2**255 - 19
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ORDER = 2**252 + 27742317777372353535851937790883648493
_ROOT = pow(2, (_P - 1) // 4, _P)


def canonical(value: object) -> str:
    """One way to write the same content."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def link(before: str, row: Row) -> str:
    """Each row is chained to all before it, so that none can be changed, left out or moved."""
    return hashlib.sha256(bytes.fromhex(before) + canonical(row).encode()).hexdigest()


def first_link(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def check_folder(folder: Path) -> list[str]:
    """Kalimat untuk tiap hal yang tidak sesuai; kosong bila semuanya utuh."""
    try:
        text = (folder / MANIFEST).read_bytes()
        manifest = json.loads(text)
    except (OSError, ValueError):
        return [f"{MANIFEST} tidak ada atau tidak terbaca."]
    faults = _signature_faults(folder, text)
    faults += _file_faults(folder, manifest)
    if faults:
        return faults
    rows = {name: _rows_of(folder / name) for name in manifest["chains"]}
    for name, told in manifest["chains"].items():
        faults += _chain_faults(name, rows[name], told)
    if faults:
        return faults
    faults += _figure_faults(rows[FIGURES], rows[ROWS])
    return faults + _act_faults(folder, rows[ACTS])


def _signature_faults(folder: Path, manifest: bytes) -> list[str]:
    try:
        text, origin, signed = _note(folder / SIGNATURE)
        key = base64.b64decode((folder / KEY).read_text().strip(), validate=True)
    except (OSError, ValueError, binascii.Error):
        return ["Tanda tangan atau kunci tidak ada atau tidak terbaca."]
    if f"bundle {hashlib.sha256(manifest).hexdigest()}" not in text.splitlines():
        return [f"{MANIFEST} bukan yang ditandatangani."]
    return [] if _is_signed(text, origin, signed, key) else ["Tanda tangan tidak sah."]


def _note(path: Path) -> tuple[str, str, bytes]:
    text, _blank, last = path.read_text(encoding="utf-8").partition("\n\n")
    _dash, origin, encoded = last.strip().split(" ")
    return f"{text}\n", origin, base64.b64decode(encoded, validate=True)


def _is_signed(text: str, origin: str, signed: bytes, key: bytes) -> bool:
    name = hashlib.sha256(key).hexdigest()[:12]
    mark = hashlib.sha256(origin.encode() + b"\n\x01" + key).digest()[:4]
    is_ours = origin == f"jamsostek-monitor/{name}" and text.startswith(f"{origin}\n")
    return is_ours and signed[:4] == mark and is_signature(key, text.encode(), signed[4:])


def _file_faults(folder: Path, manifest: Row) -> list[str]:
    faults = []
    known = {MANIFEST, SIGNATURE, KEY, *manifest["files"]}
    for name, told in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{name} hilang.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != told["sha256"]:
            faults.append(f"{name} berubah.")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    more = sorted(name for name in found - known if "__pycache__" not in name)
    return faults + [f"{name} tidak termasuk bukti ini." for name in more]


def _rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _chain_faults(name: str, lines: list[Row], told: Row) -> list[str]:
    chain = first_link(name)
    for number, line in enumerate(lines, 1):
        chain = link(chain, line["row"])
        if line["number"] != number or line["chain"] != chain:
            return [f"{name}: baris {number} berubah, hilang, atau berpindah."]
    if (len(lines), chain) != (told["rows"], told["chain"]):
        return [f"{name}: seharusnya {told['rows']} baris."]
    return []


def _figure_faults(figures: list[Row], rows: list[Row]) -> list[str]:
    """The sums of rows, of parts and of regions below, and each percentage."""
    faults = []
    amounts = {line["number"]: line["row"]["amount"] for line in rows}
    for line in figures:
        figure = line["row"]
        name = f"{figure['measure']} {figure['region']} {figure['period']}"
        for section in figure["sections"]:
            listed = section["rows"]
            if listed is not None and sum(amounts[one] for one in listed) != section["total"]:
                faults.append(f"{name}: jumlah “{section['title']}” tidak sama dengan barisnya.")
        below = sum(one["numerator"] for one in figure["below"])
        if figure["is_sum_of_below"] and below != figure["numerator"]:
            faults.append(f"{name}: bukan jumlah wilayah di bawahnya.")
        if figure["is_percent"] and not _is_share(figure):
            faults.append(f"{name}: persentasenya tidak sama dengan pembilang dibagi penyebut.")
    return faults


def _is_share(figure: Row) -> bool:
    """To the hundredth, halves upwards."""
    numerator, denominator = figure["numerator"], figure["denominator"]
    hundredths = (abs(numerator) * 20_000 + denominator) // (2 * denominator)
    told = figure["rate"].lstrip("-").partition(".")
    shown = int(told[0]) * 100 + int((told[2] + "00")[:2])
    return bool(abs(hundredths - shown) <= 1)


def _act_faults(folder: Path, acts: list[Row]) -> list[str]:
    """Each act hashed anew and led to the root of the log that was signed."""
    try:
        text, origin, signed = _note(folder / HEAD)
        key = base64.b64decode((folder / KEY).read_text().strip(), validate=True)
        size, root = int(text.splitlines()[1]), base64.b64decode(text.splitlines()[2], validate=True)
    except (OSError, ValueError, IndexError, binascii.Error):
        return ["Segel log aktivitas tidak terbaca."]
    if not _is_signed(text, origin, signed, key):
        return ["Segel log aktivitas tidak sah."]
    faults = []
    for line in acts:
        act = line["row"]
        made = hashlib.sha256(canonical(act["content"]).encode()).digest()
        if made.hex() != act["hash"]:
            faults.append(f"Catatan nomor {act['id']} ditulis ulang.")
        elif root_of(made, act["position"], size, act["proof"]) != root:
            faults.append(f"Catatan nomor {act['id']} tidak ada dalam log yang disegel.")
    return faults


def root_of(entry: bytes, position: int, size: int, proof: list[str]) -> bytes | None:
    """The root of a tree of RFC 6962 to which a proof leads; None where it leads nowhere."""
    if position >= size:
        return None
    made, place, last = hashlib.sha256(b"\x00" + entry).digest(), position, size - 1
    for text in proof:
        other = bytes.fromhex(text)
        if last == 0:
            return None
        if place % 2 or place == last:
            made = hashlib.sha256(b"\x01" + other + made).digest()
            while not place % 2 and place:
                place, last = place >> 1, last >> 1
        else:
            made = hashlib.sha256(b"\x01" + made + other).digest()
        place, last = place >> 1, last >> 1
    return made if last == 0 else None


def is_signature(key: bytes, message: bytes, signature: bytes) -> bool:
    """Ed25519 by whole numbers; slow and needing nothing."""
    if len(key) != 32 or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    try:
        public, early = _point(key), _point(signature[:32])
    except ValueError:
        return False
    if scalar >= _ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    left = _times(scalar, _BASE)
    right = _plus(early, _times(int.from_bytes(digest, "little") % _ORDER, public))
    # x/z and y/z are the same on both sides.
    return all((left[n] * right[2] - right[n] * left[2]) % _P == 0 for n in (0, 1))


def _point(encoded: bytes) -> Point:
    """Raises ValueError for what lies on no curve."""
    number = int.from_bytes(encoded, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = _across(y, sign)
    return (x, y, 1, x * y % _P)


def _across(y: int, sign: int) -> int:
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if y >= _P or (x * x - square) % _P or (x == 0 and sign):
        raise ValueError("not on the curve")
    return x if x % 2 == sign else _P - x


_BASE = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little"))


def _plus(one: Point, other: Point) -> Point:
    a, b = (one[1] - one[0]) * (other[1] - other[0]), (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * one[3] * other[3] * _D, 2 * one[2] * other[2]
    e, f, g, h = (b - a) % _P, (d - c) % _P, (d + c) % _P, (b + a) % _P
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(scalar: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _plus(found, point)
        point, scalar = _plus(point, point), scalar >> 1
    return found


def main() -> int:
    folder = Path(__file__).resolve().parent
    faults = check_folder(folder)
    for fault in faults:
        print(f"TIDAK SESUAI: {fault}")
    if faults:
        return 1
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    print(f"Utuh: {manifest['title']}")
    for name, told in manifest["chains"].items():
        print(f"  {name}: {told['rows']} baris")
    print(f"Ditandatangani oleh {manifest['origin']}.")
    print(f"Bandingkan nama ini dengan halaman {manifest['verify_at']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
