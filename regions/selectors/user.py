from regions.models import User


def find_user(username: str) -> User | None:
    return User.objects.filter(username=username).first()
