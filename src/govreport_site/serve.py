"""Builds, serves, watches: one person's view of the site while they work on its reports.

    corpus/ ─┬─ watch ─ build ─ site/ ─ loopback ─ the open page
    templates/ ┘           └─ problems ──────────┘

Three threads: one watches and only notes what changed, one builds while there is something
noted, and the server answers all the while. So a burst of changes gives one build, and a change
during a build one more after it. A build that fails leaves the old site, and says so on the page.
"""

from __future__ import annotations

import re
import secrets
import signal
import threading
import time
import traceback
import webbrowser
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from watchfiles import watch

from govreport_site import addresses
from govreport_site.looking import Built
from govreport_site.loopback import Server, open_server
from govreport_site.problems import GovreportError, Problem, harmless
from govreport_site.site import build, shown_name, template_folder
from govreport_site.switch import MARK

# A page's corner is no place for thousands; the list of all is a page of the site.
SHOWN = 30
# Changes are taken together until so long nothing more came: an editor saves in several steps.
_QUIET_MILLISECONDS = 100
# How often the watching thread looks up: for the end, and for a folder that was put in another's place.
_LOOK_UP_MILLISECONDS = 250

# What is hidden is never read, nor what lies in it: .x.md.swp, .#x.md, .~lock.x.docx#, ~$x.docx, .DS_Store, .git.
_HIDDEN = re.compile(r"[.~].*|__pycache__")
# Left beside a file by editors, file managers and synchronisers while they work.
_NOISE = re.compile(
    r".*~|#.*#|4913|.*___jb_.*___|thumbs\.db|desktop\.ini"
    r"|.*\.(?:tmp|temp|sw[a-z]|bak|orig|lock|lck|part|partial|crdownload|download|pyc)(?:\.\d+)*",
    re.IGNORECASE,
)


def serve(
    corpus: Path,
    output: Path,
    *,
    templates: Sequence[Path] = (),
    port: int = 8000,
    opens: bool = False,
    tell: Callable[[str], None],
    show: Callable[[Sequence[Problem]], None],
) -> None:
    """Serves the site of a corpus, always as it is now, until the person presses Ctrl-C.

    templates  folders whose files stand in for ours of the same name
    port   the next free one from here on is taken; 0 takes any
    opens  whether the browser is opened once the site is there
    tell   is given each line for the terminal; show is given the problems worth showing there
    Only for the main thread, since signals come there.
    Raises GovreportError when there is no corpus, no free port, or the output is no folder of ours.
    """
    if not corpus.is_dir():
        raise GovreportError(f"没有找到报告的文件夹 {corpus}。\n把报告放进去，或用 --corpus 指明它在哪里。")
    server = open_server(output, port)
    workshop = Workshop(corpus, output, server, tell, show, templates)
    before = signal.getsignal(signal.SIGTERM)
    try:
        # Being asked to end is an end like any other.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        server.start()
        try:
            taken = f"（端口 {port} 已被占用）" if port not in (0, server.server_port) else ""
            tell(f"网址  {address_of(server)}{taken}")
            names = "、".join(f"{shown_name(folder)}/" for folder in workshop.watched)
            tell(f"盯着  {names}；保存后自动重新生成，打开的网页自动更新。按 Ctrl-C 停止。")
            workshop.start()
            if opens and workshop.wait_for_first():
                threading.Thread(target=webbrowser.open, args=(address_of(server),), daemon=True).start()
            workshop.wait()
        finally:
            server.stop()
            workshop.finish()
    except KeyboardInterrupt:
        tell("\n已停止。")
    finally:
        signal.signal(signal.SIGTERM, before)


def address_of(server: Server) -> str:
    """What to type into a browser."""
    return f"http://{server.server_name}:{server.server_port}/"


def is_noise(path: Path, folder: Path) -> bool:
    """Whether a changed file is none of the person's: a temporary file of an editor, say."""
    try:
        parts = path.relative_to(folder).parts
    except ValueError:
        return True
    return any(map(_HIDDEN.fullmatch, parts)) or bool(parts and _NOISE.fullmatch(parts[-1]))


class Workshop:
    """The two threads that watch and build, and what lies between them."""

    def __init__(
        self,
        corpus: Path,
        output: Path,
        server: Server,
        tell: Callable[[str], None],
        show: Callable[[Sequence[Problem]], None],
        templates: Sequence[Path] = (),
    ) -> None:
        self._corpus, self._output = corpus, output.resolve()
        self._channel = server.channel
        self._tell, self._show = tell, show
        self._templates = tuple(templates)
        ours = template_folder()
        # In a checkout; what a wheel brought nobody edits.
        own = [*templates] if ours.parent == Path(__file__).resolve().parent else [*templates, ours]
        # Resolved: macOS names what changed by its real path.
        self.watched = [folder.resolve() for folder in (corpus, *own)]
        # A page knows its own build, also when this program was started anew in the meantime.
        self._run, self._count = secrets.token_hex(4), 0
        self._noted: set[Path] = set()
        self._wake = threading.Condition()
        self._stopping = threading.Event()
        self._watching = threading.Event()
        self._first = threading.Event()
        self._fatal: BaseException | None = None
        self._builder = self._thread(self._keep_building, "builder")
        self._watcher = self._thread(self._keep_watching, "watcher")

    def start(self) -> None:
        """Begins to watch, then to build: nothing that changes is missed."""
        self._watcher.start()
        self._builder.start()

    def wait_for_first(self) -> bool:
        """Waits for the end of the first build; False when there will be none."""
        while not self._first.wait(0.5):
            if self._stopping.is_set():
                return False
        return True

    def wait(self) -> None:
        """Waits until it cannot go on; raises what was the reason."""
        # With a limit: on Windows Ctrl-C does not wake a thread that waits for ever.
        while not self._stopping.wait(0.5):
            pass
        if self._fatal is not None:
            raise self._fatal

    def finish(self) -> None:
        """Ends both threads. A build under way is ended in good order, unless the person insists.

        Leaving it is safe too: the switch is one step, and the next build clears up.
        """
        self._stopping.set()
        with self._wake:
            self._wake.notify_all()
        if self._builder.is_alive():
            self._builder.join(0.5)
            if self._builder.is_alive():
                self._tell("\n正在做完这一次生成；再按一次 Ctrl-C 立即停止。")
        for thread in (self._builder, self._watcher):
            while thread.is_alive():
                thread.join(0.5)

    def _keep_building(self) -> None:
        self._watching.wait()
        changed: set[Path] | None = None
        while not self._stopping.is_set():
            self._build_once(changed)
            self._first.set()
            with self._wake:
                self._wake.wait_for(lambda: self._noted or self._stopping.is_set())
                changed, self._noted = self._noted, set()

    def _build_once(self, changed: Collection[Path] | None) -> None:
        """One build and what is said of it; `changed` is None for the first."""
        self._channel.tell(building=True)
        clock = time.strftime("%H:%M:%S")
        why = f"（{_named(changed)}）" if changed else ""
        began = time.perf_counter()
        try:
            built = build(self._corpus, self._output, templates=self._templates)
        except Exception as error:
            # Not ours to replace: no site will ever come, and no edit of a report can help.
            if changed is None and self._output.exists() and not (self._output / MARK).exists():
                raise
            failure = explain(error, self.watched)
            self._channel.tell(building=False, failure=failure)
            seconds = time.perf_counter() - began
            self._tell(f"{clock}  没有生成，旧的网站没有动{why}；{seconds:.1f} 秒")
            self._tell(
                harmless("\n".join(f"  {line}" for part in failure.values() for line in part.split("\n") if line))
            )
            if not isinstance(error, GovreportError) and not failure["place"]:
                self._tell(harmless("".join(traceback.format_exception(error))))
            return
        if built.written.changed or self._count == 0:
            self._count += 1
        near = {shown_name(path) for path in changed or ()}
        self._channel.tell(
            build=f"{self._run}-{self._count}", building=False, failure=None, **shown_problems(built.problems, near),
            list=f"/{addresses.PROBLEMS}" if (self._output / addresses.PROBLEMS).is_file() else None,
        )  # fmt: skip
        self._tell(f"{clock}  {_summary(built)}{why}")
        # All of them at first; later what the last edit may have to do with.
        self._show([p for p in built.problems if changed is None or p.severity == "error" or p.file in near])

    def _keep_watching(self) -> None:
        polls: bool | None = None  # None: as watchfiles thinks best
        while not self._stopping.is_set():
            before = _identities(self.watched)
            there = [folder for folder, identity in zip(self.watched, before, strict=True) if identity]
            try:
                for changes in watch(
                    *there,
                    watch_filter=lambda _, path: self._concerns(Path(path)),
                    step=_QUIET_MILLISECONDS,
                    rust_timeout=_LOOK_UP_MILLISECONDS,
                    yield_on_timeout=True,
                    stop_event=self._stopping,
                    raise_interrupt=False,
                    force_polling=polls,
                    ignore_permission_denied=True,
                ):
                    self._watching.set()
                    if changes:
                        self._note({Path(path) for _, path in changes})
                    # A folder removed and made again, by a change of branch, say, is another one.
                    if _identities(self.watched) != before:
                        self._note(self.watched)
                        break
            except (OSError, RuntimeError) as error:
                # Too many folders for this system's watches, or a drive that has none.
                if not polls:
                    self._tell(f"系统不报告文件的变动（{error}），改为每隔一会儿查看一次。")
                polls = True
                self._stopping.wait(1)

    def _concerns(self, path: Path) -> bool:
        if path.is_relative_to(self._output):
            return False
        return any(not is_noise(path, folder) for folder in self.watched)

    def _note(self, paths: Iterable[Path]) -> None:
        with self._wake:
            self._noted.update(paths)
            self._wake.notify_all()

    def _thread(self, work: Callable[[], None], name: str) -> threading.Thread:
        """A thread whose exception does not get lost: `wait` raises it again."""

        def run() -> None:
            try:
                work()
            except BaseException as error:
                self._fatal = error
                self._stopping.set()
            finally:
                self._watching.set()

        return threading.Thread(target=run, name=name, daemon=True)


def explain(error: Exception, folders: Iterable[Path]) -> dict[str, str]:
    """Why a build failed, for the person: `place`, `found`, `mend`; empty where there is nothing to say.

    folders  what the person edits: a line there, in a template, say, is the place
    """
    if isinstance(error, GovreportError):
        found, _, mend = str(error).partition("\n")
        return {"place": "", "found": found, "mend": mend}
    place = ""
    inside = [folder.resolve() for folder in folders]
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    # A template that cannot be read at all names its line itself.
    frames.append((str(getattr(error, "filename", "") or ""), getattr(error, "lineno", None)))
    for file, line in frames:
        path = Path(file)
        if path.is_absolute() and any(path.resolve().is_relative_to(folder) for folder in inside):
            place = shown_name(path) + (f":{line}" if line else "")
    mend = "改好后保存，会再生成一次。" if place else "这可能是程序的错误；详情在运行 serve 的终端里。"
    return {"place": place, "found": f"{type(error).__name__}: {str(error).partition(chr(10))[0]}", "mend": mend}


def shown_problems(problems: Sequence[Problem], near: Collection[str]) -> dict[str, object]:
    """What the page's corner shows: errors first, then what stands in the files just edited, then the rest."""
    errors = sum(problem.severity == "error" for problem in problems)
    ordered = sorted(problems, key=lambda p: (p.severity != "error", p.file not in near))
    return {
        "errors": errors,
        "warnings": len(problems) - errors,
        "problems": [
            {
                "severity": problem.severity,
                "place": f"{problem.file}:{problem.line}:{problem.column}",
                "title": problem.title,
                "found": problem.found,
                "expected": problem.expected,
                "mend": problem.mend,
            }
            for problem in ordered[:SHOWN]
        ],
    }


def _summary(built: Built) -> str:
    errors = sum(problem.severity == "error" for problem in built.problems)
    parts = [f"{built.reports:,} 份报告，{built.pages:,} 页"]
    parts.append(f"{built.written.changed:,} 个文件有变化" if built.written.changed else "与上次完全相同")
    if built.problems:
        parts.append(f"{errors} 处错误，{len(built.problems) - errors} 处提醒")
    return "；".join([*parts, f"{built.seconds:.1f} 秒"])


def _named(changed: Collection[Path]) -> str:
    names = sorted({shown_name(path) for path in changed})
    return harmless(names[0] + (f" 等 {len(names)} 个文件" if len(names) > 1 else ""))


def _identities(folders: Iterable[Path]) -> list[tuple[int, int] | None]:
    """Which folders these are on disk; None for one that is not there."""
    found: list[tuple[int, int] | None] = []
    for folder in folders:
        try:
            status = folder.stat()
            found.append((status.st_dev, status.st_ino))
        except OSError:
            found.append(None)
    return found
