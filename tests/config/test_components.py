"""Components of the pages: what comes from the database stays text."""

from django import forms
from django.template.loader import render_to_string

from units.models import User
from units.sign_in import SetPasswordForm


def words_of(field):
    return render_to_string("components/field_words.html", {"field": field})


def test_the_help_of_a_field_is_text():
    class FigureForm(forms.Form):
        figure = forms.CharField(help_text="Số hộ < 5 <form action='/'>")

    assert "Số hộ &lt; 5 &lt;form" in words_of(FigureForm()["figure"])


def test_the_rules_of_a_password_stay_a_list():
    assert "<ul><li>" in words_of(SetPasswordForm(user=User())["password1"])
