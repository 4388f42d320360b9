"""The pages of notices to other programs, and what their documentation promises."""

from textwrap import dedent

import pytest
from django.conf import settings
from django.urls import reverse

from regions.models import Hook, HookDelivery
from regions.services.hook_delivery import deliver
from tests.cast import KOTA_B
from tests.regions.hooks import make, told, verified

pytestmark = pytest.mark.usefixtures("cast_once")


def test_given_shown_once_tried_followed_and_stopped_on_the_page(cast, receiver, client_of):
    client, address = client_of(cast.siti), reverse("hook_list")
    data = {
        **{"name": "Gudang data", "url": receiver.url, "events": ["month.closed", "pack.made"]},
        "assignment": cast.siti.assignments.get().pk,
    }
    page = client.post(address, data)
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    pk = Hook.objects.get().pk
    detail = reverse("hook_detail", args=[pk])
    assert secret not in client.get(detail).content.decode()
    client.post(reverse("hook_test", args=[pk]))
    receiver.answers = [503]
    deliver()
    shown = client.get(detail).content.decode()
    assert "HTTP 503" in shown
    assert "gagal" in client.get(address).content.decode()
    changed = client.post(reverse("hook_secret", args=[pk])).context["secret"]
    assert changed != secret
    delivery = HookDelivery.objects.get()
    client.post(reverse("hook_replay", args=[pk, delivery.pk]))
    deliver()
    assert verified(changed, *receiver.calls[1])
    assert "HTTP 204" in client.get(detail).content.decode()
    assert client.post(reverse("hook_stop", args=[pk])).url == address
    again = client.post(reverse("hook_test", args=[pk]), follow=True)
    assert "sudah dihentikan" in again.content.decode()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "http://10.0.0.1/"}, "https://"),
        ({"events": []}, "Pilih sedikitnya satu"),
        ({"region": KOTA_B}, "di luar jangkauan"),
        ({"assignment": 0}, "pilihan"),
    ],
)
def test_what_the_page_refuses(cast, receiver, client_of, wrong, said):
    good = {"name": "x", "url": receiver.url, "events": ["pack.made"]}
    data = {**good, "assignment": cast.siti.assignments.get().pk, **wrong}
    page = client_of(cast.siti).post(reverse("hook_list"), data)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Hook.objects.exists()


def test_the_recipe_of_the_documentation_verifies(cast, receiver):
    text = (settings.BASE_DIR / "docs/api.md").read_text("utf-8")
    recipe = dedent(
        text[text.index("    import base64, hmac, time") : text.index("Addresses must be public")]
    )
    told_how = {}
    exec(compile(recipe, "docs/api.md", "exec"), told_how)  # noqa: S102 - the text of our own documentation
    is_genuine = told_how["is_genuine"]
    made = make(cast.siti, receiver.url)
    told()
    deliver()
    ((headers, body),) = receiver.calls
    assert is_genuine(made.secret, headers, body)
    assert not is_genuine(made.secret, headers, body + b" ")
    assert not is_genuine(make(cast.siti, receiver.url).secret, headers, body)
    assert not is_genuine(made.secret, {**headers, "webhook-timestamp": "1"}, body)
