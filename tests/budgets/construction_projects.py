"""What a construction project says once it is registered, and two months in which it may count."""

from datetime import date

JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)
DONE = {"jakon_status": "registered", "registration_number": "JK 0001", "registered_on": date(2025, 5, 20)}
