"""The ground of the incremental build: rules and traces, what a cache keeps, files as they were last seen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site import store
from govreport_site.alone import alone
from govreport_site.graph import Change, Inputs, compare, digest_of, verify
from govreport_site.manifest import MISSING, Manifest, files_below, read_digest
from govreport_site.store import Place, pack_writer, read_piece

A: Inputs = ("报告", b"1", "模板", b"2")

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner).map(tuple),
    max_leaves=20,
)


def test_an_output_is_stale_when_an_input_is_another_and_gone_when_no_rule_makes_it() -> None:
    rules: dict[str, Inputs] = {"same": A, "other": ("报告", b"9", "模板", b"2"), "new": A}
    verdict = verify(rules, {"same": A, "other": A, "old": A})
    assert verdict.stale == ("other", "new")
    assert verdict.gone == ("old",)


def test_why_an_output_is_made_again_is_told_by_names() -> None:
    assert compare(None, A) == Change(first=True)
    assert not compare(A, A)
    assert compare(A, ("报告", b"9", "样式", b"3")) == Change(changed=("报告",), added=("样式",), removed=("模板",))


@given(plain, plain)
def test_equal_data_has_one_digest_and_other_data_another(one: object, other: object) -> None:
    # Equal here is the same in kind too: 1 and True, which Python calls equal, are not.
    assert (digest_of(one) == digest_of(other)) == (repr(one) == repr(other))


@given(st.text(min_size=2, max_size=4))
def test_a_digest_does_not_see_which_objects_are_one(text: str) -> None:
    twice = "".join(list(text))
    assert digest_of((text, text)) == digest_of((text, twice))


def test_what_is_kept_comes_back_only_whole_and_under_its_own_stamp(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    store.save(path, b"one", {"a": (1, "二", b"3")})
    assert store.load(path, b"one") == {"a": (1, "二", b"3")}
    assert store.load(path, b"two") is None
    assert store.load(path, b"on") is None
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert store.load(path, b"one") is None
        path.write_bytes(whole[:at])
        assert store.load(path, b"one") is None
    path.unlink()
    assert store.load(path, b"one") is None


def test_a_piece_comes_back_only_whole(tmp_path: Path) -> None:
    with pack_writer(tmp_path, "a.pack") as writer:
        places = [writer.add(piece) for piece in (b"", b"one", b"two")]
    assert [read_piece(tmp_path, place) for place in places] == [b"", b"one", b"two"]
    assert read_piece(tmp_path, Place("a.pack", places[1].offset, 4)) is None
    assert read_piece(tmp_path, Place("b.pack", 0, 3)) is None
    data = bytearray((tmp_path / "a.pack").read_bytes())
    data[-1] ^= 1
    (tmp_path / "a.pack").write_bytes(data)
    assert [read_piece(tmp_path, place) for place in places] == [b"", b"one", None]


def test_a_file_is_read_again_only_when_its_times_leave_it_open(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    seen = files_below(tmp_path)
    asked: list[str] = []

    def read(name: str) -> bytes:
        asked.append(name)
        return read_digest(tmp_path / name)

    written_ns = seen["a"][1]
    soon = Manifest({}).again(seen, written_ns + 1, read)
    assert asked == ["a"]
    late = soon.again(seen, written_ns + 10**10, read)
    assert asked == ["a", "a"], "written just before the look: a second change could bear the same time"
    assert late.again(seen, written_ns + 2 * 10**10, read).same(soon)
    assert asked == ["a", "a"]
    (tmp_path / "a").write_bytes(b"2")
    os.utime(tmp_path / "a", ns=(written_ns, written_ns))
    changed = late.again(files_below(tmp_path), written_ns + 10**11, read)
    assert not changed.same(late), "a time that was set back deceives nobody where the system notes changes itself"


def test_what_cannot_be_read_has_no_digest(tmp_path: Path) -> None:
    assert read_digest(tmp_path / "none") == MISSING


def test_two_runs_are_never_inside_at_once(tmp_path: Path) -> None:
    told = []

    class Enough(Exception):
        pass

    def waiting() -> None:
        told.append(1)
        raise Enough

    with alone(tmp_path / "lock", waiting), pytest.raises(Enough), alone(tmp_path / "lock", waiting):
        raise AssertionError("the second came in")
    with alone(tmp_path / "lock", waiting):
        assert told == [1]
