from regions.account_command import AccountCommand
from regions.services.account import switch_off


class Command(AccountCommand):
    help = "Menonaktifkan sebuah akun seketika dan mengakhiri semua sesinya."
    service = staticmethod(switch_off)
    done = "Akun %(name)s dinonaktifkan; semua sesinya berakhir."
