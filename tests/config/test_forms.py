"""A flat list of choices says what Django's own says, in fewer steps."""

from django import forms
from pytest_django.asserts import assertHTMLEqual

from config.forms import FlatSelect

CHOICES = [("", "Tất cả"), (1, "A & B <c>"), ('x"y', "Xã"), (2, "Hai")]


def drawn(widget, value, **attrs):
    field = forms.ChoiceField(choices=CHOICES, widget=widget, required=False)
    form = type("Form", (forms.Form,), {"tren": field})({"tren": value})
    return form["tren"].as_widget(attrs=attrs)


def test_a_flat_list_is_django_s_own():
    for value in ("", "1", 'x"y', "nowhere"):
        options = {"class": "form-select", "required": True, "hidden": False}
        flat, plain = (drawn(widget, value, **options) for widget in (FlatSelect, forms.Select))
        assertHTMLEqual(flat, plain)
