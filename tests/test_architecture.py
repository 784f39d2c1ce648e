"""The architecture's one rule: only adapters know MkDocs and Python-Markdown."""

from __future__ import annotations

import ast
from pathlib import Path

from support import ROOT

PACKAGE = ROOT / "plugins" / "journey"
HOSTS = {"mkdocs", "markdown", "pymdownx", "material", "mkdocs_static_i18n"}
ADAPTERS = {"plugin.py", "config.py", "markdown.py", "cli.py", "host.py", "internals.py"}


def imported_packages(source: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_only_adapters_import_the_host() -> None:
    offenders = {
        str(source.relative_to(PACKAGE)): sorted(found)
        for source in PACKAGE.rglob("*.py")
        if source.name not in ADAPTERS and (found := imported_packages(source) & HOSTS)
    }
    assert not offenders


def test_capabilities_do_not_reach_into_each_other() -> None:
    capabilities = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file()}
    offenders = []
    for name in capabilities:
        for source in (PACKAGE / name).rglob("*.py"):
            if source.name in ADAPTERS:
                continue
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.level == 2 and node.module:
                    other = node.module.split(".")[0]
                    if other in capabilities - {name}:
                        offenders.append(f"{source.name} -> {other}")
    assert "content" in capabilities
    assert not offenders


def test_modules_stay_small_enough_to_be_about_one_thing() -> None:
    long = {p.name: n for p in PACKAGE.rglob("*.py") if (n := len(p.read_text(encoding="utf-8").splitlines())) > 500}
    assert not long
