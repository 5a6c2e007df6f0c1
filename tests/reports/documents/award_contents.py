"""Frozen contents of submissions and decisions to print, in the shape of ``awards.contents``."""

HOSTILE = 'A & B <c> #panic("x") $x$ *b* `c` @ref {{ 7 * 7 }} {% raw %} ]]>'
LONG = "Nguyễn Thị Phương Uyển Đặng Trần Nghiêm Khuê " * 3 + "Thục Quỳnh Đoan"
MERIT = "Có thành tích xuất sắc trong Phong trào thi đua “Vì người nghèo”"
PERIOD = "2023"
FORM = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"


def line(position=1, **changes) -> dict:
    """A person honoured, with everything known."""
    values = {
        "position": position,
        "recipient": "person",
        "recipient_label": "cá nhân",
        "title": "Bà",
        "name": "Nguyễn Thị Bưởi",
        "post": "Công chức văn hóa - xã hội",
        "address": "Xã Đạo Trù",
        "form": FORM,
        "achievement": MERIT,
        "period": PERIOD,
        "coefficient": "1,5",
        "salary": 1_800_000,
        "product": "2.700.000",
        "paid": 2_700_000,
        "problem": "",
        "votes": "9/9",
        "check_code": f"ma-{position}",
    }
    return values | changes


def collective(position=2, **changes) -> dict:
    told = {
        "recipient": "collective",
        "recipient_label": "tập thể",
        "title": "",
        "name": "Nhân dân và cán bộ thôn Đồng Tâm",
        "post": "",
        "address": "Xã Đạo Trù",
        "coefficient": "3",
        "product": "5.400.000",
        "paid": 5_400_000,
    }
    return line(position, **(told | changes))


def household(position=3, **changes) -> dict:
    """A household whose sum nobody knows."""
    told = {
        "recipient": "household",
        "recipient_label": "hộ gia đình",
        "title": "Ông",
        "name": "Trần Văn Cam",
        "post": "",
        "address": "Thôn Đồng Tâm, xã Đạo Trù",
        "coefficient": None,
        "salary": None,
        "product": None,
        "paid": None,
        "problem": "Chưa có căn cứ về hệ số của hộ gia đình",
    }
    return line(position, **(told | changes))


LINES = (line(1), collective(2), household(3))


def decision(lines=LINES, **changes) -> dict:
    """A decision of the province's chairman on a person, a collective and a household."""
    lines = list(lines)
    paid = [row["paid"] for row in lines if row["paid"] is not None]
    values = {
        "unit": "Tỉnh Vĩnh Phúc",
        "unit_kind": "province",
        "abbreviation": "",
        "province": "Tỉnh Vĩnh Phúc",
        "place": "Vĩnh Phúc",
        "round": "Khen thưởng hằng năm 2023",
        "campaign": "Phong trào thi đua “Vì người nghèo – Không để ai bị bỏ lại phía sau”",
        "award_type": "theo phong trào thi đua (theo đợt, chuyên đề)",
        "form": FORM,
        "decider": "Chủ tịch Ủy ban nhân dân tỉnh",
        "office": "province",
        "number": "123/QĐ-CT",
        "date": "2024-02-05",
        "signer": "Lê Văn Dũng",
        "fund": "Quỹ thi đua, khen thưởng của tỉnh năm 2024",
        "grounds": [
            "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
            "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ",
            "Xét Tờ trình số 12/TTr-SNV ngày 20 tháng 01 năm 2024",
        ],
        "addressee": "",
        "period": PERIOD,
        "council": None,
        "posting": "",
        "lines": lines,
        "totals": totals(lines),
        "total": sum(paid),
        "unknown": len(lines) - len(paid),
        "reason": "",
    }
    return values | changes


def totals(lines) -> list[dict]:
    rows = {}
    for each in lines:
        key = each["form"], each["recipient_label"]
        row = rows.setdefault(key, {"form": key[0], "recipient_label": key[1], "count": 0})
        row["count"] += 1
        row["paid"] = (row.get("paid") or 0) + (each["paid"] or 0)
    return list(rows.values())


def submission(lines=LINES, **changes) -> dict:
    """A department's submission to the province's chairman, not yet numbered."""
    told = {
        "unit": "Sở Nội vụ",
        "unit_kind": "department",
        "abbreviation": "SNV",
        "addressee": "Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Phúc",
        "number": "",
        "date": None,
        "signer": "",
        "council": {"held_on": "2024-01-18", "members": 9, "session": 1},
        "posting": "Danh sách đã công khai từ ngày 02/01/2024 đến hết ngày 15/01/2024; không có "
        "ý kiến góp ý.",
    }
    return decision(lines, **(told | changes))


def case(**changes) -> dict:
    """One case of a session, counted and passed."""
    values = {
        "position": 1,
        "nomination": 1,
        "name": "Nguyễn Thị Bưởi",
        "post": "Công chức",
        "address": "Xã Đạo Trù",
        "recipient": "cá nhân",
        "proposer": "Xã Đạo Trù",
        "form": FORM,
        "achievement": MERIT,
        "recusals": [{"name": "Người thứ ba", "reason": "cùng đơn vị"}],
        "rule": "từ 80% tổng số thành viên Hội đồng",
        "rule_clause": "Điều 1 – Quy định",
        "conclusion": "",
        "counted": True,
        "members": 9,
        "recused": 1,
        "base": 8,
        "needed": 7,
        "for": 8,
        "against": 0,
        "invalid": 0,
        "percent": "100,0 %",
        "passed": True,
        "verdict": "8/8 phiếu đồng ý (100,0 %), cần ít nhất 7 – đạt",
    }
    return values | changes


def minutes(**changes) -> dict:
    """A closed session of nine members on one case, in the shape of ``awards.minutes``."""
    member = {"name": "Người thứ ba", "position": "Giám đốc Sở", "post": "Ủy viên"}
    values = {
        "council": "Hội đồng Thi đua - Khen thưởng tỉnh Vĩnh Phúc",
        "unit": "Tỉnh Vĩnh Phúc",
        "round": "Khen thưởng hằng năm 2023",
        "held_at": "2024-01-18T08:00:00+07:00",
        "held": "08:00 ngày 18/01/2024",
        "closed": "10:30 ngày 18/01/2024",
        "place": "Phòng họp số 1",
        "agenda": "Xét khen thưởng",
        "chair": "Lê Văn A",
        "secretary": "Trần Thị B",
        "members": 9,
        "present": [member],
        "written": [],
        "absent": [],
        "quorum": "cần ít nhất 6 thành viên (Quy chế)",
        "voters": 8,
        "closed_by": "Trần Thị B",
        "cases": [case()],
    }
    return values | changes


def achievement(**changes) -> dict:
    """The report of a person of a commune, with an empty part and one criterion."""
    two = "II. Thành tích"
    values = {
        "unit": "Xã Đạo Trù",
        "unit_kind": "commune",
        "province": "Tỉnh Vĩnh Phúc",
        "place": "Đạo Trù",
        "form": FORM,
        "award_type": "theo phong trào thi đua",
        "round": "Khen thưởng hằng năm 2023",
        "recipient": "person",
        "recipient_label": "cá nhân",
        "name": "Nguyễn Thị Bưởi",
        "post": "Công chức",
        "address": "Xã Đạo Trù",
        "achievement": MERIT,
        "period": "từ ngày 01/01/2023 đến hết ngày 31/12/2023",
        "draft": True,
        "parts": [
            {"heading": "I. Sơ lược", "title": "Sơ lược", "text": "Dòng một.\n- ý một"},
            {"heading": two, "title": "Kết quả", "text": "Đã giúp mười hộ."},
            {"heading": two, "title": "Biện pháp", "text": ""},
        ],
        "criteria": [
            {
                "period": "",
                "clause": "III.1.e",
                "statement": "Hoàn thành nhiệm vụ",
                "said": "Đạt",
                "explanation": "Đủ minh chứng",
            }
        ],
    }
    return values | changes
