from celery import shared_task

from regions.services.dormant import rest_dormant
from regions.services.hook_delivery import deliver
from regions.services.kept_answer import forget_answers
from regions.services.outbox import forget_messages
from regions.services.reset_mail import mail_resets
from regions.services.session import clear_sessions as clear
from regions.services.spent_link import forget_spent_links


@shared_task
def clear_sessions() -> None:
    """Every night: sessions that are over go."""
    clear()


@shared_task
def forget_links() -> None:
    """Every night: for whom links were that are spent. Safe to run twice: the second finds nothing."""
    forget_spent_links()


@shared_task
def forget_kept_answers() -> None:
    """Every night: answers to programs that are kept no longer. Safe to run twice."""
    forget_answers()


@shared_task
def deliver_hooks() -> None:
    """Tell other programs what happened. The deliveries wait in PostgreSQL; safe to run twice at once."""
    deliver(seconds=3)


@shared_task
def forget_outbox() -> None:
    """Every night: messages to other programs that are a month old. Safe to run twice."""
    forget_messages()


@shared_task
def rest_dormant_accounts() -> None:
    """Every night: accounts that nobody has used for long are switched off. Safe to run twice."""
    rest_dormant()


@shared_task
def mail_reset_links(accounts: list[int]) -> None:
    """Links to a new password for the accounts of an address that was typed; mostly one, or none."""
    mail_resets(accounts)
