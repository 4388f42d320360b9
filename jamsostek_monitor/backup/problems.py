class BackupProblem(Exception):
    """Why a backup or a restore did not happen; its text is a sentence with the remedy."""


NO_ROOM = (
    "Disk {folder} penuh, jadi cadangan tidak dibuat. Kosongkan ruang atau pilih disk lain, lalu ulangi."
)
