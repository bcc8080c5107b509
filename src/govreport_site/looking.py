"""What a build sees before it does anything: every input as it is now, and what was left last time.

Light: a build without changes ends here. Nothing that reads reports or makes pages is imported.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from govreport_site import store
from govreport_site.insight import additions
from govreport_site.manifest import MISSING, Manifest, files_below, read_digest, signatures
from govreport_site.problems import Problem, in_order
from govreport_site.program import PACKAGE, libraries, program_files
from govreport_site.reading.files import report_signatures
from govreport_site.switch import Identity, identity

# Raised when what the cache holds changes its form.
_FORMAT = b"1"

SETTINGS_FILE = "corpus.yaml"


@dataclass(frozen=True, slots=True)
class Written:
    """All files of the site and their bytes; how many of the files are new, different, or gone."""

    files: int
    size_bytes: int
    new: int = 0
    different: int = 0
    gone: int = 0

    @property
    def changed(self) -> int:
        """How many files are not what they were."""
        return self.new + self.different + self.gone


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    why        what had changed, and what was made again for it, in Chinese, a line each
    explained  what was asked about one page
    """

    reports: int
    pages: int
    written: Written
    problems: tuple[Problem, ...]
    seconds: float
    why: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """Everything a site is made from, as it is at one moment.

    originals  SHA-256 of the files that reports came from, where a report names one
    options    what was said on the command line: corpus, folders of templates, base
    """

    program: Manifest
    libraries: str
    templates: Manifest
    settings: Manifest
    reports: Manifest
    originals: Manifest
    named: tuple[str, ...]
    options: tuple[str, ...]

    def same(self, other: Look) -> bool:
        """Whether a site made from the one is the site made from the other."""
        return (
            self.options == other.options
            and self.libraries == other.libraries
            and self.reports.same(other.reports)
            and self.program.same(other.program)
            and self.templates.same(other.templates)
            and self.settings.same(other.settings)
            and self.originals.same(other.originals)
        )


@dataclass(frozen=True, slots=True)
class State:
    """What was last built.

    outputs  file of the site → digest (empty: of the index), size, time of its last change
    counts   reports, pages, bytes
    brought  address of a report → digest of what it brings to the index, and where that still lies
    suggested  file of a report → digest of its text, when suggestions were last made
    """

    look: Look
    site: Identity | None
    twin: Identity | None
    outputs: Mapping[str, tuple[bytes, int, int]]
    counts: tuple[int, int, int]
    brought: Mapping[str, tuple[bytes, str, int, int]]
    suggested: Mapping[str, bytes]


def look_at(corpus: Path, folders: Sequence[Path], options: tuple[str, ...], before: Look | None) -> Look:
    """Everything as it is now; content is read only where size and times leave it open what it is."""
    now = time.time_ns()
    nothing = Manifest({})
    known = before or Look(nothing, "", nothing, nothing, nothing, nothing, (), ())
    templates = {f"{n}/{name}": seen for n, folder in enumerate(folders) for name, seen in files_below(folder).items()}

    def template(name: str) -> bytes:
        number, _, path = name.partition("/")
        return read_digest(folders[int(number)] / path)

    same_place = known.options == options
    return Look(
        program=known.program.again(program_files(), now, lambda name: read_digest(PACKAGE / name)),
        libraries=libraries(),
        templates=(known.templates if same_place else nothing).again(templates, now, template),
        settings=known.settings.again(
            signatures(corpus, [SETTINGS_FILE, *additions.FILES]), now, lambda name: read_digest(corpus / name)
        ),
        reports=known.reports.again(
            report_signatures(corpus), now, lambda name: read_digest(corpus / name), known=True
        ),
        originals=look_at_originals(corpus, known.named, known.originals, now),
        named=known.named,
        options=options,
    )


def look_at_originals(corpus: Path, named: Sequence[str], before: Manifest, now: int) -> Manifest:
    """The files that reports came from, by what reports call them; those that are not there are left out."""
    return before.again(signatures(corpus, named), now, lambda name: sha256_of(corpus / name))


def sha256_of(path: Path) -> bytes:
    """`MISSING` where it cannot be read."""
    try:
        # By pieces: an original may be a scan of any size.
        with path.open("rb") as file:
            return file_digest(file, "sha256").digest()
    except OSError:
        return MISSING


def load_state(cache: Path) -> State | None:
    """What was last built, as far as the cache can be believed."""
    plain = store.load(cache / "state", _FORMAT)
    if plain is None:
        return None
    program, libraries_, templates, settings, reports, originals, named, options = plain[0]
    look = Look(
        Manifest(*program), libraries_, Manifest(*templates), Manifest(*settings), Manifest(*reports),
        Manifest(*originals), named, options,
    )  # fmt: skip
    return State(look, *plain[1:])


def save_state(cache: Path, state: State) -> None:
    """Keeps what was last built."""
    look = state.look

    def flat(manifest: Manifest) -> tuple[object, ...]:
        return dict(manifest.files), manifest.seen_ns

    plain = (
        flat(look.program), look.libraries, flat(look.templates), flat(look.settings), flat(look.reports),
        flat(look.originals), look.named, look.options,
    )  # fmt: skip
    rest = (state.site, state.twin, dict(state.outputs), state.counts, dict(state.brought), dict(state.suggested))
    store.save(cache / "state", _FORMAT, (plain, *rest))


def save_problems(cache: Path, problems: Iterable[tuple[str, tuple[object, ...]]]) -> None:
    """Keeps all problems of a build, each with its file within the corpus (empty: of the settings)."""
    store.save(cache / "problems", _FORMAT, list(problems))


def kept_problems(cache: Path, prefix: str) -> tuple[Problem, ...] | None:
    plain = store.load(cache / "problems", _FORMAT)
    if plain is None:
        return None
    found = [Problem(code, prefix + file, *rest) for file, (code, *rest) in plain]
    return tuple(in_order(found))


def check_outputs(output: Path, cache: Path, state: State | None) -> tuple[frozenset[str], bool]:
    """Files of the site that are not as they were left, and whether the twin is as the site is.

    A file of two names is the same file in both trees, so one look tells of both.
    """
    if state is None or state.site is None or identity(output) != state.site:
        return frozenset(state.outputs if state else ()), False
    whole = state.twin is not None and identity(cache / "tree") == state.twin
    whole = whole and not (cache / "tree.dirty").exists()
    lost = []
    root = f"{output}{os.sep}"
    for name, (_, size_bytes, changed_ns) in state.outputs.items():
        try:
            status = os.stat(root + name)  # noqa: PTH116 - ten thousand of them, at each build
        except OSError:
            lost.append(name)
            continue
        if status.st_size != size_bytes or status.st_mtime_ns != changed_ns:
            lost.append(name)
        elif status.st_nlink < 2:
            whole = False
    return frozenset(lost), whole


def original_problem(name: str, file: str, expected: str | None, found: bytes) -> Iterator[Problem]:
    """What is to be said of an original; `found` is its SHA-256, or `MISSING`."""
    if found == MISSING:
        said = f"{file} 打不开"
    elif expected is not None and found.hex() != expected:
        said = f"{file} 现在的 SHA-256 是 {found.hex()[:12]}…"
    else:
        return
    yield Problem(
        "metadata/source-changed", name, 1, 1, said, "收录时的原件，一个字节也没有变",
        "找回原件；若有意更换，改 source_file 和 source_sha256",
    )  # fmt: skip


def template_folder() -> Path:
    """In a checkout ./templates, so that an edit shows at once; else what the wheel brought."""
    package = Path(__file__).resolve().parent
    checkout = package.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "templates").is_dir():
        return checkout / "templates"
    return package / "templates"


def shown_prefix(corpus: Path) -> str:
    """What stands before the name of a file of a corpus in messages."""
    name = shown_name(corpus)
    return "" if name == "." else name + "/"


def shown_name(path: Path) -> str:
    """How messages call a file: from where the command was given, with forward slashes."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
