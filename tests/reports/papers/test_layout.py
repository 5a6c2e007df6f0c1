from reports.papers import layout
from reports.papers.packaging import stable


def test_the_layout_on_disk_is_the_one_the_code_draws():
    assert layout.LAYOUT.read_bytes() == stable(layout.build()), (
        "run python -m reports.papers.layout"
    )


def test_text_is_times_new_roman_in_vietnamese():
    normal = layout.build().styles["Normal"]

    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 14)
    assert 'w:val="vi-VN"' in normal.element.xml


def test_sizes_are_those_of_the_decree():
    sizes = {name: look.size for name, look in layout.STYLES.items()}

    assert sizes["Danh sách nhận"] == 11
    assert sizes["Nơi nhận"] == 12
    assert 12 <= sizes["Đầu văn bản"] <= 13
    assert 13 <= sizes["Tiêu ngữ"] <= 14
    assert round(layout.INDENT.cm, 2) == 1.27
