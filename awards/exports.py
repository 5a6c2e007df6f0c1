"""The law as a table to take away: what each column says."""

from config.sheets import Column, Definition

LAW = Definition(
    title="Quy định khen thưởng",
    columns=(
        Column("table", "Bảng", help="Bảng của bộ quy định có hiệu lực ngày đã chọn.", width=24),
        Column("subject", "Hình thức, thời gian", help="Dòng này nói về gì.", width=36),
        Column("words", "Quy định", help="Nội dung; “chưa có căn cứ”: chưa tìm được.", width=60),
        Column("clause", "Điều khoản", help="Trống: chưa rõ điều khoản.", width=30),
        Column("source", "Nguồn", help="Văn bản, trang đã đọc.", width=40),
        Column("confidence", "Độ tin cậy", help="Đã đối chiếu văn bản đến đâu.", width=18),
        Column("note", "Ghi chú", help="Điều còn phải đối chiếu.", width=50, multiline=True),
    ),
)
