from typing import Any

from django_redis.cache import RedisCache
from django_redis.exceptions import ConnectionInterrupted

from regions.practice import current_room


def key_of_world(key: str, prefix: str, version: int) -> str:
    """Keys of a practice room are its own: what is kept of a figure there is found nowhere else."""
    room = current_room()
    return f"{prefix}:{version}:{room.database}:{key}" if room else f"{prefix}:{version}:{key}"


class ForgivingCache(RedisCache):  # type: ignore[misc]
    """A cache that may be away. Whoever wants a lock or counts attempts then goes on, as if first.

    django-redis answers None where Redis is away, which allauth reads as a lock held by somebody else:
    nobody could sign in.
    """

    def add(self, *args: Any, **kwargs: Any) -> bool:
        try:
            return bool(self.client.add(*args, **kwargs))
        except ConnectionInterrupted:
            return True
