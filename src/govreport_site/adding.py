"""Taking a report in, told once: what came, what it says, whether it is there already, where it goes.

    file, address, folder, archive ─ material ─ understood ─ planned ─ shown, asked ─ filed
                                                    └─ matched with what the corpus holds ─┘

Nothing is written before the last step, and that one is all or nothing (`filing.py`).
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

from govreport_site import addresses, filing
from govreport_site.asking import index_folder
from govreport_site.exports.addition import Told, difference_lines, problem_line, understood_lines
from govreport_site.filing import Change
from govreport_site.intake.archive import LARGEST_FILE_BYTES, members
from govreport_site.intake.arrival import Refused
from govreport_site.intake.bring_in import bring_in
from govreport_site.intake.fetch import Fetcher, is_address
from govreport_site.interface import kind_names
from govreport_site.pinyin import slug_of_name
from govreport_site.problems import GovreportError, Problem, UsageError, harmless
from govreport_site.reading.metadata import FIELDS, Decided, Value
from govreport_site.reading.read import read_report, read_text
from govreport_site.reading.tidy import amended, front_matter, parted
from govreport_site.report import Metadata, Report
from govreport_site.shelf import Match, Shelf
from govreport_site.understanding import BringIn, Material, Understood, understand

ORIGINALS = "sources"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for. sets: key of the metadata → value, for every report of the run."""

    sets: Mapping[str, str] = field(default_factory=dict)
    yes: bool = False
    replace: bool = False
    dry_run: bool = False
    follow: bool = False
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a person sits.

    tell   shows a line
    show   shows problems
    ask    a question → the answer; None: nobody is there to answer
    width  columns at which lines end; None: no edge
    """

    tell: Callable[[str], None]
    show: Callable[[Iterable[Problem]], None]
    ask: Callable[[str], str] | None = None
    width: int | None = None
    colours: bool = False


class Outcome(Enum):
    """What became of one file, as the summary names it."""

    FILED = "收录"
    REPLACED = "替换"
    SHOWN = "可以收录"
    KNOWN = "已在库中"
    DECLINED = "你选择不收"
    REFUSED = "没有收"


@dataclass(frozen=True, slots=True)
class Plan:
    """One report with its place in the corpus; nothing is written yet.

    file      where the report goes, `original` where the file that came goes, both within the corpus
    replaces  the file is there already and holds an earlier version
    """

    understood: Understood
    told: Mapping[str, Told]
    file: str
    original: str
    text: str
    report: Report
    replaces: bool = False


def add(
    inputs: Sequence[str],
    corpus: Path,
    project: Path,
    wishes: Wishes,
    desk: Desk,
    *,
    bring_in: BringIn = bring_in,
    fetcher: Fetcher | None = None,
) -> int:
    """Takes in each input that a person agrees to; 1 when any was refused, 130 when stopped, else 0.

    Raises GovreportError when there is no corpus, UsageError when a value of `wishes.sets` is none.
    """
    if not corpus.is_dir():
        raise GovreportError(f"没有找到报告的文件夹 {corpus}。\n建一个空的，或用 --corpus 指明它在哪里。")
    journals = journals_of(corpus, project)
    for said in filing.recover(corpus, journals):
        desk.tell(said)
    brief = len(inputs) > 1 or _holds_several(Path(inputs[0]))
    adding = _Adding(corpus, journals, wishes, desk, bring_in, fetcher or Fetcher(), brief)
    outcomes: list[tuple[str, Outcome]] = []
    try:
        for word in inputs:
            for shown, outcome in adding.take(word):
                outcomes.append((shown, outcome))
    except KeyboardInterrupt:
        desk.tell("")
        desk.tell(f"已停止。{_counted(outcomes)}")
        return 130
    if len(outcomes) > 1:
        desk.tell("")
        for shown, outcome in outcomes:
            if outcome is Outcome.REFUSED:
                desk.tell(harmless(f"没有收：{shown}"))
        desk.tell(_counted(outcomes))
    if any(outcome is Outcome.SHOWN for _, outcome in outcomes):
        desk.tell("只是试看（--dry-run），没有写任何文件。")
    if any(outcome in (Outcome.FILED, Outcome.REPLACED) for _, outcome in outcomes):
        desk.tell("运行 python3 build.py 更新网站；收错了，运行 python3 build.py undo 撤销。")
    return 1 if any(outcome is Outcome.REFUSED for _, outcome in outcomes) else 0


def undo(corpus: Path, project: Path, desk: Desk) -> int:
    """Takes back what the last `add` filed, and says what that was."""
    journals = journals_of(corpus, project)
    for said in filing.recover(corpus, journals):
        desk.tell(said)
    undone = filing.undo(corpus, journals)
    for note in undone.notes:
        desk.tell(harmless(f"撤销：{note.get('title') or note.get('file', '')}（{note.get('when', '')} 收录）"))
    for path in undone.removed:
        desk.tell(f"  已删去  {corpus / path}")
    for path in undone.restored:
        desk.tell(f"  已恢复  {corpus / path}")
    return 0


def journals_of(corpus: Path, project: Path) -> Path:
    """Where a corpus's journals are kept: beside the site, each corpus its own."""
    return project / ".govreport" / "undo" / index_folder(corpus, project).name


def _counted(outcomes: Iterable[tuple[str, Outcome]]) -> str:
    counts = Counter(outcome for _, outcome in outcomes)
    return (
        "；".join(f"{one.value} {counts[one]} 份" for one in Outcome if counts[one]) + "。" if counts else "没有收录。"
    )


@dataclass
class _Adding:
    """One run of `add`. brief: several reports are shown, each in few lines."""

    corpus: Path
    journals: Path
    wishes: Wishes
    desk: Desk
    bring_in: BringIn
    fetcher: Fetcher
    brief: bool
    shelf: Shelf = field(init=False)
    run: str = field(default_factory=lambda: str(time.time_ns()))

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.corpus)

    def take(self, word: str) -> Iterator[tuple[str, Outcome]]:
        """Everything that one word of the command line names, file by file."""
        materials = self._materials(word)
        while True:
            shown = None
            try:
                material = next(materials, None)
                if material is None:
                    return
                shown = material.shown
                self._head(shown)
                outcome = self._one(material)
            except Refused as refused:
                if shown is None:
                    self._head(word)
                self._say_refused(refused)
                outcome = Outcome.REFUSED
            except UsageError:
                raise
            except GovreportError as error:
                self.desk.tell(harmless(f"没有收：{error}"))
                outcome = Outcome.REFUSED
            yield shown or word, outcome

    def _head(self, shown: str) -> None:
        self.desk.tell("")
        self.desk.tell(harmless(f"── {shown}"))

    def _say_refused(self, refused: Refused) -> None:
        self.desk.tell(harmless(f"没有收：{refused.found}  [{refused.code}]"))
        if refused.mend:
            self.desk.tell(harmless(f"  {refused.mend}"))

    # --- What came -------------------------------------------------------------------------------

    def _materials(self, word: str) -> Iterator[Material]:
        if is_address(word):
            yield self._fetched(word)
            return
        path = Path(word)
        if _holds_several(path):
            name = None
            for name, data in members(path):
                yield Material(f"{word} 中的 {name}", PurePosixPath(name).name, data)
            if name is None:
                raise Refused("intake/empty", "里面没有可以收录的文件", "看是不是写错了文件夹")
            return
        try:
            if path.stat().st_size > LARGEST_FILE_BYTES:
                raise Refused("intake/too-large", f"文件超过 {LARGEST_FILE_BYTES // 1048576} MB", "看是不是放错了文件")
            data = path.read_bytes()
        except FileNotFoundError:
            raise Refused("intake/unreadable", "没有这个文件", "检查文件名，以及它在哪个文件夹") from None
        except OSError as error:
            raise Refused(
                "intake/unreadable", f"打不开（{error.strerror or error}）", "检查文件名，以及有没有读取权限"
            ) from error
        yield Material(word, path.name, data)

    def _fetched(self, address: str) -> Material:
        self.desk.tell(harmless(f"正在下载 {address} ……"))
        page = self.fetcher.fetch(address)
        return Material(page.address, page.name, page.data, page.address, page.charset, page.when)

    def _understood(self, material: Material, sets: Mapping[str, str]) -> Understood:
        try:
            return understand(material, sets, self.bring_in, ocr=self.wishes.ocr)
        except Refused as refused:
            link = _only_link(refused, material.address) if self.wishes.follow else None
            if link is None:
                raise
        attached = self._fetched(link)
        # The page is where a reader finds the report; the file is what it says.
        return understand(replace(attached, address=material.address), sets, self.bring_in, ocr=self.wishes.ocr)

    # --- One report ------------------------------------------------------------------------------

    def _one(self, material: Material) -> Outcome:
        sets = dict(self.wishes.sets)
        understood = self._understood(material, sets)
        apart = False
        while True:
            match = self.shelf.match(_metadata(understood.told), understood.body, _digest(understood.material.data))
            if match is not None and match.why != "version":
                self.desk.tell(f"已在库中：{self.corpus / match.standing.file}（{match.reason}），没有再收。")
                return Outcome.KNOWN
            version = None if match is None or apart else match
            plan = self._planned(understood, version, apart=apart)
            self._show(plan, version)
            answer = self._answer(version)
            if isinstance(answer, Outcome):
                return answer
            if answer == "2":
                apart = True
                continue
            if answer == "e":
                sets |= self._corrections()
                try:
                    understood = understand(understood.material, sets, self.bring_in, ocr=self.wishes.ocr)
                except UsageError as error:
                    self.desk.tell(harmless(str(error)))
                    sets = dict(self.wishes.sets)
                continue
            self._file(plan)
            return Outcome.REPLACED if plan.replaces else Outcome.FILED

    def _answer(self, version: Match | None) -> Outcome | str:
        """What is to be done with what was shown: an outcome that needs no writing, or y, 2 or e."""
        if self.wishes.dry_run:
            return Outcome.SHOWN
        if self.wishes.yes:
            if version is None or self.wishes.replace:
                return "y"
            self.desk.tell(
                f"没有收：{self.corpus / version.standing.file} 是同一份报告的另一稿。要用新的替换它，加 --replace。"
            )
            return Outcome.REFUSED
        if self.desk.ask is None:
            self.desk.tell("没有收：这里不能提问。加 --yes 直接收录，或加 --dry-run 只看不收。")
            return Outcome.REFUSED
        question = (
            "收录？[y/N/e=改元数据后再收] "
            if version is None
            else "用它替换库中的那一份？[y/N/2=另收一份/e=改元数据后再看] "
        )
        answer = self.desk.ask(question).strip().lower()
        if answer in ("y", "yes", "是", "e") or (answer == "2" and version is not None):
            return "y" if answer in ("yes", "是") else answer
        return Outcome.DECLINED

    def _corrections(self) -> dict[str, str]:
        assert self.desk.ask is not None
        self.desk.tell(f"写成 名称=值，一行一项，空行结束。名称可以是 {'、'.join(FIELDS)}。")
        sets = {}
        while line := self.desk.ask("> ").strip():
            key, mark, value = line.partition("=")
            if not mark or key.strip() not in FIELDS:
                self.desk.tell(harmless(f"“{line}”不是 名称=值，没有采用。"))
                continue
            sets[key.strip()] = value.strip()
        return sets

    # --- Its place -------------------------------------------------------------------------------

    def _planned(self, understood: Understood, version: Match | None, *, apart: bool) -> Plan:
        material = understood.material
        told = dict(understood.told)
        if version is not None:
            return self._replacing(understood, told, version)
        if "slug" not in told:
            told["slug"] = self._slug(_metadata(told))
        if apart:
            told["slug"] = Told(f"{told['slug'].value}-2", "另收一份，与已有的分开")
        told = {key: told[key] for key in FIELDS if key in told}
        metadata = _metadata(told)
        stem = self._free(_stem(metadata), addresses.place_folder(metadata))
        file = f"{addresses.place_folder(metadata)}/{stem}.md"
        original = f"{ORIGINALS}/{stem}{_ending(material)}"
        values = _values(told) | {"source_file": original, "source_sha256": _digest(material.data)}
        inferred = [key for key, one in told.items() if one.inferred]
        read = read_text(understood.body, name="", file="")
        plain = front_matter(values, inferred, read.sections, understood.decided)
        # Kinds depend on the year, which may be known only from the front matter.
        read = read_text(plain + understood.body, name="", file="")
        text = front_matter(values, inferred, read.sections, understood.decided) + understood.body
        return self._sound(Plan(understood, told, file, original, text, self._as_built(file, text)), values)

    def _replacing(self, understood: Understood, told: dict[str, Told], version: Match) -> Plan:
        """The new text under the front matter of the old, as far as a person decided that."""
        file = version.standing.file
        old = read_report(self.corpus / file, name=file)
        text = (self.corpus / file).read_bytes().decode("utf-8-sig", "surrogateescape")
        inner, decided = parted(text, old.source.text) if text.endswith(old.source.text) else ("", Decided())
        sets = self.wishes.sets
        for key, value in decided.values.items():
            if key in ("source_file", "source_sha256"):
                continue  # the new original's take their place
            fixed = key not in decided.inferred and key not in sets and key != "source_url"
            if value is not None and (fixed or key not in told):
                told[key] = Told(value, "库中原有", not fixed and key in decided.inferred)
        if "slug" not in told:
            told["slug"] = self._slug(_metadata(told))
        told = {key: told[key] for key in FIELDS if key in told}
        stem = self._free(PurePosixPath(file).stem, None)
        original = f"{ORIGINALS}/{stem}{_ending(understood.material)}"
        sources = {"source_file": original, "source_sha256": _digest(understood.material.data)}
        values = _values(told) | sources
        inferred = [key for key, one in told.items() if one.inferred]
        changed = {key: value for key, value in values.items() if decided.values.get(key) != value}
        body = understood.body
        read = read_text(front_matter(values, inferred, (), decided) + body, name="", file="")
        if inner:
            front = amended(inner, changed, inferred, read.sections, decided)
        else:
            front = front_matter(values, inferred, read.sections, decided)
        plan = Plan(understood, told, file, original, front + body, self._as_built(file, front + body), replaces=True)
        return self._sound(plan, values)

    def _slug(self, metadata: Metadata) -> Told:
        if used := self.shelf.slug(metadata):
            return Told(used[0], f"与 {used[1]} 同一机关")
        kind = addresses.issuer_kind(metadata)
        if kind is not None and not kind.many:
            return Told(kind.slug, f"机关类别“{kind.name}”")
        if metadata.issuer and (slug := slug_of_name(metadata.issuer)):
            return Told(slug, "机关名称的拼音")
        return Told(addresses.slug_of(metadata), "机关名称的校验值")

    def _free(self, stem: str, folder: str | None) -> str:
        """A name that no report of that folder and no original bears, also where the case of letters is not told apart."""
        taken = _stems(self.corpus / ORIGINALS) | (_stems(self.corpus / folder) if folder is not None else set())
        number, free = 1, stem
        while free.lower() in taken:
            number += 1
            free = f"{stem}-{number}"
        return free

    def _as_built(self, file: str, text: str) -> Report:
        return read_text(text, name=(self.corpus / file).as_posix(), file=file)

    def _sound(self, plan: Plan, values: Mapping[str, Value]) -> Plan:
        """What is written reads back as what was meant, to the letter; anything else is our own fault."""
        read = plan.report
        wrong = [key for key, value in values.items() if value is not None and getattr(read.metadata, key) != value]
        if wrong or read.source.text != plan.understood.body:
            raise GovreportError(f"程序有误：写出的文首读回来不一样（{'、'.join(wrong) or '正文'}），因此没有收。")
        return plan

    # --- Shown and filed -------------------------------------------------------------------------

    def _show(self, plan: Plan, version: Match | None) -> None:
        desk = self.desk
        names = {code.value: shown.name for code, shown in kind_names().items()}
        for line in understood_lines(
            plan.report, dict(plan.told), kind_names=names, brief=self.brief, width=desk.width, colours=desk.colours
        ):
            desk.tell(line)
        for doubt in plan.understood.doubts:
            desk.tell(harmless(f"  可疑：{doubt.found}  [{doubt.code}]"))
            desk.tell(harmless(f"        {doubt.mend}"))
        if self.brief:
            for problem in plan.report.problems:
                desk.tell(problem_line(problem))
        else:
            desk.show(plan.report.problems)
        if version is not None:
            desk.tell(f"库中已有 {self.corpus / version.standing.file}：{version.reason}。不同之处：")
            for line in difference_lines(self.shelf.body(version.standing.file), plan.understood.body):
                desk.tell(line)
        verb = "将替换" if plan.replaces else "将写入"
        desk.tell(f"{verb}  {self.corpus / plan.file}")
        desk.tell(f"原件    {self.corpus / plan.original}")
        if (self.wishes.dry_run or not self.wishes.yes) and not self.brief:
            desk.tell("标明“推断”的还没有人核对过；要改写或补上一项，加 --set 名称=值，如 --set place=411000。")

    def _file(self, plan: Plan) -> None:
        material = plan.understood.material
        target = self.corpus / plan.file
        before = filing.digest_of(target)
        changes = [
            Change(plan.original, None, material.data),
            Change(plan.file, before if plan.replaces else None, plan.text.encode()),
        ]
        title = plan.told.get("title")
        note = {"title": str(title.value) if title else "", "from": material.shown, "file": plan.file}
        note["when"] = time.strftime("%Y-%m-%d %H:%M")
        if material.fetched:
            note["fetched"] = material.fetched
        note = {key: harmless(value) for key, value in note.items()}
        filing.file_away(changes, self.corpus, self.journals, run=self.run, note=note)
        self.shelf.put(plan.file)
        self.desk.tell(f"已{'替换' if plan.replaces else '收录'}：{target}")


# --- Names ---------------------------------------------------------------------------------------


def _stem(metadata: Metadata) -> str:
    """`2025-xuchang-weijianwei`, as the seeds are called."""
    year = str(metadata.year) if metadata.year is not None else addresses.UNDATED
    place = addresses.place_folder(metadata)
    parts = [year, addresses.slug_of(metadata)]
    if place not in (addresses.NATIONAL, addresses.UNPLACED):
        parts.insert(1, place.rsplit("/", 1)[-1])
    return "-".join(parts)


def _holds_several(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() == ".zip"


def _stems(folder: Path) -> set[str]:
    return {path.name.split(".", 1)[0].lower() for path in folder.iterdir()} if folder.is_dir() else set()


_MAGIC = ((b"%PDF", ".pdf"), (b"PK", ".docx"), (b"\xd0\xcf\x11\xe0", ".doc"), (b"<", ".html"))


def _ending(material: Material) -> str:
    """The ending of an original: its own where that is plain letters, else what its first bytes tell."""
    own = PurePosixPath(material.name).suffix.lower()
    if re.fullmatch(r"\.[a-z0-9]{1,5}", own):
        return own
    return next((ending for magic, ending in _MAGIC if material.data.lstrip().startswith(magic)), ".txt")


def _only_link(refused: Refused, address: str | None) -> str | None:
    """The one file to which a page that says nothing else links."""
    if refused.code != "intake/only-links":
        return None
    # A line each below the first: words, two blanks, address.
    links = {line.rsplit("  ", 1)[-1] for line in refused.found.split("\n")[1:]}
    if len(links) != 1:
        return None
    link = urljoin(address or "", links.pop())
    return link if is_address(link) else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _values(told: Mapping[str, Told]) -> dict[str, Value]:
    return {key: one.value for key, one in told.items()}


def _metadata(told: Mapping[str, Told]) -> Metadata:
    return Metadata(**{key: one.value for key, one in told.items()})  # type: ignore[arg-type]
