"""The switch: the site is the old one whole or the new one whole, and nobody else's folder is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from govreport_site import switch
from govreport_site.problems import GovreportError
from govreport_site.switch import MARK, check_names, drop, identity, link, make_twin, put, recover, switch_in


def tree(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        put(folder, name, text.encode())
    return folder


@pytest.fixture(params=["exchange", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of switching, whatever this system can do."""
    if request.param == "two renames":
        monkeypatch.setattr(switch, "_exchange", lambda one, other: False)
    return str(request.param)


def test_the_trees_change_names(tmp_path: Path, way: str) -> None:
    site, new = tree(tmp_path / "site", a="old"), tree(tmp_path / "new", a="new")
    before = identity(new)
    assert switch_in(new, site)
    assert identity(site) == before
    assert (site / "a").read_text() == "new"
    assert (new / "a").read_text() == "old"
    assert not (tmp_path / ".site.old").exists()


def test_the_first_tree_takes_its_place(tmp_path: Path, way: str) -> None:
    new = tree(tmp_path / "new", a="new")
    assert not switch_in(new, tmp_path / "below" / "site")
    assert (tmp_path / "below" / "site" / "a").read_text() == "new"


def test_what_was_left_half_done_is_ended(tmp_path: Path) -> None:
    site = tmp_path / "site"
    tree(tmp_path / ".site.old", a="old")
    recover(site)
    assert (site / "a").read_text() == "old"
    tree(tmp_path / ".site.old", a="older")
    recover(site)
    assert (site / "a").read_text() == "old"
    assert not (tmp_path / ".site.old").exists()


def test_a_rename_that_fails_puts_the_old_tree_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switch, "_exchange", lambda one, other: False)
    site = tree(tmp_path / "site", a="old")
    with pytest.raises(OSError):
        switch_in(tmp_path / "none", site)
    assert (site / "a").read_text() == "old"


def test_a_twin_keeps_the_old_content(tmp_path: Path) -> None:
    site = tree(tmp_path / "site", a="1")
    put(site, "b/c", b"2")
    twin = tmp_path / "twin"
    assert make_twin(site, twin, ["a", "b/c"])
    assert (site / "b/c").samefile(twin / "b/c")
    put(twin, "b/c", b"3")
    assert (site / "b/c").read_bytes() == b"2"
    link(twin / "b/c", site, "b/c")
    assert (site / "b/c").read_bytes() == b"3"


def test_where_there_are_no_hard_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: object, target: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    site = tree(tmp_path / "site", a="1")
    assert not make_twin(site, tmp_path / "twin", ["a"])
    assert not link(site / "a", tmp_path / "twin", "b")
    assert (tmp_path / "twin" / "b").read_text() == "1"


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    site = tree(tmp_path / "site", a="1")
    put(site, "a/b", b"2")
    assert (site / "a" / "b").read_bytes() == b"2"
    put(site, "a", b"3")
    assert (site / "a").read_bytes() == b"3"


def test_what_goes_takes_its_empty_folders_along(tmp_path: Path) -> None:
    site = tree(tmp_path / "site", a="1")
    put(site, "b/c/d", b"2")
    put(site, "b/e", b"2")
    drop(site, ["b/c/d", "never/was"])
    assert sorted(path.name for path in site.rglob("*")) == ["a", "b", "e"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../a", "a/../../b", "", "a\\b", "c:a"])
def test_no_name_leads_out(name: str) -> None:
    with pytest.raises(GovreportError):
        check_names([name], [name])


def test_names_that_are_one_where_case_does_not_count_are_refused() -> None:
    with pytest.raises(GovreportError):
        check_names(["a/index.html", "A/index.html"], [])


def test_only_a_folder_of_ours_is_replaced(tmp_path: Path) -> None:
    site = tree(tmp_path / "site", a="mine")
    with pytest.raises(GovreportError):
        switch.refuse_foreign(site)
    with pytest.raises(GovreportError):
        switch.refuse_foreign(site / "a")
    put(site, MARK, b"")
    switch.refuse_foreign(site)
    switch.refuse_foreign(tmp_path / "none")
