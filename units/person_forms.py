"""A person who takes part, as people type it; the rules themselves stand in ``units.rules``."""

from django import forms

from config.forms import FlatSelect
from units import persons
from units.choosing import the_one_meant
from units.models import Person, User
from units.participant_forms import day_field, reason_field


class PersonForm(forms.Form):
    """Name, group, unit and the days of taking part; nothing else is asked."""

    name = forms.CharField(
        label="Họ và tên", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    kind = forms.ChoiceField(
        label="Đối tượng", choices=[("", "Chọn đối tượng"), *Person.Kind.choices], widget=FlatSelect
    )
    unit = forms.CharField(
        label="Đơn vị",
        max_length=200,
        help_text="Tên hoặc mã của đơn vị, trong phạm vi của bạn; gõ không dấu cũng được.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    position = forms.CharField(label="Chức vụ, nghề nghiệp", max_length=150, required=False)
    sex = forms.ChoiceField(
        label="Giới tính", choices=[("", "Không ghi"), *Person.Sex.choices], required=False
    )
    direct_worker = forms.BooleanField(
        label="Là người trực tiếp lao động, công tác", required=False
    )
    takes_part_from = day_field("Tham gia từ ngày")
    takes_part_to = day_field(
        "Hết tham gia từ ngày", required=False, help_text="Ngày đầu tiên không còn tham gia."
    )
    note = forms.CharField(
        label="Ghi chú",
        max_length=300,
        required=False,
        help_text="Không ghi số định danh, địa chỉ, điện thoại, sức khỏe.",
    )
    reason = reason_field(required=False, help_text="Vì sao sửa; lý do được lưu vào nhật ký.")

    def __init__(self, *args, user: User, person: Person | None = None, **options):
        super().__init__(*args, **options)
        self.user, self.person = user, person or Person()
        if person is None:
            del self.fields["reason"]
            return
        self.initial = {name: getattr(person, name) for name in self.fields if name != "reason"}
        self.initial["unit"] = person.unit.code

    def clean(self):
        """The unit is one that existed when the person began to take part."""
        told = self.cleaned_data
        day, words = told.get("takes_part_from"), told.get("unit")
        if day and words:
            within = persons.places_for(self.user).as_of(day)
            when = f"vào ngày {day:%d/%m/%Y} trong phạm vi của bạn"
            try:
                told["unit"] = the_one_meant(within, words, noun="đơn vị", when=when)
            except forms.ValidationError as error:
                self.add_error("unit", error)
        return told

    def filled(self) -> tuple[Person, str]:
        """The person as the form tells it, not saved, and why."""
        told = dict(self.cleaned_data)
        reason = told.pop("reason", "")
        for name, value in told.items():
            setattr(self.person, name, value)
        return self.person, reason
