"""What a visitor must find at nginx."""

from tests.drills.certificates import SITE
from tests.drills.machines import Machine
from tests.drills.steps import step
from tests.drills.visitor import Visitor, slow_clients

SLOW = 60
_DOUBLED = (
    "Strict-Transport-Security",
    "Content-Security-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
)


def check_front(visitor: Visitor, office: Machine, front: Machine) -> None:
    answer = visitor.ask("/akun/masuk/")
    for name in _DOUBLED:
        assert len(answer.headers.get_all(name) or []) == 1, f"{name}: {answer.headers.get_all(name)}"
    assert len(answer.headers["X-Request-ID"]) >= 16
    step("security headers stand once each: " + ", ".join(_DOUBLED))
    told = office.run(
        "curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", f"http://{front.address}/a"
    )
    assert told == f"301 https://{SITE}/a", told
    assert visitor.ask("/healthz/deep").status in (200, 403)
    step("plain HTTP is led to HTTPS")
    held = slow_clients(office, front.address, SLOW)
    took = max(visitor.wait_for("Masuk", "/akun/masuk/", 5) for _each in range(10))
    for line in held:
        line.close()
    step(f"{SLOW} clients that stop in the middle of a request: ten others waited {took:.2f} s at most")
