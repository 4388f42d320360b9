"""Practice rooms: an installation of one's own, in a database of its own, under an address of its own.

Inside `in_room` everything that asks or changes tables does so in the room's database, and every address that
is made leads into the room. No query knows of rooms, so none can forget to leave them out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend
from django.urls import get_script_prefix, set_script_prefix
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Below it each room has its number: /latihan/12/…
ROOMS = "/latihan/"
# Not one of the codes of the ministry, which begin with 11.
PROVINCE, CITY = "99", "99.71"
# What an address that leads out of a room says of where its reader comes from.
PRACTISED = "latihan"
MARK = gettext_noop("Latihan – bukan data sebenarnya")


@dataclass(frozen=True)
class RoomKey:
    number: int
    database: str

    @property
    def prefix(self) -> str:
        return f"{ROOMS}{self.number}/"


_entered: ContextVar[RoomKey | None] = ContextVar("practice_room", default=None)


def current_room() -> RoomKey | None:
    """The room in which this thread is; None where the data are those of the installation."""
    return _entered.get()


@contextmanager
def in_room(room: RoomKey) -> Iterator[None]:
    """For as long as the block lasts, the database of this thread is the room's. Rooms do not nest."""
    if _entered.get() is not None:
        raise RuntimeError("already in a practice room")
    outside, inside = connections[DEFAULT_DB_ALIAS], connection_to(room.database)
    prefix, entered = get_script_prefix(), _entered.set(room)
    connections[DEFAULT_DB_ALIAS] = inside
    set_script_prefix(prefix.rstrip("/") + room.prefix)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = outside
        set_script_prefix(prefix)
        _entered.reset(entered)
        inside.close()


def connection_to(database: str) -> BaseDatabaseWrapper:
    """Another database of the same server, with the same settings; it is opened when it is asked."""
    asked = {**connections[DEFAULT_DB_ALIAS].settings_dict, "NAME": database}
    wrapper: BaseDatabaseWrapper = load_backend(asked["ENGINE"]).DatabaseWrapper(asked, DEFAULT_DB_ALIAS)
    return wrapper


def installation_database() -> str:
    """The name of the database of the installation; asked outside of rooms."""
    if _entered.get() is not None:
        raise RuntimeError("in a practice room")
    return str(connections[DEFAULT_DB_ALIAS].settings_dict["NAME"])


def room_database(number: int | str) -> str:
    """Named after the installation's, so that two installations on one server never meet."""
    return f"{installation_database()}_latihan_{number}"


def data_warning() -> str:
    """What every paper, picture and workbook says where its figures are not real; "" where they are."""
    if current_room() is not None:
        return _(MARK)
    return _("Data contoh, sebagian rekaan") if settings.EXAMPLE_DATA else ""
