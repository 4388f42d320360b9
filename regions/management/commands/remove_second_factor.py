from regions.account_command import AccountCommand
from regions.services.account import drop_second_factor


class Command(AccountCommand):
    help = "Menghapus langkah kedua sebuah akun yang pemiliknya kehilangan ponsel, kunci dan kode cadangan."
    service = staticmethod(drop_second_factor)
    done = "Langkah kedua %(name)s dihapus; semua sesinya berakhir."
