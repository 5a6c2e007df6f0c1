"""Work that outlasts a request, by the queue that ``TASKS_BACKEND`` names."""

from django_tasks import task

from units.actions.importing.jobs import work_on
from units.models import Import


@task()
def carry_on(pk: int) -> None:
    """Carry an import on from where it is; nothing happens when another process is at it."""
    if job := Import.objects.filter(pk=pk).first():
        work_on(job)
