"""The tree itself: layers, limits, names, and what may stand where."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

from reports import diagrams

ROOT = Path(settings.BASE_DIR)
LAYERS = ["config", "units", "campaign", "criteria", "awards", "reports"]
SOURCES = sorted(
    path for app in LAYERS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py") if "vendor" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

LONGER = {
    # path:function → why it is clearer whole. Keep this list short.
}
LONGER_FILES = {
    # path → why it is clearer whole.
}


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def functions(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, node.end_lineno - node.lineno + 1


def imported(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_nobody_imports_to_the_right():
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in SOURCES
        for module in imported(path)
        if module in LAYERS
        and LAYERS.index(module) > LAYERS.index(path.relative_to(ROOT).parts[0])
        and name_of(path) not in ("config/urls.py", "config/settings.py")
    ]
    assert wrong == []


def test_functions_stay_short():
    long = [
        f"{name_of(path)}:{node.name} has {lines} lines"
        for path in SOURCES
        for node, lines in functions(path)
        if lines > (25 if "views" in path.parts or path.name == "views.py" else 40)
        and f"{name_of(path)}:{node.name}" not in LONGER
    ]
    assert long == []


def test_test_functions_stay_short():
    long = [
        f"{name_of(path)}:{node.name} has {lines} lines"
        for path in TESTS
        for node, lines in functions(path)
        if lines > 40 and f"{name_of(path)}:{node.name}" not in LONGER
    ]
    assert long == []


@pytest.mark.parametrize(("paths", "ceiling"), [(SOURCES, 400), (TESTS, 600), (TEMPLATES, 150)])
def test_files_stay_short(paths, ceiling):
    long = {
        name_of(path): lines
        for path in paths
        if (lines := path.read_text(encoding="utf-8").count("\n")) > ceiling
        and name_of(path) not in LONGER_FILES
    }
    assert long == {}


def test_a_class_has_at_most_two_bases():
    wide = [
        f"{name_of(path)}:{node.name}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and len(node.bases) > 2
    ]
    assert wide == []


def test_no_module_has_a_name_that_says_nothing():
    empty = {"utils", "util", "helpers", "helper", "info", "common", "misc", "manager2"}
    assert [name_of(path) for path in SOURCES if path.stem in empty] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def own_models():
    return [model for model in apps.get_models() if model._meta.app_label in LAYERS]


def test_every_model_is_named_in_vietnamese():
    unnamed = [
        model._meta.label
        for model in own_models()
        if model._meta.verbose_name == re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()
        and not model._meta.auto_created
    ]
    assert unnamed == []


def test_units_and_people_are_never_deleted_from_under_a_row():
    careless = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.label in ("units.Unit", "units.User")
        and field.remote_field.on_delete is not models.PROTECT
        and not model._meta.auto_created
    ]
    assert careless == []


def action_modules():
    for path in SOURCES:
        if path.name == "actions.py" or path.parent.name == "actions":
            yield path


def test_every_action_says_who_acts():
    silent = []
    for path in action_modules():
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                opens = any("atomic" in ast.unparse(d) for d in node.decorator_list)
                if opens and "by" not in [arg.arg for arg in node.args.kwonlyargs]:
                    silent.append(f"{name_of(path)}:{node.name}")
    assert silent == []


def test_state_is_written_by_actions_only():
    careless = [
        f"{name_of(path)}:{node.lineno}"
        for path in SOURCES
        if "actions" not in name_of(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]
    assert careless == []


def test_views_neither_filter_nor_write():
    words = re.compile(r"\.objects\.(filter|create|exclude|update)\(|\.save\(|\.aggregate\(")
    careless = [
        f"{name_of(path)}: {found.group()}"
        for path in SOURCES
        if "views" in path.parts
        for found in [words.search(path.read_text(encoding="utf-8"))]
        if found
    ]
    assert careless == []


def test_only_the_clock_asks_what_time_it_is():
    asking = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|localdate\(\)")
    elsewhere = [
        name_of(path)
        for path in SOURCES
        if path.name != "clock.py" and asking.search(path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []


def test_the_clock_is_stopped_by_the_demonstration_only():
    stopping = [
        name_of(path) for path in SOURCES if "clock.frozen" in path.read_text(encoding="utf-8")
    ]
    assert [path for path in stopping if not path.startswith("reports/demo/")] == []


def test_no_template_holds_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|https?://(?!www\.w3)")
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in TEMPLATES
        for match in [inline.search(path.read_text(encoding="utf-8"))]
        if match
    ]
    assert found == []


def test_every_template_is_used():
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*SOURCES, *TEMPLATES])
    package_pages = ("account/", "mfa/", "admin/", "allauth/", "usersessions/")
    by_name = ("400.html", "403.html", "403_csrf.html", "404.html", "413.html", "429.html",
               "500.html")  # fmt: skip
    unused = [
        name
        for path in TEMPLATES
        for name in [path.relative_to(ROOT / "templates").as_posix()]
        if f'"{name}"' not in text and not name.startswith(package_pages) and name not in by_name
    ]
    assert unused == []


def test_the_diagrams_of_the_readme_are_current():
    text = diagrams.README.read_text(encoding="utf-8")
    for name in diagrams.WORKFLOWS:
        assert f"<!-- workflow: {name} -->" in text
    assert diagrams.drawn(text) == text


def test_the_product_reads_nothing_beside_its_own_tree():
    outside = [
        name_of(path)
        for path in SOURCES
        if re.search(r"\.\./shared|/work/|/root/", path.read_text(encoding="utf-8"))
    ]
    assert outside == []
