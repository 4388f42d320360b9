"""Programs in tests: clients that speak for a person with a token that may write."""

from django.test import Client

from regions.services.api_token import make_api_token


def program_of(user) -> Client:
    (role,) = user.assignments.all()
    token = make_api_token(by=user, assignment_id=role.pk, name="x", days=1, may_write=True).text
    return Client(headers={"authorization": f"Bearer {token}"})


def send_json(user, address, body, **headers):
    return program_of(user).post(address, body, content_type="application/json", headers=headers)
