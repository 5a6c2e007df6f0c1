"""What the invented reports say: texts, figures and rows of the annexes."""

from decimal import Decimal

SENTENCES = (
    "Ban Chỉ đạo các chương trình mục tiêu quốc gia được kiện toàn và họp định kỳ hằng quý.",
    "Phong trào được gắn với xây dựng nông thôn mới, đô thị văn minh.",
    "Nhà Đại đoàn kết được khởi công và bàn giao trước Tết Nguyên đán.",
    "Hộ nghèo có người trong độ tuổi lao động được giới thiệu việc làm tại các khu công nghiệp.",
    "Một số mô hình chăn nuôi bò sinh sản, trồng rau an toàn được nhân rộng.",
    "Công tác tuyên truyền được thực hiện qua hệ thống truyền thanh cơ sở và các hội nghị.",
    "Khó khăn: hộ nghèo còn lại chủ yếu không có khả năng lao động.",
)


def text_of(report, luck) -> str:
    """A paragraph or two, signed by the unit's name so that no two are alike."""
    chosen = luck.sample(SENTENCES, luck.randint(3, 6))
    return f"Tại {report.unit.name}: " + " ".join(chosen)


def figure_of(indicator, luck) -> Decimal:
    return Decimal(luck.randint(0, 400))


def annex_row(annex, report, luck) -> dict:
    """One row in which every column holds what its kind takes."""
    return {column["name"]: _cell(column, report, luck) for column in annex.columns}


def _cell(column, report, luck) -> str:
    if column["kind"] == "choice":
        return luck.choice(column["choices"])
    if column["name"] == "year":
        return str(report.period.year)
    if column["kind"] in ("integer", "decimal"):
        return str(luck.randint(0, 60))
    if column["kind"] == "date":
        return f"15/{luck.randint(1, 11):02}/{report.period.year}"
    return f"{column['label']} của {report.unit.name}"
