"""The columns of the list of households, with the short heads of exported lists."""

from collections.abc import Sequence

from config.sheets import CHOICE, CODE, FLAG, INTEGER, NAME, YEAR, Column, Definition
from units.household_rules import CODE_DIGITS
from units.models.households import HouseholdStatus

MOST_ROWS = 2_000_000
IDENTITY_DIGITS = 12
"""The personal identification number (NĐ 137/2015/NĐ-CP Đ13)."""
MOST_MEMBERS = 50
LEAST_DEPRIVATIONS = 3
"""Deprivations from which a household below the income line is poor; with fewer it is near-poor

(NĐ 07/2021/NĐ-CP Đ3 khoản 2).
"""
MAJORITY = "kinh"
"""All other peoples are minorities (NĐ 05/2011/NĐ-CP Đ4)."""
STATUS_HELP = "; ".join(f"{status.value}: {status.label}" for status in HouseholdStatus)

DEPRIVATIONS = {
    "viec_lam": "việc làm",
    "nguoi_phu_thuoc": "người phụ thuộc trong hộ",
    "dinh_duong": "dinh dưỡng",
    "bao_hiem_y_te": "bảo hiểm y tế",
    "trinh_do_nguoi_lon": "trình độ giáo dục của người lớn",
    "di_hoc_tre_em": "tình trạng đi học của trẻ em",
    "chat_luong_nha": "chất lượng nhà ở",
    "dien_tich_nha": "diện tích nhà ở bình quân đầu người",
    "nguon_nuoc": "nguồn nước sinh hoạt",
    "nha_tieu": "nhà tiêu hợp vệ sinh",
    "vien_thong": "sử dụng dịch vụ viễn thông",
    "phuong_tien_thong_tin": "phương tiện phục vụ tiếp cận thông tin",
}
"""The twelve indicators of NĐ 07/2021/NĐ-CP Đ3 khoản 1, by the short head of each."""
COUNTED = ("ethnic", "unable")
"""The concealed columns that are counted by village and year."""
CONCEALED = ("sex", "born", "identity", "ethnic", "members", "unable", *DEPRIVATIONS)
"""Judged, counted and let go of. Each may be absent or blank as a whole, never in part."""

IDENTITY = (
    Column("code", "Mã hộ", CODE, True, digits=CODE_DIGITS, locked=True, width=13, secret=True,
           aliases=("ma_ho",), help="5 chữ số mã xã và 5 chữ số thứ tự của hộ trong xã."),
    Column("village", "Mã thôn, tổ dân phố", CODE, True, maximum=20, locked=True, width=12,
           aliases=("ma_thon",)),
    Column("commune", "Mã xã", CODE, True, digits=5, locked=True, width=9, aliases=("ma_xa",)),
    Column("head", "Họ tên chủ hộ", NAME, True, maximum=150, width=28, secret=True,
           aliases=("chu_ho",), rules={"missing_value": "missing_name"}),
)  # fmt: skip
_LET_GO = "Chỉ để kiểm tra và đếm, cổng không lưu. Bỏ trống cả cột nếu không có."
_PERSON = (
    Column("sex", "Giới tính chủ hộ", CHOICE, choices=(("Nam", "Nam"), ("Nữ", "Nữ")), width=9,
           secret=True, aliases=("gioi_tinh",), help=_LET_GO),
    Column("identity", "Số định danh chủ hộ", CODE, digits=IDENTITY_DIGITS, width=15, secret=True,
           aliases=("so_dinh_danh",), help=_LET_GO,
           rules={"leading_zero_lost": "id_as_number", "bad_length": "bad_id_length",
                  "bad_character": "bad_id_character"}),
    Column("ethnic", "Dân tộc chủ hộ", NAME, maximum=50, width=12, secret=True,
           aliases=("dan_toc",), help=_LET_GO),
    Column("members", "Số nhân khẩu", INTEGER, minimum=1, maximum=MOST_MEMBERS, width=10,
           secret=True, aliases=("so_nhan_khau",), help=_LET_GO),
    Column("unable", "Không có khả năng lao động", FLAG, width=12, secret=True,
           aliases=("khong_kha_nang_lao_dong",), help=f"1 nếu đúng, 0 nếu không. {_LET_GO}"),
)  # fmt: skip
INTRO = (
    "Danh sách đầy đủ hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo của từng xã có trong tệp: mỗi hộ "
    "một dòng. Hộ đã ra khỏi danh sách vẫn giữ dòng, ghi K.",
    f"Tình trạng cuối mỗi năm: {STATUS_HELP}; để trống các năm hộ chưa vào danh sách.",
    "Cổng lưu mã hộ, thôn, họ tên chủ hộ và tình trạng từng năm. Giới tính, năm sinh, số định "
    "danh, dân tộc, nhân khẩu, khả năng lao động và các chỉ số thiếu hụt chỉ được kiểm tra, đếm "
    "theo thôn rồi bỏ.",
)


def status_name(year: int) -> str:
    """The column of a year's status."""
    return f"tt_{year}"


def definition_for(years: Sequence[int], this_year: int) -> Definition:
    """The columns, with a status for each of the years; nobody is born after this year."""
    born = Column("born", "Năm sinh chủ hộ", YEAR, maximum=this_year, width=9, secret=True,
                  aliases=("nam_sinh",), help=_LET_GO,
                  rules={"too_high": "future_year", "too_low": "implausible_year"})  # fmt: skip
    sex, *others = _PERSON
    return Definition(
        title="Danh sách hộ",
        columns=(
            *IDENTITY,
            sex,
            born,
            *others,
            *(_flag(*told) for told in DEPRIVATIONS.items()),
            *map(_status, years),
        ),
        max_rows=MOST_ROWS,
        intro=INTRO,
        total_in=("head",),
    )


def list_for(years: Sequence[int]) -> Definition:
    """What is kept of a list, as it is taken away; it can come in again."""
    columns = (*IDENTITY, *map(_status, years))
    return Definition("Danh sách hộ", columns, MOST_ROWS, INTRO[:2], total_in=("head",))


def _flag(name: str, words: str) -> Column:
    help = f"1 nếu thiếu hụt, 0 nếu không, khi hộ vào danh sách lần đầu. {_LET_GO}"
    return Column(name, f"Thiếu hụt: {words}", FLAG, width=9, secret=True, aliases=(name,),
                  help=help)  # fmt: skip


def _status(year: int) -> Column:
    name = status_name(year)
    return Column(name, f"Tình trạng {year}", CHOICE, width=11, help=STATUS_HELP, aliases=(name,),
                  choices=[(status, status) for status in HouseholdStatus.values],
                  rules={"unknown_choice": "unknown_status"})  # fmt: skip
