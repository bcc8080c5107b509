"""Arguments in; problems and an exit code out.

0  done    1  a report has an error, or something outside is wrong    2  wrong usage
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

# Only what every command needs: the rooms a command leads to are imported where it begins.
from govreport_site import __version__
from govreport_site.problems import GovreportError, Problem, UsageError, as_text, display_width, harmless, in_order

if TYPE_CHECKING:
    from govreport_site.adding import Desk
    from govreport_site.report import Report
    from govreport_site.search.terminal import Found

# Only so many warnings of one build are shown in full; `lint` shows all.
SHOWN = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = _parser().parse_args(words or ["build"])
        return int(options.run(options))
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except GovreportError as error:
        print(f"没有做成：{error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\n已停止，没有改动任何文件。", file=sys.stderr)
        return 130


def _build(options: argparse.Namespace) -> int:
    from govreport_site.progress import Progress  # noqa: PLC0415
    from govreport_site.site import build  # noqa: PLC0415

    base = _base(options)
    if options.jobs is not None and options.jobs < 1:
        raise UsageError(f"--jobs 应为 1 以上的整数，得到 {options.jobs}")
    with Progress(sys.stderr if _has_colours(sys.stderr) else None) as progress:
        built = build(
            options.corpus, options.output, base=base, templates=_own_templates(), jobs=options.jobs,
            merge=options.merge, explain=options.explain, progress=progress,
            waiting=lambda: print("另一次生成正在进行，等它做完……（按 Ctrl-C 放弃）", file=sys.stderr),
        )  # fmt: skip
    _show_some(built.problems)
    if built.reports == 0:
        print(f"{options.corpus} 里还没有报告。放入 .md 或 .txt 文件，再运行一次。")
    for line in built.why:
        print(line)
    written = built.written
    counts = ((written.new, "新"), (written.different, "变"), (written.gone, "删"))
    told = "、".join(f"{count:,} 个{word}" for count, word in counts if count)
    print(
        f"读了 {built.reports:,} 份报告，写成 {built.pages:,} 页、{written.files:,} 个文件"
        f"（{written.size_bytes / 1e6:.1f} MB），{told or '与上次完全相同'}；用时 {built.seconds:.1f} 秒。"
    )
    for line in built.explained:
        print(line)
    print(f"用浏览器打开：{(options.output / 'index.html').absolute()}")
    return _code(built.problems)


def _serve(options: argparse.Namespace) -> int:
    from govreport_site.serve import serve  # noqa: PLC0415

    if not 0 <= options.port <= 65535:
        raise UsageError(f"--port 应为 0 到 65535 的整数（0 由系统挑一个），得到 {options.port}")
    tell = partial(print, flush=True)
    serve(
        options.corpus, options.output, templates=_own_templates(), port=options.port, opens=options.open, tell=tell,
        show=_show_some,
    )  # fmt: skip
    return 0


def _add(options: argparse.Namespace) -> int:
    from govreport_site.adding import Wishes, add  # noqa: PLC0415

    sets = {}
    for word in options.set or ():
        key, mark, value = word.partition("=")
        if not mark:
            raise UsageError(f"--set 要写成 名称=值，如 --set place=411000，得到“{word}”")
        sets[key.strip()] = value.strip()
    wishes = Wishes(sets, options.yes, options.replace, options.dry_run, options.follow, options.ocr)
    return add(options.inputs, options.corpus, _project(), wishes, _desk())


def _undo(options: argparse.Namespace) -> int:
    from govreport_site.adding import undo  # noqa: PLC0415

    return undo(options.corpus, _project(), _desk())


def _desk() -> Desk:
    from govreport_site.adding import Desk  # noqa: PLC0415

    def ask(question: str) -> str:
        try:
            return input(question)
        except EOFError:
            return ""

    there = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    return Desk(
        tell=partial(print, flush=True),
        show=lambda problems: _show(problems, sys.stdout),
        ask=ask if there else None,
        width=shutil.get_terminal_size().columns if sys.stdout.isatty() else None,
        colours=_has_colours(sys.stdout),
    )


def _publish(options: argparse.Namespace) -> int:
    from govreport_site.publishing import CONFIGURATION, lay_out, pack  # noqa: PLC0415
    from govreport_site.reading.settings import read_settings  # noqa: PLC0415

    words = {**vars(options), "output": options.site, "jobs": None, "merge": False, "explain": None}
    code = _build(argparse.Namespace(**words))
    base = _base(options) or read_settings(options.corpus, name="corpus.yaml")[0].base
    if options.form == "zip":
        published = pack(options.site, options.output or _project() / "site.zip")
        done = "发给别人，解压后双击其中 site 文件夹里的 index.html"
    else:
        published = lay_out(options.site, options.output or _project() / "site-nginx", base)
        done = f"把其中的 {CONFIGURATION} 放进 nginx 的 conf.d，改好 server_name，重新载入"
    print(f"发布在 {published.path}：{published.files:,} 个文件，{published.size_bytes / 1e6:.1f} MB。{done}。")
    return code


def _init(options: argparse.Namespace) -> int:
    from govreport_site.beginning import begin  # noqa: PLC0415

    for name in begin(options.folder):
        print(name)
    print(f"\n新项目在 {options.folder.absolute()}。接下来：\n\n  cd {options.folder}\n  python3 build.py")
    return 0


def _lint(options: argparse.Namespace) -> int:
    from govreport_site.catalogue import gather  # noqa: PLC0415
    from govreport_site.insight.additions import read_texts  # noqa: PLC0415
    from govreport_site.insight.of_report import read_kit  # noqa: PLC0415
    from govreport_site.insight.unknown_names import unknown_before, unknown_in  # noqa: PLC0415
    from govreport_site.looking import shown_prefix  # noqa: PLC0415
    from govreport_site.reading.duplicates import duplicates  # noqa: PLC0415
    from govreport_site.reading.settings import read_settings  # noqa: PLC0415
    from govreport_site.site import check_originals, read_corpus, shown_name  # noqa: PLC0415

    problems: list[Problem] = []
    kit, of_texts = read_kit(read_texts(options.corpus, shown_prefix(options.corpus)))
    if options.files:
        reports = [_read(file) for file in options.files]
    else:
        reports = read_corpus(options.corpus)
        problems += read_settings(options.corpus, name=shown_name(options.corpus / "corpus.yaml"))[1]
        catalogue, clashes = gather(reports)
        problems += [*of_texts, *clashes, *check_originals(options.corpus, reports), *duplicates(reports)]
        by_file = {report.file: report for report in reports}
        for report in reports:
            if report.progress:
                before = catalogue.year_before(catalogue.by_file[report.file])
                problems += unknown_before(report, by_file[before.file] if before is not None else None)
    problems += [problem for report in reports for problem in (*report.problems, *unknown_in(report, kit))]
    _show(in_order(problems), sys.stdout)
    print(f"{len(reports)} 份报告，{_counted(problems) or '没有发现问题'}。")
    return _code(problems)


def _parse(options: argparse.Namespace) -> int:
    from govreport_site.exports.record import as_json  # noqa: PLC0415
    from govreport_site.exports.tree import tree_lines  # noqa: PLC0415
    from govreport_site.insight.additions import read_texts  # noqa: PLC0415
    from govreport_site.insight.of_report import findings_of, read_kit  # noqa: PLC0415
    from govreport_site.insight.unknown_names import unknown_in  # noqa: PLC0415
    from govreport_site.interface import kind_names  # noqa: PLC0415

    failed = False
    kit = read_kit(read_texts(_project() / "corpus", ""))[0] if options.json else None
    names = {code.value: shown.name for code, shown in kind_names().items()}
    for file in options.files:
        report = _read(file)
        failed |= any(problem.severity == "error" for problem in report.problems)
        if kit is not None:
            print(as_json(report, findings_of(report, kit), unknown_in(report, kit)))
            continue
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        for line in tree_lines(report, kind_names=names, width=width, colours=_has_colours(sys.stdout)):
            print(line)
        print()
        _show(report.problems, sys.stdout)
        print(f"{_counted(report.problems) or '没有发现问题'}。\n")
    return 1 if failed else 0


def _export(options: argparse.Namespace) -> int:
    from govreport_site.dataset import tables  # noqa: PLC0415
    from govreport_site.exporting import FORMS, export  # noqa: PLC0415
    from govreport_site.progress import Progress  # noqa: PLC0415

    if options.form not in FORMS:
        raise UsageError(f"没有“{options.form}”这种格式；可用：{'、'.join(FORMS)}")
    base = _base(options)
    output = options.output or _project() / FORMS[options.form]
    with Progress(sys.stderr if _has_colours(sys.stderr) else None) as progress:
        done = export(
            options.form, options.corpus, output, _project(), base=base, progress=progress,
            waiting=lambda: print("另一次生成或导出正在进行，等它做完……（按 Ctrl-C 放弃）", file=sys.stderr),
        )  # fmt: skip
    if done.edition.reports == 0:
        print(f"{options.corpus} 里还没有报告。放入 .md 或 .txt 文件，再运行一次。")
    for table in tables():
        print(f"  {table.title}{' ' * (16 - display_width(table.title))}{table.name:14}{done.rows[table.name]:>9,} 行")
    print(f"语料版本 {done.edition.version}，{done.edition.reports:,} 份报告，{done.size_bytes / 1e6:.1f} MB。")
    print(f"已写入 {output}")
    return 0


def _base(options: argparse.Namespace) -> str | None:
    """The site's address as it was given, with a stroke at its end. Raises UsageError for what is none."""
    from govreport_site.reading.settings import is_base  # noqa: PLC0415

    if options.base is not None and not is_base(options.base):
        raise UsageError(f"--base 应为 http:// 或 https:// 开头的网址，得到“{options.base}”")
    return options.base.rstrip("/") + "/" if options.base else None


def _search(options: argparse.Namespace) -> int:
    from govreport_site.asking import ask  # noqa: PLC0415
    from govreport_site.normalise import normalise  # noqa: PLC0415
    from govreport_site.report import Kind  # noqa: PLC0415
    from govreport_site.search import answers, shown  # noqa: PLC0415
    from govreport_site.search.query import describe, kind_of, parse_query, years_of  # noqa: PLC0415

    asked = parse_query(" ".join(options.query))
    if not asked.asks_something:
        raise UsageError("检索式里没有要查的词。例如：search 法治政府")
    filters = answers.Filters(
        kinds=_choice(options.kind, "--kind", lambda word: kind_of(normalise(word)), "、".join(Kind)),
        places=_choice(options.place, "--place", str, ""),
        years=_choice(options.year, "--year", years_of, "2025 或 2020-2025"),
        issuer_kinds=_choice(options.issuer_kind, "--issuer-kind", str, ""),
    )
    progress = _Progress(sys.stderr)
    found = ask(
        asked, filters, options.corpus, _project(),
        progress=progress.step, waiting=lambda: print("另一次检索正在用索引，等它做完……", file=sys.stderr),
    )  # fmt: skip
    progress.end()
    limit = options.limit if options.limit is not None else None if options.json else 20
    listed = found.answers[:limit]
    for answer in listed:
        print(shown.as_json(answer) if options.json else _block(shown.block(answer)))
    if not options.json:
        _say_found(found, describe(asked), len(listed))
    elif not found.answers:
        _say_found(found, describe(asked), 0)
    return 0 if found.answers else 1


def _choice(text: str | None, name: str, understood: Callable[[str], str | None], allowed: str) -> tuple[str, ...]:
    """The values of an option, parted by commas."""
    values = []
    for word in filter(None, map(str.strip, re.split("[,，]", text or ""))):
        value = understood(word)
        if value is None:
            raise UsageError(f"{name} 的值“{word}”不对；可以是 {allowed}")
        values.append(str(value))
    return tuple(values)


def _block(lines: Iterable[Iterable[tuple[str, bool]]]) -> str:
    """An answer, its marks in colour; without colours in 【】."""
    before, after = ("\x1b[1;31m", "\x1b[0m") if _has_colours(sys.stdout) else ("【", "】")
    text = ""
    for line in lines:
        text += "".join(before + harmless(t) + after if marked else harmless(t) for t, marked in line) + "\n"
    return text


def _say_found(found: Found, asked: str, listed: int) -> None:
    if found.answers:
        occurrences = sum(answer.occurrences for answer in found.answers)
        cut = f"；以上是前 {listed} 段，用 --limit 多列一些" if listed < len(found.answers) else ""
        print(f"共 {len(found.answers)} 段 {occurrences} 处{cut}。")
        return
    print(harmless(f"没有找到：{asked}。"), file=sys.stderr)
    for way in found.ways:
        print(harmless(f"  {way.lead}：{way.query}  （{way.total} 段）"), file=sys.stderr)


class _Progress:
    """How far the index is; said on one line where the stream can take a line back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = _has_colours(stream)
        self._shown = False

    def step(self, done: int, of: int) -> None:
        if self._live:
            print(f"\r\x1b[K正在把报告收进检索索引：{done}/{of} 份", end="", file=self._stream, flush=True)
            self._shown = True
        elif done == 0:
            print(f"正在把 {of} 份报告收进检索索引……", file=self._stream, flush=True)

    def end(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=self._stream, flush=True)


def _read(file: Path) -> Report:
    from govreport_site.reading.read import read_report  # noqa: PLC0415

    return read_report(file, name=str(file))


def _counted(problems: Sequence[Problem]) -> str:
    """How many errors and warnings; empty when there is neither."""
    errors = sum(1 for problem in problems if problem.severity == "error")
    return f"{errors} 处错误，{len(problems) - errors} 处提醒" if problems else ""


def _code(problems: Iterable[Problem]) -> int:
    return 1 if any(problem.severity == "error" for problem in problems) else 0


def _show(problems: Iterable[Problem], stream: TextIO) -> None:
    for problem in problems:
        colour = {"error": "31", "warning": "33"}[problem.severity] if _has_colours(stream) else ""
        head, _, rest = harmless(as_text(problem)).partition("\n")
        print(f"\x1b[{colour}m{head}\x1b[0m" if colour else head, rest, "", sep="\n", file=stream)


def _show_some(problems: Sequence[Problem]) -> None:
    """All errors, and the first warnings: the rest is a word away."""
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity == "warning"]
    _show([*errors, *warnings[:SHOWN]], sys.stderr)
    if len(warnings) > SHOWN:
        print(f"另有 {len(warnings) - SHOWN} 处提醒；运行 python3 build.py lint 查看全部。", file=sys.stderr)


def _has_colours(stream: TextIO) -> bool:
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


class _Parser(argparse.ArgumentParser):
    """argparse, in Chinese."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options, add_help=False, allow_abbrev=False)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _COMPLAINTS:
            if found := re.search(pattern, message):
                message = chinese.format(*found.groups())
                break
        raise UsageError(f"{self.format_usage()}参数不对：{message}\n运行 {self.prog} -h 查看说明。")


_COMPLAINTS = (
    (r"the following arguments are required: (.*)", "缺少 {0}"),
    (r"unrecognized arguments: (.*)", "不认识 {0}"),
    (r"argument .*?: invalid choice: '?([^' ]*)'? \(choose from (.*)\)", "没有“{0}”这个命令；可用：{1}"),
    (r"argument (.*?): expected one argument", "{0} 之后要写一个值"),
    (r"argument (.*?): invalid \w+ value: (.*)", "{0} 的值 {1} 不对"),
)


def command_names() -> tuple[str, ...]:
    """Every command, in the order of the help."""
    return tuple(_COMMANDS)


def _parser() -> _Parser:
    parser = _Parser(
        prog="govreport",
        description="把一个文件夹的法治政府建设年度报告，做成一个可阅读、可检索的静态网站。",
        epilog="不带命令时即 build。",
    )
    parser.add_argument("--version", action="version", version=f"govreport-site {__version__}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True, parser_class=_Parser)

    for name, (help_, description, define) in _COMMANDS.items():
        define(commands.add_parser(name, help=help_, description=description))
    return parser


def _define_build(parser: argparse.ArgumentParser) -> None:
    _takes_corpus(parser)
    _takes_output(parser)
    parser.add_argument("--base", metavar="网址", help="网站将来的地址，用于引用格式和 404 页（默认取 corpus.yaml）")
    parser.add_argument("--jobs", type=int, metavar="N", help="最多同时用几个进程（默认与处理器数相同）")
    parser.add_argument("--merge", action="store_true", help="把检索索引并成一块，与从头生成的一字不差；较慢")
    parser.add_argument("--explain", metavar="网页", help="说明这一页由什么做成，这一次为什么（没有）重做")
    parser.set_defaults(run=_build)


def _define_serve(parser: argparse.ArgumentParser) -> None:
    _takes_corpus(parser)
    _takes_output(parser)
    parser.add_argument(
        "--port", type=int, default=8000, metavar="端口", help="从哪个端口起找空的（默认 8000；0 由系统挑一个）"
    )
    parser.add_argument("--open", action="store_true", help="生成后用浏览器打开")
    parser.set_defaults(run=_serve)


def _define_add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs="+", metavar="报告", help="文件、网址、文件夹或 zip 压缩包，可以几个一起写")
    parser.add_argument("--yes", action="store_true", help="不问，直接收录")
    parser.add_argument("--replace", action="store_true", help="与 --yes 同用：库中有同一份报告的另一稿时，用新的替换")
    parser.add_argument("--dry-run", action="store_true", help="只看读出了什么、会写到哪里，不写任何文件")
    parser.add_argument(
        "--set",
        action="append",
        metavar="名称=值",
        help="写明一项元数据，如 place=411000；可以写几次，对每份报告都作数",
    )
    parser.add_argument("--follow", action="store_true", help="网页本身没有正文、只链接一个文件时，改收那个文件")
    parser.add_argument("--ocr", action="store_true", help="扫描的 PDF 用文字识别读出（要先装 ocr 组件）")
    _takes_corpus(parser)
    parser.set_defaults(run=_add)


def _define_undo(parser: argparse.ArgumentParser) -> None:
    _takes_corpus(parser)
    parser.set_defaults(run=_undo)


def _define_init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="文件夹", help="新项目放在哪里；须是空的，或还不存在")
    parser.set_defaults(run=_init)


def _define_lint(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="文件", help="只检查这些文件（默认检查全部）")
    _takes_corpus(parser)
    parser.set_defaults(run=_lint)


def _define_publish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "form",
        choices=("zip", "nginx"),
        metavar="形式",
        help="zip（一个压缩包，解压就能看）或 nginx（预先压缩，附配置）",
    )
    parser.add_argument("--output", type=Path, metavar="路径", help="写到哪里（默认 site.zip 或 site-nginx）")
    parser.add_argument(
        "--site", type=Path, default=_project() / "site", metavar="文件夹", help="网站在哪里，先更新它（默认 site）"
    )
    parser.add_argument("--base", metavar="网址", help="网站将来的地址（默认取 corpus.yaml）")
    _takes_corpus(parser)
    parser.set_defaults(run=_publish)


def _define_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "form", metavar="格式", help="csv（给人看）、jsonl、sqlite 或 datapackage（给程序用的 CSV，附说明）"
    )
    _takes_corpus(parser)
    parser.add_argument(
        "--output", type=Path, metavar="文件夹或文件", help="写到哪里（默认在 export 文件夹下，以格式为名）"
    )
    parser.add_argument("--base", metavar="网址", help="网站的地址，用于各行的网页一列（默认取 corpus.yaml）")
    parser.set_defaults(run=_export)


def _define_parse(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="报告")
    parser.add_argument("--json", action="store_true", help="每份报告输出一行 JSON")
    parser.set_defaults(run=_parse)


def _define_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="检索式", help="要查的词；有空格、引号或减号时，整个用引号括起来")
    parser.add_argument(
        "--kind", metavar="板块", help="只在这些板块里查：achievements,problems,plans…，或 成效,问题,安排…"
    )
    parser.add_argument("--place", metavar="地区", help="只查这些地区和它们下面的：行政区划代码，或地名")
    parser.add_argument("--year", metavar="年度", help="只查这些报告年度：2025 或 2020-2025")
    parser.add_argument("--issuer-kind", metavar="类别", help="只查这些类别的机关：weijianwei，或 卫生健康")
    parser.add_argument("--limit", type=_count, metavar="段数", help="最多列出多少段（默认 20；--json 默认全部）")
    parser.add_argument("--json", action="store_true", help="每段输出一行 JSON")
    _takes_corpus(parser)
    parser.set_defaults(run=_search)


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise ValueError
    return int(text)


# name → help, description, and what defines its arguments
_COMMANDS: dict[str, tuple[str, str, Callable[[argparse.ArgumentParser], None]]] = {
    "build": ("生成网站", "生成网站；输出文件夹整个换新，出错时旧的不动。", _define_build),
    "serve": (
        "边改边看",
        "生成网站，在本机预览；报告一改就重新生成，打开的网页自动更新。按 Ctrl-C 停止。",
        _define_serve,
    ),
    "add": (
        "收录报告",
        "收录网页、Word、WPS、PDF 或文本：显示读出了什么、哪里可疑，问过之后归档；原件一并保存。",
        _define_add,
    ),
    "undo": ("撤销上一次收录", "把上一次 add 写的文件退回原状；收录之后又改过的不动。", _define_undo),
    "lint": ("检查报告", "读报告，列出全部问题，不写任何文件。", _define_lint),
    "parse": ("显示一份报告读成了什么", "显示报告的元数据、标题、段落和问题。", _define_parse),
    "search": ("在终端里检索", "逐字检索全部报告，与网站的检索结果相同；第一次用时先建立索引。", _define_search),
    "export": (
        "导出数据",
        "把全部报告和从中找出的各项，写成 Excel 和 WPS 能打开的表格，或供程序使用的数据。",
        _define_export,
    ),
    "publish": ("备好发布的文件", "更新网站，再做成一个压缩包，或 nginx 用的文件夹。", _define_publish),
    "init": ("开一个新项目", "在一个空文件夹里备好报告库和生成程序，不必再有本项目的源代码。", _define_init),
}


def _project() -> Path:
    """Where corpus/ and site/ are: here, or where the build.py lies that was called from elsewhere."""
    here = Path()
    known = Path(os.environ.get("GOVREPORT_PROJECT") or Path(__file__).resolve().parents[2])
    return known if not (here / "corpus").is_dir() and (known / "corpus").is_dir() else here


def _own_templates() -> tuple[Path, ...]:
    """The templates beside corpus/ that stand in for the program's own; in its checkout these are one folder."""
    from govreport_site.site import template_folder  # noqa: PLC0415

    folder = _project() / "templates"
    return (folder,) if folder.is_dir() and not folder.samefile(template_folder()) else ()


def _takes_corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--corpus", type=Path, default=_project() / "corpus", metavar="文件夹", help="报告所在的文件夹（默认 corpus）"
    )


def _takes_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output", type=Path, default=_project() / "site", metavar="文件夹", help="网站写到哪里（默认 site）"
    )


if __name__ == "__main__":
    sys.exit(main())
