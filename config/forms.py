"""Form fields as officers write (1.234.567,5), and a quick list of choices."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.text import vn_number

WHOLE = re.compile(r"[+-]?(\d+|\d{1,3}([. ]\d{3})+)")
DECIMAL = re.compile(rf"{WHOLE.pattern}(,\d+)?")


def parse_number(text: str) -> Decimal | None:
    """The number that a text in Vietnamese notation means; None when it is not one.

    Points group thousands and must stand three digits apart; the comma is the decimal sign. So
    "12.5" is refused instead of being read as 125.
    """
    text = text.strip().replace("\u00a0", " ").replace("−", "-")
    if not DECIMAL.fullmatch(text):
        return None
    return Decimal(text.replace(".", "").replace(" ", "").replace(",", "."))


class LongTextField(forms.CharField):
    """A text whose limit the server tells: a browser would cut a pasted one short in silence."""

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class FlatSelect(forms.Select):
    """A list of choices without groups, written in one go.

    Django's own takes two templates for each choice, which lists of units and their filters feel.
    """

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        options = [option for _, group, _ in widget["optgroups"] for option in group]
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(widget["attrs"]),
            format_html_join("", "<option{}>{}</option>", map(self._option, options)),
        )

    def _option(self, option: dict) -> tuple[SafeString, str]:
        return flatatt({"value": str(option["value"]), **option["attrs"]}), option["label"]


class NumberField(forms.DecimalField):
    """A figure typed in Vietnamese notation and shown in it; whole numbers unless ``decimals``."""

    widget = forms.TextInput

    def __init__(self, *, decimals: int = 0, **options):
        self.decimals = decimals
        options.setdefault("max_digits", 18)
        super().__init__(decimal_places=decimals, **options)
        self.error_messages = self._words() | (options.get("error_messages") or {})

    def _words(self) -> dict[str, str]:
        """A sentence for each bound; Django's own are stiff, and say points for commas."""
        too_large = "Số quá lớn; kiểm tra lại đơn vị tính."
        return self.error_messages | {
            "required": "Chưa nhập số.",
            "min_value": f"Không được nhỏ hơn {self.prepare_value(self.min_value)}.",
            "max_value": f"Không được lớn hơn {self.prepare_value(self.max_value)}.",
            "max_decimal_places": f"Chỉ nhập tối đa {self.decimals} chữ số sau dấu phẩy.",
            "max_digits": too_large,
            "max_whole_digits": too_large,
        }

    def to_python(self, value):
        if value in self.empty_values:
            return None
        number = parse_number(str(value))
        if number is None:
            example = "1.250,5" if self.decimals else "1.250"
            raise ValidationError(
                f"“{str(value)[:40]}” không phải là số. Nhập theo dạng {example}: dấu chấm ngăn "
                "hàng nghìn, dấu phẩy trước phần lẻ."
            )
        if not self.decimals and number != number.to_integral_value():
            raise ValidationError("Ô này là số nguyên, không nhập phần lẻ.")
        return number

    def validate(self, value):
        super().validate(value)
        if value is not None and abs(value) >= Decimal(10) ** 15:
            raise ValidationError("Số quá lớn; kiểm tra lại đơn vị tính.")

    def prepare_value(self, value):
        if isinstance(value, Decimal | int):
            return vn_number(value)
        return value

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True
