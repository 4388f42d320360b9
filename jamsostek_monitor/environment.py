"""Settings that must come from the environment, and the sentence that says so when one is missing."""

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

from jamsostek_monitor.kept_settings import use_kept_settings

use_kept_settings()
env = Env()

REMEDIES = {
    "DATABASE_URL": "alamat PostgreSQL, misalnya postgresql://nama:sandi@host:5432/jamsostek",
    "REDIS_URL": "alamat Redis atau Valkey, misalnya redis://host:6379/0",
    "SECRET_KEY": "teks acak sedikitnya 50 huruf; ganti berarti semua orang harus masuk lagi",
    "NIK_KEYS": "kunci penyandian NIK, misalnya 1:<32 bita acak dalam base64>",
    "ALLOWED_HOSTS": "nama host yang dilayani, dipisah koma, misalnya jamsostek.banten.go.id",
}


def required(name: str) -> str:
    """The value of an environment variable that has no default.

    Raises ImproperlyConfigured with the name, its meaning and the way out when it is unset or empty.
    """
    try:
        value: str = env.str(name)
    except EnvError:
        value = ""
    if not value:
        raise ImproperlyConfigured(
            f"Variabel lingkungan {name} belum diisi ({REMEDIES[name]}). "
            f"Untuk mencoba tanpa menyiapkan apa pun, jalankan ./script/server."
        )
    return value
