"""``manage.py import_file``: the import road from the command line, for files of any size.

manage.py import_file KIND FILE --option NAME=VALUE --by USERNAME              # look
manage.py import_file KIND FILE --option NAME=VALUE --by USERNAME --confirm    # look and write
manage.py import_file --write TOKEN     (also --resume, --cancel, --undo, and --purge alone)

Without ``--by`` the system acts. Leaves with an error when the file is not written.
"""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from config.text import vn_number
from config.workflow import RuleViolation
from units.actions import (
    cancel_import,
    confirm_import,
    purge_imports,
    resume_import,
    undo_import,
    upload_import,
    work_on,
)
from units.imports import road
from units.imports.kind import kind_of, kinds
from units.imports.road import preview
from units.models import Import, User

SHOWN = 100
"""So many findings are printed; the rest is counted."""
State = Import.State


class Command(BaseCommand):
    help = "Nhập dữ liệu từ tệp .xlsx hoặc .csv: đọc, kiểm tra, xem khác biệt; --confirm để ghi."

    def add_arguments(self, parser):
        parser.add_argument("kind", nargs="?", help="loại dữ liệu")
        parser.add_argument("file", nargs="?", type=Path, help="tệp .xlsx hoặc .csv")
        parser.add_argument("--option", action="append", default=[], metavar="TÊN=GIÁ TRỊ")
        parser.add_argument("--by", help="tên đăng nhập của người nhập; không có thì là hệ thống")
        parser.add_argument("--confirm", action="store_true", help="ghi luôn khi không có lỗi")
        for name, words in TOKEN_STEPS.items():
            parser.add_argument(f"--{name}", metavar="MÃ", help=f"{words} một lần nhập")
        parser.add_argument("--purge", action="store_true", help="dọn các lần nhập quá hạn")

    def handle(self, *args, **options):
        by = _person(options["by"])
        try:
            if options["purge"]:
                self.stdout.write(f"Đã hủy {vn_number(purge_imports(by=by))} lần nhập quá hạn.")
                return
            for name in TOKEN_STEPS:
                if token := options[name.replace("-", "_")]:
                    self._take(name, _job(token), by)
                    return
            self._bring_in(options, by)
        except RuleViolation as refusal:
            raise CommandError("\n".join(refusal.args)) from refusal

    def _bring_in(self, options, by) -> None:
        kind, path = kind_of(options["kind"] or ""), options["file"]
        if kind is None or path is None:
            known = "\n".join(f"  {kind.slug}: {kind.title}" for kind in kinds())
            raise CommandError(f"Hãy ghi loại dữ liệu và tệp. Các loại dữ liệu:\n{known}")
        chosen = _chosen(kind, options["option"], by)
        with _opened(path) as file:
            job = upload_import(kind, file, by=by, options=chosen, hand_over=self._work)
        self._told(job)
        if options["confirm"]:
            self._take("write", job, by)

    def _take(self, name: str, job: Import, by) -> None:
        """One step on an import, carried out by this process, to its end."""
        steps = {
            "write": confirm_import,
            "resume": resume_import,
            "cancel": cancel_import,
            "undo": undo_import,
        }
        steps[name](job, by=by, hand_over=self._work)
        self._told(job)

    def _work(self, job: Import) -> None:
        work_on(job, self._progress(job))

    def _progress(self, job: Import):
        def tell(done: int, total: int) -> None:
            job.refresh_from_db(fields=["heartbeat", "phase_started_at", "done", "total"])
            share = done * 100 // total if total else 0
            rate = preview.rate(job)
            pace = f", {vn_number(rate)} dòng/giây" if rate else ""
            left = f", còn {words}" if (words := preview.time_left(job)) else ""
            self.stdout.write(f"{vn_number(done)}/{vn_number(total)} ({share}%){pace}{left}")

        return tell

    def _told(self, job: Import) -> None:
        """Where the import stands now; an error when that is not where it was to come."""
        job.refresh_from_db()
        counts = job.counts
        self.stdout.write(f"{job.name}: {job.get_state_display()} (mã {job.token})")
        if counts:
            self.stdout.write(
                "; ".join(
                    f"{verdict.label} {vn_number(counts.get(verdict, 0))}"
                    for verdict in road.Verdict
                )
            )
        for problem in job.problems.order_by("-blocking", "number", "pk")[:SHOWN]:
            self.stdout.write(f"{problem.address} ({problem.label}): {problem.message}")
        for note in preview.notes(job):
            self.stdout.write(note)
        if job.state in (State.FAULTY, State.FAILED) or job.failure:
            raise CommandError(job.failure or f"Tệp có {vn_number(counts['errors'])} lỗi.")


TOKEN_STEPS = {"write": "ghi", "resume": "tiếp tục", "cancel": "hủy", "undo": "hoàn tác"}
"""Steps on an import that is known by its token."""


def _person(username: str | None) -> User | None:
    if username is None:
        return None
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"Không có tài khoản “{username}”.")
    return found


def _job(token: str) -> Import:
    try:
        return Import.objects.get(token=token)
    except (Import.DoesNotExist, ValidationError) as error:
        raise CommandError(f"Không có lần nhập mã {token}.") from error


def _chosen(kind, pairs: list[str], by) -> dict:
    """The options as the page's own form reads them."""
    data = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    form = road.options_form(kind, by, data)
    if not form.is_valid():
        names = ", ".join(form.fields)
        wrong = [f"{name}: {error}" for name, found in form.errors.items() for error in found]
        raise CommandError("\n".join([*wrong, f"Các lựa chọn (--option): {names}"]))
    return road.as_json(form.cleaned_data)


def _opened(path: Path):
    try:
        return File(path.open("rb"), name=path.name)
    except OSError as error:
        raise CommandError(f"Không mở được tệp {path}: {error.strerror}.") from error
