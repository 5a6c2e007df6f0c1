"""Where the typefaces of papers and charts lie: Tinos, the metric twin of Times New Roman."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
FONTS = BASE_DIR / "static" / "vendor" / "tinos"
