from typing import Any

from django_redis.cache import RedisCache
from django_redis.exceptions import ConnectionInterrupted


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
