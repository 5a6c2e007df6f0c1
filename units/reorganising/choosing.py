"""Choices for many rows at once: where each unit below, and each person, goes on."""

from django import forms

from config.forms import FlatSelect
from units.reorganising.drawing import Drawing
from units.reorganising.plan import ENDS
from units.reorganising.rules import answers

NOT_CHOSEN = ("", "Chưa chọn")


def _choice(label: str, choices, initial="") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, initial=initial, widget=FlatSelect
    )


class ChoicesForm(forms.Form):
    """One choice for each row of a page, and one for all rows of a unit that have none yet."""

    def __init__(self, data, *, rows, drawing: Drawing):
        super().__init__(data)
        self.blocks, self.drawing = [], drawing
        for unit, members in _by_unit(rows):
            choices = self.choices_of(members[0], drawing)
            name = f"all_{unit.code}"
            self.fields[name] = _choice(
                f"Mọi dòng chưa chọn của {unit.name}", [("", "Không chọn chung"), *choices]
            )
            for member in members:
                self.fields[self.name_of(member)] = _choice(
                    self.label_of(member),
                    [NOT_CHOSEN, *choices],
                    self.chosen(member, drawing),
                )
            self.blocks.append((unit, name, members))

    def sections(self):
        """Unit, the field for all of it, and each row with its field."""
        for unit, name, members in self.blocks:
            yield unit, self[name], [(each, self[self.name_of(each)]) for each in members]

    @property
    def told(self) -> dict:
        """Key of each row → what was chosen for it, or for all of its unit."""
        found = {}
        for _, name, members in self.blocks:
            for member in members:
                own = self.cleaned_data[self.name_of(member)]
                found[self.key_of(member)] = own or self.cleaned_data[name]
        return found


def _by_unit(rows):
    blocks: dict = {}
    for unit, row in rows:
        blocks.setdefault(unit.pk, (unit, []))[1].append(row)
    return blocks.values()


class ChildrenForm(ChoicesForm):
    """Where each unit below one that ends goes on."""

    def __init__(self, data, *, olds, drawing: Drawing):
        super().__init__(data, rows=[(old.above.unit, old) for old in olds], drawing=drawing)

    def choices_of(self, old, drawing):
        return answers(old, drawing)

    def name_of(self, old):
        return f"child_{old.unit.code}"

    def key_of(self, old):
        return old.unit.code

    def label_of(self, old):
        return old.unit.name

    def chosen(self, old, drawing):
        return drawing.fate_of(old)

    @property
    def told(self):
        """What follows from the unit above by itself is nobody's choice."""
        found = super().told
        for _, _, members in self.blocks:
            for old in members:
                if found[old.unit.code] == self.drawing.default_for(old):
                    found[old.unit.code] = ""
        return found


class PeopleForm(ChoicesForm):
    """Where each person of a unit that ends goes on."""

    def __init__(self, data, *, seats, drawing: Drawing):
        super().__init__(data, rows=[(seat.unit, seat) for seat in seats], drawing=drawing)

    def choices_of(self, seat, drawing):
        places = drawing.olds[seat.unit_id].places
        going = [(key, f"Chuyển sang {drawing.news[key].unit.name}") for key in places]
        return [*going, (ENDS, "Thôi giữ vai trò")]

    def name_of(self, seat):
        return f"seat_{seat.pk}"

    def key_of(self, seat):
        return seat.pk

    def label_of(self, seat):
        return f"{seat.user} – {seat.role_label}"

    def chosen(self, seat, drawing):
        return drawing.choice(seat)


class PlacingForm(forms.Form):
    """Where people go on whose unit has ended; nobody has to be placed at once."""

    basis = forms.CharField(
        label="Căn cứ bố trí",
        max_length=300,
        help_text="Văn bản bố trí người, ghi vào phân công mới.",
        error_messages={"required": "Hãy ghi văn bản bố trí."},
    )

    def __init__(self, data, *, people):
        super().__init__(data)
        self.people = people
        for each in people:
            going = [(str(heir.pk), f"Chuyển sang {heir.name}") for heir in each.heirs]
            choices = [NOT_CHOSEN, *going, (ENDS, "Thôi giữ vai trò")]
            self.fields[each.key] = _choice(f"{each.seat.user} – {each.seat.role_label}", choices)

    @property
    def rows(self):
        return [(each, self[each.key]) for each in self.people]

    def clean(self):
        if self.is_bound and not any(self.cleaned_data.get(each.key) for each in self.people):
            raise forms.ValidationError("Chưa chọn cho người nào; hãy chọn ít nhất một người.")
        return self.cleaned_data

    @property
    def told(self) -> dict[int, int | None]:
        chosen = {each.seat.pk: self.cleaned_data[each.key] for each in self.people}
        return {pk: None if to == ENDS else int(to) for pk, to in chosen.items() if to}
