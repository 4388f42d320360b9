import socket


def answers_ok(host: str, port: int, path: str, allowed_hosts: str) -> bool:
    """Whether the web server answers 200; asked over a bare socket, which costs no memory."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    name = allowed_hosts.split(",", maxsplit=1)[0].strip().lstrip(".")
    name = "127.0.0.1" if name in ("", "*") else name
    # The proxy in front says that the visitor came by HTTPS; so do we, lest we be sent there.
    lines = [f"GET {path} HTTP/1.0", f"Host: {name}", "X-Forwarded-Proto: https", "", ""]
    try:
        with socket.create_connection((reachable, port), timeout=5) as client:
            client.sendall("\r\n".join(lines).encode())
            return client.makefile("rb").readline().split()[1:2] == [b"200"]
    except OSError:
        return False
