"""What is kept for the day on which the database is gone."""

from jamsostek_monitor.environment import env

# Where backups are made every night, and how many stay; without it none are made here.
BACKUP_DIR, BACKUP_KEEP = env.str("BACKUP_DIR", ""), env.int("BACKUP_KEEP", 14)
# Of the embedded server: how many nights back any moment can be restored, from bases and the log of changes.
BACKUP_BASES = env.int("BACKUP_BASES", 3)
# Bases and the log are kept by programs beside the application (deploy/many); here their age is watched.
BASES_ELSEWHERE = env.bool("BASES_ELSEWHERE", False)
