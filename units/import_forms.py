"""What people put into the pages of the import road, beside what each kind asks itself."""

from django import forms

TYPES = ".xlsx,.csv"


class FileForm(forms.Form):
    """The filled-in file."""

    tep = forms.FileField(
        label="Tệp đã điền",
        allow_empty_file=True,  # the road's own sentence says more
        widget=forms.ClearableFileInput(attrs={"accept": TYPES}),
        help_text="Excel (.xlsx) hoặc CSV, theo mẫu tải về ở bước trên.",
        error_messages={"required": "Hãy chọn tệp Excel (.xlsx) hoặc CSV đã điền theo mẫu."},
    )

    def __init__(self, *args, refusal: str = "", **options):
        super().__init__(*args, **options)
        if refusal:  # why the server could not take the file on its way in
            self.fields["tep"].required = False
            self.refusal = refusal

    refusal = ""

    def clean(self):
        if self.refusal:
            self.add_error("tep", self.refusal)
        return super().clean()


class SameFileForm(FileForm):
    """The very file that was uploaded, once more: the portal has not kept it."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["tep"].label = "Chọn lại đúng tệp vừa tải lên"
        self.fields["tep"].help_text = (
            "Cổng không giữ tệp này vì có dữ liệu cá nhân; tệp chọn lại chỉ để đánh dấu lỗi và trả "
            "về ngay."
        )
