"""One import: the file, the rows it was read into, what is wrong with them, what they replaced.

The states are those of ``units.imports.states``; ``state`` is written by ``units.actions``.
"""

from enum import nonmember

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from units.kinds import Role
from units.models.tree import Unit


class ImportQuerySet(models.QuerySet):
    def of(self, user):
        """An import belongs to the person who uploaded the file, and to nobody else."""
        return self.filter(uploaded_by=user)

    def visible_to(self, user):
        """One's own; an administrator sees that there were others, not what was in them."""
        everything = Role.ADMINISTRATOR in user.role_names()
        return self.all() if everything else self.of(user)

    def unconfirmed(self):
        """Files that were read, or are still being read, and that nobody has confirmed."""
        return self.filter(state__in=Import.State.UNCONFIRMED)

    def for_list(self):
        return self.select_related("uploaded_by", "undone_by").order_by("-uploaded_at", "-pk")


class Import(models.Model):
    """A file on its way in, and afterwards the source of what it wrote.

    ``kind`` is the slug of an ``units.imports.kind.ImportKind``; ``options`` what was asked beside
    the file (year, stage, commune), as JSON. ``done`` of ``total`` rows is the progress of the
    phase at hand. ``heartbeat`` tells whether somebody is still working: a job whose heart stands
    still may be taken up by another process.
    """

    class State(models.TextChoices):
        READING = "reading", "đang đọc tệp"
        FAULTY = "faulty", "có lỗi phải sửa"
        WAITING = "waiting", "chờ xác nhận"
        WRITING = "writing", "đang ghi"
        DONE = "done", "đã ghi"
        UNDOING = "undoing", "đang hoàn tác"
        UNDONE = "undone", "đã hoàn tác"
        CANCELLED = "cancelled", "đã hủy"
        FAILED = "failed", "dừng vì sự cố"

        UNCONFIRMED = nonmember(("reading", "faulty", "waiting"))
        AT_WORK = nonmember(("reading", "writing", "undoing"))
        WRITTEN = nonmember(("done", "undoing", "undone"))

    token = models.UUIDField("mã", unique=True)
    kind = models.SlugField("loại dữ liệu", max_length=30)
    options = models.JSONField("lựa chọn", default=dict)
    name = models.CharField("tên tệp", max_length=200)
    size = models.PositiveBigIntegerField("kích thước (byte)")
    sha256 = models.CharField("dấu vân SHA-256", max_length=64)
    file = models.FileField("tệp", upload_to="imports/%Y/%m", max_length=300, blank=True)
    uploaded_at = models.DateTimeField("tải lên lúc")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="imports",
        verbose_name="người tải lên",
    )
    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.READING)
    done = models.PositiveIntegerField("số dòng đã xong", default=0)
    total = models.PositiveIntegerField("tổng số dòng", default=0)
    phase_started_at = models.DateTimeField("bắt đầu bước lúc", null=True, editable=False)
    heartbeat = models.DateTimeField("còn chạy lúc", null=True, editable=False)
    stop_asked = models.BooleanField("được yêu cầu dừng", default=False, editable=False)
    counts = models.JSONField("số dòng", default=dict, editable=False)
    notes = models.JSONField("lưu ý", default=list, editable=False)
    failure = models.TextField("sự cố", blank=True, editable=False)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, editable=False)
    finished_at = models.DateTimeField("ghi xong lúc", null=True, editable=False)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người hoàn tác",
    )

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập dữ liệu"
        verbose_name_plural = "lần nhập dữ liệu"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["done", "undoing", "undone"])
                | Q(confirmed_at__isnull=False, finished_at__isnull=False),
                name="import_done_is_stamped",
                violation_error_message="Lần nhập đã ghi phải có giờ xác nhận và giờ ghi xong.",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False),
                name="import_undone_is_stamped",
                violation_error_message="Lần nhập đã hoàn tác phải ghi lúc nào.",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")) | Q(total=0), name="import_done_within_total"
            ),
        ]
        indexes = [models.Index(fields=["kind", "-uploaded_at"], name="import_history")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("imports:detail", args=[self.token])


class ImportRow(models.Model):
    """A row of the file as it will be written, and what it replaces.

    ``part`` tells rows of one file apart that go to different tables ("" for the rows of the file
    itself); ``key`` is the row's natural key within the part. ``values`` are those of the columns,
    without what must not be kept; ``before`` is what stood on file (None: nothing), so that the
    difference can be shown and the import undone; ``object_id`` is the row that was written. Of a
    row that cannot be written nothing is kept but its key. A million rows come in at once, so
    there are no more indexes than are asked.
    """

    class Verdict(models.TextChoices):
        NEW = "new", "mới"
        CHANGED = "changed", "thay đổi"
        SAME = "same", "giữ nguyên"
        REMOVED = "removed", "bỏ"
        FAULTY = "faulty", "có lỗi"

    source = models.ForeignKey(
        Import, models.CASCADE, related_name="rows", db_index=False, verbose_name="lần nhập"
    )
    part = models.CharField("phần", max_length=12, blank=True)
    number = models.PositiveIntegerField("dòng số")
    key = models.CharField("khóa", max_length=120)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,  # else each unit taken away costs a reading of all waiting rows
        verbose_name="đơn vị",
    )
    verdict = models.CharField("so với đang lưu", max_length=8, choices=Verdict)
    values = models.JSONField("giá trị mới", default=dict)
    before = models.JSONField("giá trị cũ", null=True)
    object_id = models.BigIntegerField("số hiệu", null=True)

    class Meta:
        verbose_name = "dòng nhập"
        verbose_name_plural = "dòng nhập"
        constraints = [
            models.UniqueConstraint(fields=["source", "part", "key"], name="import_row_once")
        ]
        indexes = [
            models.Index(fields=["source", "part", "verdict", "number"], name="import_row_order"),
            models.Index(fields=["source", "id"], name="import_row_stream"),
        ]

    def __str__(self):
        return f"dòng {self.number}: {self.key}"


class ImportProblem(models.Model):
    """A finding about one cell of the file; ``rule`` is its name in ``config.sheets``.

    Words never quote what the reader of the preview may not see.
    """

    source = models.ForeignKey(
        Import, models.CASCADE, related_name="problems", verbose_name="lần nhập"
    )
    number = models.PositiveIntegerField("dòng số")
    address = models.CharField("ô", max_length=20)
    label = models.CharField("cột", max_length=200)
    rule = models.SlugField("quy tắc", max_length=40, blank=True)
    message = models.TextField("nội dung, cách sửa")
    blocking = models.BooleanField("phải sửa", default=True)

    class Meta:
        verbose_name = "lỗi của tệp nhập"
        verbose_name_plural = "lỗi của tệp nhập"
        indexes = [
            models.Index(fields=["source", "-blocking", "number"], name="import_problem_order")
        ]

    def __str__(self):
        return f"{self.address}: {self.message}"
