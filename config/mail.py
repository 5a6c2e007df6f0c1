"""Mail that leaves after the commit, through the task interface."""

from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django_tasks import task


@task()
def deliver(to: str, subject: str, body: str) -> int:
    """Send one message; the number of mails handed over."""
    return send_mail(subject, body, None, [to])


def send_after_commit(*, to: list[str], subject: str, body: str) -> None:
    """Queue a message once the transaction has held; a rolled-back write sends nothing.

    One mail each: nobody reads the addresses of the others.
    """
    for address in sorted({address for address in to if address}):
        transaction.on_commit(partial(deliver.enqueue, address, subject, body), robust=True)
