from regions.account_command import AccountCommand
from regions.services.account import drop_office_account


class Command(AccountCommand):
    help = "Melepas akun kantor yang terhubung dengan sebuah akun."
    service = staticmethod(drop_office_account)
    done = "Akun kantor %(name)s dilepas; semua sesinya berakhir."
