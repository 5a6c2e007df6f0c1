"""How our workbooks look: few colours, each with a meaning that words give as well."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

_LINE = Side(style="thin", color="BFBFBF")


def _filled(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


NO_FILL = PatternFill()
LOCKED_FILL = _filled("F2F2F2")
ERROR_FILL = _filled("FFC7CE")
NOTE_FILL = _filled("FFEB9C")
HEAD_FILL = _filled("1F3864")

# The face and size of official papers, so that a table can be pasted into one.
_FACE = {"name": "Times New Roman", "size": 12}
PLAIN = Font(**_FACE, color="000000")
BOLD = Font(**_FACE, color="000000", bold=True)
TITLE_FONT = Font(name="Times New Roman", size=14, color="000000", bold=True)
HEAD_FONT = Font(**_FACE, color="FFFFFF", bold=True)
LINK_FONT = Font(**_FACE, color="0563C1", underline="single")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEAD_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)
TOP = Alignment(vertical="top", wrap_text=True)
OPEN, LOCKED = Protection(locked=False), Protection(locked=True)
