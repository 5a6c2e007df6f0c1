"""Papers of commendation: each module makes one paper from frozen plain content.

``submission`` tờ trình, ``decision`` quyết định, ``notice`` công văn thông báo, ``bonus`` bảng tiền
thưởng, ``minutes`` biên bản, ``achievement`` báo cáo thành tích, ``certificate`` giấy khen, bằng
khen; ``lists`` and ``reading`` hold what they share. No module here asks the database.
"""
