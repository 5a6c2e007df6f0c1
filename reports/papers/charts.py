"""Charts as Vega-Lite specs, plain dicts, drawn on the server as SVG and PNG.

A page shows ``svg`` (inline, or ``data_uri`` in an ``<img>``), Word the PNG, the PDF the SVG of
the same spec. No script, no style, no foreign host. Always give the table beside a chart.
"""

import base64
import hashlib
import json
import textwrap
from decimal import Decimal
from functools import cache, lru_cache

import vl_convert
from lxml import etree

from config.text import clean_text, vn_number
from reports.papers import patterns
from reports.papers.fonts import FONTS

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
VERSION = "6.4"
FACE = "Tinos, 'Times New Roman', serif"
LOCALE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đồng"]}
WIDTH, HEIGHT, BAR_STEP = 560, 280, 24  # pixels
LETTERS = 78  # that many letters stand side by side under a chart of this width
DIGIT = 6.4  # pixels, the width of one figure above a bar
NUMBER = ",.3~f"
KNOWN = {"transform": [{"filter": "isValid(datum.value)"}]}
CONFIG = {
    "aria": False,  # Vega's labels are English; title and description of the whole are ours
    "font": FACE,
    "background": patterns.PAPER,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelLimit": 260,
        "labelColor": patterns.INK,
        "titleColor": patterns.INK,
        "gridColor": "#d9d9d9",
        "labelFlush": False,
        "domainColor": patterns.INK,
    },
    "legend": {
        "orient": "bottom",
        "title": None,
        "labelFontSize": 13,
        "labelLimit": 400,
        "symbolSize": 220,
        "symbolStrokeColor": patterns.INK,
    },
    "text": {"fontSize": 12, "fill": patterns.INK},
}


def grouped_bars(points, *, unit, title, alt=""):
    """Bars side by side; ``points`` are (category, series, value), both orders kept."""
    x = {**_category(points), "scale": {"paddingInner": 0.2}}
    encoding = {
        "x": x,
        "xOffset": {"field": "series", "sort": None, "type": "nominal"},
        "y": _value(unit),
    }
    layers = [_bars(_series(points)), *_labels(_above(points))]
    return _spec(_rows(points), encoding, layers, title, alt)


def stacked_bars(points, *, unit, title, alt=""):
    """Bars on top of one another with their sum; ``points`` as in ``grouped_bars``."""
    order = {name: place for place, name in enumerate(_series(points))}
    rows = [{**row, "order": order[row["series"]]} for row in _rows(points)]
    value = {**_value(unit), "stack": "zero"}
    encoding = {
        "x": _category(points),
        "y": value,
        "order": {"field": "order", "type": "quantitative"},
    }
    bars, labels = _bars(_series(points)), _labels({})
    for layer in labels:
        layer["encoding"]["y"] = {**value, "bandPosition": 0.5}
    sums = {row["category"]: 0 for row in rows}
    for row in rows:
        sums[row["category"]] += row["value"]
    totals = [{"category": name, "value": total} for name, total in sums.items()]
    for layer in _labels({"dy": -9, "fontWeight": "bold"}):
        layer["encoding"] |= {"y": _value(unit), "order": None}
        labels.append({**layer, "data": {"values": totals}})
    return _spec(rows, encoding, [bars, *labels], title, alt)


def ranked_bars(points, *, unit, title, alt="", target=None, target_label="Chỉ tiêu"):
    """Lying bars, the largest on top; ``points`` are (label, value)."""
    known = [(name, value) for name, value in points if value is not None]
    known.sort(key=lambda point: point[1], reverse=True)
    rows = [{"category": name, "value": float(value)} for name, value in known]
    encoding = {
        "y": {"field": "category", "type": "nominal", "sort": None, "axis": {"title": None}},
        "x": _value(unit),
    }
    look = {"fill": patterns.SINGLE, "stroke": patterns.INK, "strokeWidth": 0.8}
    layers = [{"mark": {"type": "bar", **look, "height": {"band": 0.7}}}]
    if target is not None:
        layers += _target("x", target, target_label)
    layers += _labels({"align": "left", "dx": 5})
    return _spec(rows, encoding, layers, title, alt, height={"step": BAR_STEP})


def lines(points, *, unit, title, alt="", target=None, target_label="Chỉ tiêu", breaks=()):
    """Lines over time with an optional target; ``points`` are (time, series, value).

    ``breaks`` are the times from which another standard of measurement holds: the line is cut
    there and an upright rule says so, for figures on either side are not to be compared.
    """
    cuts = [str(cut) for cut in breaks]
    times = list(dict.fromkeys(str(time) for time, _, _ in points))
    part = {t: sum(times.index(cut) <= n for cut in cuts) for n, t in enumerate(times)}
    rows = [
        {"category": str(t), "series": series, "value": _plain(value), "part": part[str(t)]}
        for t, series, value in points
    ]
    x = {"field": "category", "type": "ordinal", "scale": {"type": "band", "domain": times}}
    encoding = {"x": {**x, "axis": {"title": None, "labelAngle": 0}}, "y": _value(unit)}
    layers = [layer for cut in cuts for layer in _break(cut)]
    if target is not None:
        layers += _target("y", target, target_label)
    layers += [*_strokes(_series(points)), *_labels({"dy": -13})]
    return _spec(rows, encoding, layers, title, alt)


def svg(spec: dict) -> str:
    """The drawing with its title and description, fit to stand inline under a strict CSP."""
    return _svg(_canonical(spec))


def png(spec: dict, scale: float = 3) -> bytes:
    """The same drawing as an image; at scale 3 a chart across the page has about 280 dpi."""
    return _png(_canonical(spec), scale)


def data_uri(spec: dict) -> str:
    """The SVG as an address for ``<img src>``; its ``alt`` is the page's to give."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg(spec).encode()).decode()}"


def size(spec: dict) -> tuple[float, float]:
    """Width and height of the drawing in pixels."""
    root = etree.fromstring(svg(spec).encode())
    return float(root.get("width")), float(root.get("height"))


def _canonical(spec):
    return json.dumps(_washed(spec), sort_keys=True, ensure_ascii=False)


def _washed(part):
    if isinstance(part, dict):
        return {name: _washed(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_washed(value) for value in part]
    return clean_text(part) if isinstance(part, str) else part


@cache
def _ready():
    vl_convert.register_font_directory(str(FONTS))


@lru_cache(maxsize=256)
def _svg(text):
    _ready()
    drawn = vl_convert.vegalite_to_svg(
        text, vl_version=VERSION, format_locale=LOCALE, allowed_base_urls=[]
    )
    root = etree.fromstring(drawn.encode(), etree.XMLParser(huge_tree=True))
    key = hashlib.sha256(text.encode()).hexdigest()[:8]
    words = json.loads(text).get("usermeta", {})
    for element in root.iter():
        for name in ("style", "role", "aria-roledescription", "aria-hidden", "class"):
            element.attrib.pop(name, None)
    patterns.draw(root, key)
    _name(root, key, words.get("title", ""), words.get("alt", ""))
    return etree.tostring(root, encoding="unicode")


@lru_cache(maxsize=64)
def _png(text, scale):
    return vl_convert.svg_to_png(_svg(text), scale=scale)


def _name(root, key, title, alt):
    root.set("role", "img")
    named = [(tag, words) for tag, words in (("title", title), ("desc", alt)) if words]
    for tag, words in reversed(named):
        element = etree.Element(f"{{{patterns.SVG}}}{tag}", {"id": f"{tag}-{key}"})
        element.text = words
        root.insert(0, element)
    if named:
        root.set("aria-labelledby", " ".join(f"{tag}-{key}" for tag, _ in named))


def _spec(rows, encoding, layers, title, alt, **sizes):
    return {
        "$schema": SCHEMA,
        "usermeta": {"title": title, "alt": alt or title},
        "width": WIDTH,
        "height": HEIGHT,
        **sizes,
        "data": {"values": rows},
        "encoding": encoding,
        "layer": layers,
        "config": CONFIG,
    }


def _rows(points):
    """Rows without a value are left out: an unknown figure is no zero."""
    room = _room(points)
    return [
        {"category": textwrap.fill(str(name), room), "series": series, "value": _plain(value)}
        for name, series, value in points
        if value is not None
    ]


def _plain(value):
    return float(value) if isinstance(value, Decimal) else value


def _room(points):
    return max(8, LETTERS // max(1, len({category for category, _, _ in points})))


def _series(points):
    return list(dict.fromkeys(series for _, series, _ in points))


def _category(points):
    axis = {"title": None, "labelAngle": 0, "labelExpr": "split(datum.label, '\\n')"}
    return {"field": "category", "type": "nominal", "sort": None, "axis": axis}


def _value(unit):
    axis = {"title": unit, "format": NUMBER, "tickCount": 6}
    return {"field": "value", "type": "quantitative", "axis": axis, "scale": {"zero": True}}


def _bars(series):
    scale = {"domain": series, "range": patterns.fill_names(len(series))}
    legend = None if len(series) < 2 else {"symbolType": "square"}
    fill = {"field": "series", "type": "nominal", "scale": scale, "legend": legend}
    mark = {"type": "bar", "stroke": patterns.INK, "strokeWidth": 0.8}
    return {"mark": mark, "encoding": {"fill": fill}}


def _strokes(series):
    def scale(values):
        return {"domain": series, "range": [values[n % len(values)] for n in range(len(series))]}

    def by(values):
        legend = None if len(series) < 2 else {"symbolStrokeWidth": 2}
        return {"field": "series", "type": "nominal", "scale": scale(values), "legend": legend}

    stroke, dash, shape = by(patterns.STROKES), by(patterns.DASHES), by(patterns.SHAPES)
    part = {"field": "part", "type": "nominal"}
    # A year without a figure cuts the line: nothing is drawn that was not reported.
    line = {"type": "line", "strokeWidth": 2.2, "invalid": "break-paths-show-domains"}
    point = {"type": "point", "filled": False, "fill": patterns.PAPER, "size": 60, "opacity": 1}
    return [
        {"mark": line, "encoding": {"stroke": stroke, "strokeDash": dash, "detail": part}},
        {"mark": point, **KNOWN, "encoding": {"stroke": stroke, "shape": shape}},
    ]


def _labels(place):
    """Each value in figures, on a white rim that keeps it legible over hatching."""
    text = {"field": "value", "type": "quantitative", "format": NUMBER}
    rim = {"stroke": patterns.PAPER, "strokeWidth": 3, "strokeJoin": "round"}
    return [
        {"mark": {"type": "text", **place, **look}, **KNOWN, "encoding": {"text": text}}
        for look in (rim, {})
    ]


def _above(points):
    """Figures above their bars; upright where lying they would run into one another."""
    bars = len({name for name, _, _ in points}) * len(_series(points))
    longest = max((len(_figure(value)) for _, _, value in points if value is not None), default=1)
    if longest * DIGIT < WIDTH * 0.8 / max(1, bars):
        return {"dy": -7}
    return {"angle": -90, "align": "left", "baseline": "middle", "dx": 4}


def _target(channel, value, label):
    """A line at ``value``, named outside the field where it covers no figure."""
    own = {"data": {"values": [{"value": float(value)}]}}  # drawn once, not once a row
    across = "y" if channel == "x" else "x"
    edge = {"x": {"value": WIDTH}} if channel == "y" else {"y": {"value": 0}}
    place = {"align": "left", "dx": 6} if channel == "y" else {"baseline": "bottom", "dy": -4}
    rule = {"type": "rule", "stroke": patterns.TARGET, "strokeWidth": 2, "strokeDash": [6, 3]}
    words = [f"{label}:", _figure(value)] if channel == "y" else f"{label}: {_figure(value)}"
    text = {"type": "text", "text": words, "fill": patterns.TARGET, **place}
    return [
        {"mark": rule, **own, "encoding": {across: None}},
        {"mark": text, **own, "encoding": edge},
    ]


def _break(cut):
    own = {"data": {"values": [{"category": cut}]}}
    x = {"field": "category", "type": "ordinal", "bandPosition": 0}
    rule = {"type": "rule", "stroke": patterns.INK, "strokeDash": [2, 3]}
    text = {"type": "text", "text": "đổi chuẩn", "align": "left", "dx": 4, "fontStyle": "italic"}
    return [
        {"mark": rule, **own, "encoding": {"x": x, "y": None}},
        {"mark": text, **own, "encoding": {"x": x, "y": {"value": -22}}},
    ]


def _figure(value):
    return vn_number(round(float(value), 3))
