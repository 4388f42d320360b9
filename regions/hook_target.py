"""Where a notice may be sent: an address is taken apart, its host looked up once, every answer judged."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from regions.personal_numbers import has_personal_number

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
LONGEST_ADDRESS = 500
_PORTS = frozenset({443, 8443})
_USUAL = {"https": 443, "http": 80}
# IPv4 in IPv6 as networks without IPv4 translate it (RFC 6052): judged by what it stands for.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
# What leads out by a detour, or is missing from older lists of reserved networks.
_CLOSED = tuple(
    ipaddress.ip_network(one)
    for one in (
        *("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4"),
        *("::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10"),
    )
)


class TargetRefused(Exception):
    """The address may not be called; `sentence` says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True)
class HookTarget:
    """What a connection needs; it goes to one of `addresses` and nowhere else."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _USUAL[self.scheme] else f"{host}:{self.port}"


def host_of(url: str) -> str:
    """The part of an address that may be told to others: its path may hold a secret."""
    return _parts(url).hostname or ""


def find_target(url: str, resolve: Resolve | None = None) -> HookTarget:
    """Raises TargetRefused. What the configuration lists may also be private, without TLS, at any port."""
    parts = _checked_parts(url)
    host, port = _host(parts), _port(parts)
    addresses = tuple(dict.fromkeys((resolve or resolved)(host, port)))
    if not addresses:
        raise TargetRefused(_("Nama host %s tidak ditemukan. Periksa ejaannya.") % host)
    if not _is_listed(host, addresses):
        _demand_public(parts.scheme, port, addresses)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return HookTarget(parts.scheme, host, port, path, addresses)


def resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(one[4][0]) for one in found]


def is_public(text: str) -> bool:
    """Whether the address leads out into the internet and to one machine; what is not understood does not."""
    try:
        address = _meant(ipaddress.ip_address(text))
    except ValueError:
        return False
    if getattr(address, "scope_id", None) or address.is_multicast or address.is_reserved:
        return False
    is_closed = any(address in network for network in _CLOSED if network.version == address.version)
    return address.is_global and not is_closed


def _meant(address: IPAddress) -> IPAddress:
    """The IPv4 address that is packed in this one, or itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in _TRANSLATED:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _checked_parts(url: str) -> SplitResult:
    parts = _parts(url)
    plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if parts.scheme not in _USUAL or not parts.hostname or not plain or len(url) > LONGEST_ADDRESS:
        raise TargetRefused(_("Tulis alamat lengkap, misalnya https://contoh.go.id/terima."))
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise TargetRefused(_("Tulis alamat tanpa nama pengguna, kata sandi, atau tanda #."))
    if has_personal_number(url):
        raise TargetRefused(_("Alamat ini memuat angka yang tampak seperti NIK. Pakai alamat tanpa NIK."))
    return parts


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".").lower()


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or _USUAL[parts.scheme]
    except ValueError:
        raise TargetRefused(_("Nomor port dalam alamat ini tidak berlaku.")) from None


def _demand_public(scheme: str, port: int, addresses: Sequence[str]) -> None:
    if scheme != "https":
        raise TargetRefused(_("Pakai alamat yang diawali https://."))
    if port not in _PORTS:
        raise TargetRefused(_("Hanya port 443 dan 8443 yang boleh dipakai."))
    if settings.WEBHOOK_ONLY_LISTED or not all(map(is_public, addresses)):
        raise TargetRefused(
            _(
                "Alamat ini menuju jaringan yang tidak boleh dipanggil dari sini. Minta pengelola server "
                "menambahkannya ke WEBHOOK_ALLOW, atau pakai alamat umum."
            )
        )


def _is_listed(host: str, addresses: Sequence[str]) -> bool:
    """Whether the configuration names the host itself, or networks in which all its addresses lie."""
    listed = [one.strip().lower() for one in settings.WEBHOOK_ALLOW if one.strip()]
    return host in listed or all(_in_networks(one, listed) for one in addresses)


def _in_networks(text: str, listed: Sequence[str]) -> bool:
    try:
        address = _meant(ipaddress.ip_address(text))
    except ValueError:
        return False
    for one in listed:
        try:
            network = ipaddress.ip_network(one)
        except ValueError:
            continue
        if address.version == network.version and address in network:
            return True
    return False
