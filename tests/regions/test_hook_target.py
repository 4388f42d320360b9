"""Where a notice may be sent: no way into a network of ours, by whatever spelling or answer of a resolver."""

import datetime
import socket
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.timezone import now

from regions.hook_call import CallFailed, call
from regions.hook_target import HookTarget, TargetRefused, find_target, host_of, is_public
from tests.receiver import receiving

PUBLIC = ("8.8.8.8", "103.10.105.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")
CLOSED = (
    *("127.0.0.1", "127.8.9.1", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1"),
    *("192.88.99.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"),
    *("fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1"),
    *("2002:7f00:1::", "2002:0808:0808::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2001:10::1", "localhost", "", "1"),
)


def asked(url, *addresses):
    return find_target(url, resolve=lambda _host, _port: addresses)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_called(address):
    assert is_public(address)
    assert asked("https://kait.contoh.go.id/a?b=1", address) == HookTarget(
        "https", "kait.contoh.go.id", 443, "/a?b=1", (address,)
    )


@pytest.mark.parametrize("address", CLOSED)
def test_no_other_address_is_called_not_even_beside_a_public_one(address):
    assert not is_public(address)
    with pytest.raises(TargetRefused, match="WEBHOOK_ALLOW"):
        asked("https://kait.contoh.go.id/", "8.8.8.8", address)


@pytest.mark.parametrize(
    "url",
    [
        *("", "kait.contoh.go.id", "ftp://contoh.go.id/", "file:///etc/passwd", "https://", "https:///a"),
        *("http://contoh.go.id/", "https://contoh.go.id:22/", "https://contoh.go.id:99999/"),
        *("https://a:b@contoh.go.id/", "https://@contoh.go.id/", "https://contoh.go.id/#a"),
        *("https://contoh.go.id\\@lain.id/", "https://contoh.go.id/a b", "https://contoh.go.id/\r\nX: y"),
        *("https://[::1/", "https://contöh.go.id/", f"https://contoh.go.id/{'a' * 600}"),
        "https://contoh.go.id/3672010704650051",
    ],
)
def test_addresses_that_are_refused_before_any_call(url):
    with pytest.raises(TargetRefused):
        asked(url, "8.8.8.8")


@pytest.mark.parametrize(
    "url", ["https://127.1/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/"]
)
def test_other_spellings_of_the_own_machine_are_looked_up_and_refused(url):
    with pytest.raises(TargetRefused):
        find_target(url)


def test_a_name_that_is_unknown_is_said_so():
    with pytest.raises(TargetRefused, match=r"kait\.contoh\.go\.id tidak ditemukan"):
        asked("https://KAIT.contoh.go.id./")


@pytest.mark.parametrize("listed", [["10.1.0.0/16"], ["dinas.lokal"], [" 10.1.2.3 ", "x"]])
def test_what_the_configuration_lists_may_be_private_and_without_tls(settings, listed):
    settings.WEBHOOK_ALLOW = listed
    found = asked("http://dinas.lokal:9000/kait", "10.1.2.3")
    assert (found.port, found.host_header) == (9000, "dinas.lokal:9000")
    with pytest.raises(TargetRefused):
        asked("http://lain.lokal:9000/kait", "10.1.2.3", "10.2.0.1")


def test_nothing_else_where_the_configuration_says_so(settings):
    settings.WEBHOOK_ONLY_LISTED, settings.WEBHOOK_ALLOW = True, ["kait.contoh.go.id"]
    assert asked("https://kait.contoh.go.id/", "8.8.8.8").host == "kait.contoh.go.id"
    with pytest.raises(TargetRefused):
        asked("https://contoh.go.id/", "8.8.8.8")


def test_others_are_told_the_host_alone():
    assert host_of("https://Kait.contoh.go.id/rahasia?kunci=1") == "kait.contoh.go.id"
    assert host_of("https://[::1/") == ""


def test_the_call_goes_to_the_judged_address_under_the_name_of_its_host():
    with receiving() as receiver:
        target = HookTarget("http", "tak-terdaftar.contoh", receiver.port, "/a?b=1", ("127.0.0.1",))
        assert call(target, b"isi", {"webhook-id": "msg_1"}) == 204
        (headers, body) = receiver.calls[0]
    assert (headers["host"], headers[":path"], body) == (target.host_header, "/a?b=1", b"isi")
    with pytest.raises(CallFailed, match="connection"):
        call(target, b"isi", {})


def test_no_redirect_is_followed():
    with receiving() as receiver:
        receiver.answers = [302]
        assert call(HookTarget("http", "a", receiver.port, "/", ("127.0.0.1",)), b"", {}) == 302
        assert len(receiver.calls) == 1


def test_who_never_answers_is_cut_off(monkeypatch):
    monkeypatch.setattr("regions.hook_call.LONGEST_CALL", 0.2)
    # Connections wait there, and nobody takes them.
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(CallFailed, match="timeout"):
        call(HookTarget("http", "a", silent.getsockname()[1], "/", ("127.0.0.1",)), b"", {})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "kait.contoh")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now() - datetime.timedelta(days=1))
        .not_valid_after(now() + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("kait.contoh")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_the_certificate_must_be_that_of_the_name(certificate):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=certificate)
    with receiving(wrap=lambda one: server.wrap_socket(one, server_side=True)) as receiver:

        def said(host, context):
            target = HookTarget("https", host, receiver.port, "/", ("127.0.0.1",))
            try:
                return call(target, b"isi", {}, context)
            except CallFailed as failed:
                return failed.cause

        assert said("kait.contoh", trusting) == 204
        assert said("lain.contoh", trusting) == "tls"
        assert said("kait.contoh", None) == "tls"
