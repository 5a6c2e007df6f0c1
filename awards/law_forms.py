"""Corrections of the law as people type them; each one makes the next edition of a rule set."""

from django import forms
from django.utils.text import capfirst

from awards.actions.law import tables_of
from awards.kinds import Recipient
from awards.models import RULES, Authority, Rule, RuleSet
from awards.queries import award_forms
from awards.rules import LONGEST_REASON


class RevisionForm(forms.ModelForm):
    """Some facts of the law, and why they are corrected."""

    reason = forms.CharField(
        label="Lý do",
        max_length=LONGEST_REASON,
        help_text="Vì sao sửa, theo văn bản nào; ghi cùng phiên bản mới và trong nhật ký.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Cần ghi vì sao sửa."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 2


class HeadForm(RevisionForm):
    """What a rule set says beside its tables."""

    class Meta:
        model = RuleSet
        fields = RuleSet.HEAD

    def head(self) -> dict:
        return {name: self.cleaned_data[name] for name in RuleSet.HEAD}


class RuleForm(RevisionForm):
    """One row of a table, new or instead of the one that stands."""

    removes = forms.BooleanField(label="Bỏ dòng này khỏi phiên bản mới", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].queryset = award_forms()
        if self.instance.pk is None:
            del self.fields["removes"]

    def tables(self, rule_set: RuleSet, name: str) -> dict[str, list[Rule]]:
        """The whole table as it is to be."""
        rows = tables_of(rule_set)[name]
        if self.cleaned_data.get("removes"):
            return {name: [row for row in rows if row.pk != self.instance.pk]}
        if self.instance.pk is None:
            return {name: [*rows, self.instance]}
        return {name: [self.instance if row.pk == self.instance.pk else row for row in rows]}


class AuthorityForm(RuleForm):
    recipients = forms.MultipleChoiceField(
        label="Đối tượng được khen",
        choices=Recipient.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: quy định không nói riêng đối tượng nào.",
    )


def rule_form(name: str) -> type[RuleForm]:
    """The form of a row of one table."""
    model = RULES[name]
    base = AuthorityForm if model is Authority else RuleForm
    fields = ("form", *model.FACTS, *model.MARKS)
    decimals = ("coefficient",)  # with a comma; a box for numbers would show none
    return forms.modelform_factory(model, form=base, fields=fields, localized_fields=decimals)
