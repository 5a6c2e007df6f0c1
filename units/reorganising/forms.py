"""What people write while a reorganisation is prepared; the rules stand in ``rules``."""

from dataclasses import replace
from decimal import Decimal

from django import forms

from config.forms import FlatSelect, NumberField
from config.text import fold, vn_date
from units.actions.reorganising import Head
from units.filters import BAD_DAY
from units.kinds import Kind
from units.models import Unit
from units.reorganising.choosing import NOT_CHOSEN
from units.reorganising.drawing import Drawing
from units.reorganising.naming import full_name
from units.reorganising.plan import KEY, Ending, Group, Heir, Starting, Way
from units.reorganising.preparing import parents_to_choose, subtypes_of

HUNDRED = Decimal(100)
WAYS = (
    (Way.MERGE, "Sáp nhập: nhiều đơn vị thành một đơn vị mới"),
    (Way.SPLIT, "Chia tách: một đơn vị thành nhiều đơn vị mới"),
    (Way.RENAME, "Đổi tên, đổi loại (xã thành phường, thị trấn…)"),
    (Way.TRANSFER, "Chuyển sang đơn vị cấp trên khác"),
    (Way.DISSOLVE, "Kết thúc hoạt động, không có đơn vị kế thừa"),
)


def _day_field(label, **options):
    return forms.DateField(
        label=label,
        error_messages={"invalid": BAD_DAY, "required": "Cần ghi ngày."},
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"}),
        **options,
    )


class HeadForm(forms.Form):
    """The decision itself, and how units change by it in the main."""

    way = forms.ChoiceField(
        label="Hình thức",
        choices=WAYS,
        widget=forms.RadioSelect,
        help_text="Một văn bản có thể gồm nhiều nhóm, hình thức khác nhau; chọn hình thức chính.",
        error_messages={"required": "Hãy chọn hình thức."},
    )
    number = forms.CharField(
        label="Số, ký hiệu quyết định, nghị quyết",
        max_length=100,
        help_text="Ví dụ: Nghị quyết 1287/NQ-UBTVQH15.",
        error_messages={"required": "Hãy ghi số, ký hiệu văn bản."},
    )
    decided_on = _day_field("Ngày ban hành")
    title = forms.CharField(
        label="Trích yếu",
        max_length=300,
        error_messages={"required": "Hãy ghi trích yếu của văn bản."},
    )
    date = _day_field(
        "Có hiệu lực từ ngày",
        help_text="Ngày đầu tiên của đơn vị mới; có thể là ngày đã qua hoặc sắp tới.",
    )

    def head(self) -> Head:
        return Head(**{name: self.cleaned_data[name] for name in Head._fields})

    @staticmethod
    def initial_of(draft) -> dict:
        return {name: getattr(draft, name) for name in Head._fields}


class CandidateForm(forms.Form):
    """Which units to offer as ending ones; a wrong value is told and left out."""

    q = forms.CharField(label="Tên hoặc mã", required=False, max_length=100)
    cap = forms.ChoiceField(
        label="Cấp",
        required=False,
        choices=[("", "Tất cả các cấp"), *Kind.choices],
        widget=FlatSelect,
    )
    thuoc = forms.ModelChoiceField(
        label="Thuộc",
        required=False,
        queryset=None,
        empty_label="Tất cả các đơn vị",
        widget=FlatSelect,
    )

    def __init__(self, query, day):
        super().__init__(query)
        above = Unit.objects.as_of(day.fromordinal(day.toordinal() - 1))
        self.fields["thuoc"].queryset = above.filter(
            kind__in=(Kind.PROVINCE, Kind.DISTRICT)
        ).order_by("kind", "sort_key")
        self.is_valid()

    @property
    def asked(self) -> dict:
        """What to look for; nothing while nobody has asked."""
        told = self.cleaned_data
        return {
            "words": fold(told.get("q") or ""),
            "kind": told.get("cap") or "",
            "under": told.get("thuoc"),
        }


class StartingForm(forms.Form):
    """One unit that starts."""

    code = forms.CharField(
        label="Mã",
        max_length=20,
        error_messages={"required": "Hãy ghi mã của đơn vị mới."},
        help_text="Mã chính thức; có thể dùng lại mã của đơn vị kết thúc.",
    )
    short_name = forms.CharField(
        label="Tên gọn",
        max_length=120,
        help_text="Tên không kèm loại, ví dụ: Hai Bà Trưng.",
        error_messages={"required": "Hãy ghi tên của đơn vị mới."},
    )
    subtype = forms.CharField(
        label="Loại", max_length=30, required=False, help_text="Ví dụ: xã, phường, thị trấn."
    )
    name = forms.CharField(
        label="Tên đầy đủ",
        max_length=200,
        required=False,
        help_text="Để trống: cổng ghép loại và tên gọn.",
    )
    urban = forms.BooleanField(label="Khu vực thành thị", required=False)
    parent = forms.ChoiceField(
        label="Thuộc đơn vị cấp trên",
        choices=(),
        widget=FlatSelect,
        error_messages={"required": "Hãy chọn đơn vị cấp trên."},
    )

    def __init__(self, *args, starting: Starting, kind: str, drawing: Drawing, **options):
        words = {name: getattr(starting, name) for name in self.base_fields}
        if words["name"] == full_name(starting.subtype, starting.short_name):
            words["name"] = ""  # it follows type and short name, also when these are changed
        super().__init__(*args, prefix=_prefix(starting), initial=words, **options)
        self.starting = starting
        self.fields["subtype"].widget.attrs["list"] = "cac-loai"
        self.fields["parent"].choices = _parents(starting, kind, drawing)
        if kind == Kind.PROVINCE:
            del self.fields["parent"]

    @property
    def told(self) -> Starting:
        words = {name: value for name, value in self.cleaned_data.items() if name in _WORDS}
        name = words["name"] or full_name(words["subtype"], words["short_name"])
        return replace(self.starting, **{**words, "name": name})


_WORDS = frozenset(StartingForm.base_fields)


def _prefix(starting: Starting) -> str:
    return "m" + starting.key.removeprefix(KEY).replace(".", "-")


def _parents(starting: Starting, kind: str, drawing: Drawing) -> list[tuple[str, str]]:
    """What may be chosen; a code that means nothing on the day stays to be seen."""
    offered = [each for each in parents_to_choose(kind, drawing) if each[0] != starting.key]
    if starting.parent and starting.parent not in dict(offered):
        words = f"Mã {starting.parent}: không có trong sổ ngày {vn_date(drawing.day)}"
        offered.insert(0, (starting.parent, words))
    return [NOT_CHOSEN, *offered]


class ShareForm(forms.Form):
    """How much of one ending unit goes to each part of a split."""

    def __init__(self, *args, ending: Ending, group: Group, **options):
        super().__init__(*args, prefix=f"c{ending.code}", **options)
        self.ending, self.group = ending, group
        kept = {heir.key: heir.share for heir in ending.heirs}
        for starting in group.startings:
            name = starting.name or starting.code or "đơn vị mới chưa ghi tên"
            place = _prefix(starting)
            self.fields[f"takes_{place}"] = forms.BooleanField(
                label=f"Chuyển sang {name}", required=False, initial=starting.key in kept
            )
            share = kept.get(starting.key)
            self.fields[f"share_{place}"] = NumberField(
                label=f"Tỷ lệ sang {name} (%)",
                decimals=3,
                min_value=0,
                max_value=100,
                required=False,
                initial=None if share is None else (share * HUNDRED).normalize(),
            )

    @property
    def told(self) -> Ending:
        heirs = []
        for starting in self.group.startings:
            place = _prefix(starting)
            share = self.cleaned_data[f"share_{place}"]
            if self.cleaned_data[f"takes_{place}"] or share:
                heirs.append(Heir(starting.key, share / HUNDRED if share else None))
        return replace(self.ending, heirs=tuple(heirs))


class ReasonForm(forms.Form):
    """Why units end without an heir."""

    reason = forms.CharField(
        label="Lý do kết thúc mà không có đơn vị kế thừa",
        max_length=500,
        required=False,
        help_text="Ghi vào sổ tại từng đơn vị.",
    )


class GroupForms:
    """Everything that is written about one group, read and told together."""

    def __init__(self, data, *, group: Group, drawing: Drawing):
        self.group = group
        kinds = [old.unit.kind for old in drawing.olds.values() if old.group is group]
        self.kind = kinds[0] if kinds else ""
        self.startings = [
            StartingForm(data, starting=starting, kind=self.kind, drawing=drawing)
            for starting in group.startings
        ]
        split = group.way == Way.SPLIT and self.startings
        endings = group.endings if split else ()
        self.shares = [ShareForm(data, ending=ending, group=group) for ending in endings]
        ends = group.way == Way.DISSOLVE
        self.reason = ReasonForm(data, initial={"reason": group.reason}) if ends else None
        self.subtypes = subtypes_of(self.kind)

    @property
    def all(self) -> list[forms.Form]:
        return [*self.startings, *self.shares, *filter(None, [self.reason])]

    def is_valid(self) -> bool:
        verdicts = [form.is_valid() for form in self.all]  # each form tells its own errors
        return all(verdicts)

    @property
    def told(self) -> Group:
        group = replace(self.group, startings=tuple(form.told for form in self.startings))
        if self.shares:
            group = replace(group, endings=tuple(form.told for form in self.shares))
        return replace(group, reason=self.reason.cleaned_data["reason"]) if self.reason else group


class UndoForm(forms.Form):
    reason = forms.CharField(
        label="Lý do hoàn tác",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Cần ghi lý do."},
    )
