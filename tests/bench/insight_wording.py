"""Shared wording and left-overs, with planted truths: recall and precision; CPU time and memory.

    .venv/bin/python -m tests.bench.insight_wording [--reports 1000] [--large 10000] [--show 10]

Shared wording: passages of a made corpus take the place of passages of other issuers' later reports, with 0 to 40 %
of their words or of their clauses changed. Left-overs: reports of filled templates only, which have
nothing left over by construction, though they name other places (签订协议, 赴……调研); into them go sentences of other
places' reports as they stand, sentences of the kind the press tells of, and years that are not the report's.
`--large 0` leaves out the time of many sketches.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from govreport_site import places
from govreport_site.findings import Leftover
from govreport_site.insight.leftovers import find_leftovers
from govreport_site.insight.letters import Letters, read_letters
from govreport_site.insight.set_phrases import own_phrases
from govreport_site.insight.sketches import Sketch, find_candidates, renewed, sketch
from govreport_site.insight.wording import compare
from govreport_site.reading.read import read_text
from govreport_site.report import Passage, Report
from govreport_site.source import Span
from govreport_site.words import Cutter
from tests.bench import made_corpus
from tests.bench.measuring import MEBIBYTE, table

GRADES = (0, 10, 20, 30, 40)
T = TypeVar("T")


def read(file: str, text: str) -> Report:
    return read_text(text, name=file, file=file)


def running(report: Report, least_chars: int) -> list[Passage]:
    return [
        p for _, p in report.passages() if p.role == "text" and p.form == "paragraph" and len(p.span) >= least_chars
    ]


def replaced(report: Report, text: str, span: Span, by: str) -> str:
    """The file's text with another one in place of a span of its body."""
    at = len(text) - len(report.source.text)
    return text[: at + span.start] + by + text[at + span.end :]


def measured(work: Callable[[], T]) -> tuple[T, float]:
    """The result, and seconds of CPU."""
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- Shared wording -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage of `source` planted in `file`."""

    file: str
    source: str
    elsewhere: str
    text: str
    how: str
    grade: int


def edited(
    text: str, how: str, grade: int, dice: random.Random, cutter: Cutter, words: list[str], clauses: list[str]
) -> str:
    """A text with so many per cent of its words, or of its clauses, changed for others."""
    if how == "words":
        pieces = list(cutter.pieces(text))
        able = [at for at, piece in enumerate(pieces) if re.fullmatch("[㐀-鿿]{2,}", piece)]
        others = words
    else:
        pieces = re.findall("[^，；。]+[，；。]?", text)
        able = list(range(len(pieces)))
        others = clauses
    for at in dice.sample(able, round(len(able) * grade / 100)):
        mark = pieces[at][-1] if how == "clauses" and pieces[at][-1] in "，；。" else ""
        pieces[at] = dice.choice(others) + mark
    return "".join(pieces)


def with_copies(files: dict[str, str], dice: random.Random, each: int) -> tuple[dict[str, str], list[Copy]]:
    """The corpus with copies planted, one a report; and what was planted."""
    cutter = Cutter()
    reports = {file: read(file, text) for file, text in files.items()}
    sample = [reports[file].source.text for file in dice.sample(sorted(files), 50)]
    words = sorted({w for text in sample for w in cutter.pieces(text) if re.fullmatch("[㐀-鿿]{2}", w)})
    clauses = sorted({c for text in sample for c in re.findall("[^，；。\n、《》]{6,20}", text)})
    targets = dice.sample(sorted(files), len(files))
    copies: list[Copy] = []
    chosen = set(targets[: 2 * len(GRADES) * each])
    planted = dict(files)
    kinds = [(how, grade) for how in ("words", "clauses") for grade in GRADES] * each
    for (how, grade), file in zip(kinds, targets, strict=False):
        report = reports[file]
        while True:
            source = reports[dice.choice(targets)]
            fits = running(source, 80)
            earlier = (source.metadata.year or 0) <= (report.metadata.year or 0)
            if fits and earlier and source.metadata.issuer != report.metadata.issuer and source.file not in chosen:
                break
        passage = dice.choice(fits)
        text = edited(source.source.cut(passage.span), how, grade, dice, cutter, words, clauses)
        place = dice.choice(running(report, 60) or [p for _, p in report.passages()])
        planted[file] = replaced(report, files[file], place.span, text)
        copies.append(Copy(file, source.file, passage.id, text, how, grade))
    return planted, copies


def shared_wording(files: dict[str, str], dice: random.Random) -> None:
    planted, copies = with_copies(files, dice, max(1, len(files) // 25))
    phrases = own_phrases()
    reports = {file: read(file, text) for file, text in planted.items()}
    letters = {file: read_letters(report, phrases) for file, report in reports.items()}
    found = find_candidates({file: sketch(report, letters[file]) for file, report in reports.items()})
    overlaps, seconds = measured(
        lambda: {file: compare(letters[file], letters, those) for file, those in found.items()}
    )

    rows = []
    named = set()
    for how in ("words", "clauses"):
        for grade in GRADES:
            those = [copy for copy in copies if (copy.how, copy.grade) == (how, grade)]
            candidates = hits = first = 0
            shares = []
            for copy in those:
                report = reports[copy.file]
                ids = {
                    p.id for _, p in report.passages() if copy.text.strip().startswith(report.source.cut(p.span)[:30])
                }
                named |= {(copy.file, one) for one in ids}
                # Its issuer may say the same in several years.
                issuer = reports[copy.source].metadata.issuer
                candidates += any(
                    one.passage in ids and reports[one.other].metadata.issuer == issuer
                    for one in found.get(copy.file, ())
                )
                own = [one for one in overlaps.get(copy.file, ()) if one.passage in ids]
                right = [one for one in own if reports[one.other].metadata.issuer == issuer]
                hits += bool(right)
                first += bool(right) and max(own, key=lambda one: one.share) == right[0]
                shares += [one.share for one in right]
            rows.append(
                [how, f"{grade} %", str(len(those)), f"{candidates / len(those):.1%}", f"{hits / len(those):.1%}",
                 f"{first / max(1, hits):.1%}", f"{sum(shares) / max(1, len(shares)):.2f}"]
            )  # fmt: skip
    print(table(("changed", "share", "copies", "candidate", "recall", "named first", "mean share found"), rows))
    others = [(file, one) for file, those in overlaps.items() for one in those if (file, one.passage) not in named]
    of_planted = sum(map(len, overlaps.values())) - len(others)
    print(
        f"\noverlaps of planted passages {of_planted}; of others, which share a template's sentence or a walked one: {len(others)}"
    )
    print(f"candidates {sum(map(len, found.values()))}, comparing them {seconds / len(files) * 1000:.2f} ms a report")


# --- Left-overs -----------------------------------------------------------------------------

# As the press and evaluators tell of them: another place's name where this one's belongs.
WRITTEN = (
    "{name}始终坚持依法行政，不断提高工作水平。", "在{name}委、市政府的坚强领导下，各项工作有序开展。", "为推进{name}法治政府建设再上新台阶打下了坚实基础。",
    "{name}各级行政机关负责人出庭应诉率稳步提高。", "全面落实{name}委、市政府关于法治建设的决策部署。", "有力推动了{name}经济社会高质量发展。",
    "为建设法治{short}作出了应有的贡献。", "{name}司法局认真组织开展执法人员培训考试。", "切实维护{name}社会大局和谐稳定。", "努力打造平安{short}、法治{short}。",
    "{name}法治政府建设工作取得新进展。", "着力优化{name}营商环境，服务企业发展。", "{name}全体行政执法人员参加了考试。", "按照{name}政府工作安排，完成了清理任务。",
    "不断提升{name}依法治理水平。", "2020年以来，{name}深入推进综合行政执法改革。", "广泛宣传{name}普法工作成效。", "认真贯彻{name}法治建设会议精神。",
)  # fmt: skip
DECOYS = (
    "与{name}司法局签订行政执法协作协议。", "赴{name}考察学习优化营商环境的经验做法。", "{name}来我单位交流普法工作。", "行政诉讼案件由{name}人民法院集中管辖。",
    "与{name}、相邻市县建立联动机制，{name}政府给予大力支持。", "对口支援{name}各项任务圆满完成。", "案例被《{name}日报》刊发。", "学习借鉴{name}首违不罚的做法。",
    "{name}某科技有限公司不服处罚决定申请复议。", "在{name}召开的会议上作了经验交流。", "向{name}移送案件线索，配合{name}公安局办案。", "2021年，我单位被命名为示范单位。",
    "共办结案件30件，比2022年增长12%。", "自2021年以来，我单位坚持每季度学法。", "向社会公开了2019年度法治政府建设工作情况。", "聘请{name}某律师事务所担任法律顾问。",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """A report with one thing planted: what, how, and the words by which it is recognised in the text."""

    what: str
    how: str
    file: str
    text: str
    words: str


def foreign(report: Report, dice: random.Random) -> places.Place:
    """A city that is neither above nor below the report's place."""
    own = places.lineage(report.metadata.place or "")
    cities = [
        c for p in places.children(None) if p not in own for c in places.children(p.code) if c.name.endswith("市")
    ]
    return dice.choice(cities)


def with_leftovers(files: dict[str, str], dice: random.Random) -> Iterator[Planted]:
    reports = {file: read(file, text) for file, text in files.items()}
    order = sorted(files)
    for number, file in enumerate(order):
        report, text = reports[file], files[file]
        fits = running(report, 60)
        if not fits:
            continue
        place = dice.choice(fits)
        here = report.source.cut(place.span)

        def put(words: str, what: str, how: str, seen: str) -> Planted:
            return Planted(what, how, file, replaced(report, text, place.span, here + words), seen)  # noqa: B023

        other = foreign(report, dice)
        values = {"name": other.name, "short": other.short}
        form = WRITTEN[number % len(WRITTEN)]
        yield put(form.format(**values), "place", "written", other.short)
        yield put(DECOYS[number % len(DECOYS)].format(**values), "none", "decoy", "")

        # A sentence of another place's report as it stands there.
        source = reports[dice.choice(order)]
        theirs, own = places.place(source.metadata.place or ""), places.place(report.metadata.place or "")
        if theirs and own and theirs.code[:2] != own.code[:2]:
            sentences = [
                s for p in running(source, 20) for s in re.findall("[^。；\n]+[。；]", source.source.cut(p.span))
                if theirs.name in re.sub("《[^》]*》|“[^”]*”", "", s)
            ]  # fmt: skip
            if sentences:
                yield put(dice.choice(sentences), "place", "copied sentence", theirs.name)

        year = report.metadata.year or 0
        plain = re.sub("《[^》]*》|〔[^〕]*〕", lambda m: "〇" * len(m[0]), here)
        if years := [m.start() for m in re.finditer(f"{year}年", plain)]:
            at, wrong = dice.choice(years), str(year - dice.choice((1, 2)))
            new = here[:at] + wrong + here[at + 4 :]
            yield Planted("year", "year changed", file, replaced(report, text, place.span, new), wrong)
        wrong = str(year - dice.choice((1, 2)))
        sentence = dice.choice(
            (
                f"{wrong}年，我单位共组织培训12次。",
                f"{wrong}年全年办理行政许可230件。",
                f"以上是{wrong}年法治政府建设工作总结。",
            )
        )
        yield put(sentence, "year", "written", wrong)
        if "我局" in here:
            yield Planted(
                "agency",
                "我局 → 我委",
                file,
                replaced(report, text, place.span, here.replace("我局", "我委", 1)),
                "我委",
            )


def left_overs(files: dict[str, str], dice: random.Random, show: int) -> None:
    def words_of(report: Report, one: Leftover) -> str:
        return report.source.text[max(0, one.span.start - 2) : one.span.end + 2]

    bare = {file: find_leftovers(read(file, text)) for file, text in files.items()}
    alarms = [(file, one) for file, those in bare.items() for one in those]
    known = {file: Counter(one.reason for one in those) for file, those in bare.items()}
    tried: Counter[tuple[str, str]] = Counter()
    hit: Counter[tuple[str, str]] = Counter()
    false: Counter[tuple[str, str]] = Counter()
    shown: Counter[tuple[str, str]] = Counter()
    for one in with_leftovers(files, dice):
        report = read(one.file, one.text)
        key = one.what, one.how
        tried[key] += 1
        fresh = [left for left in find_leftovers(report) if left.reason not in known[one.file]]
        right = [left for left in fresh if one.what == left.what and one.words in words_of(report, left)]
        hit[key] += bool(right)
        false[key] += len(fresh) - len(right)
        if bool(right) == (one.what == "none") or len(fresh) > len(right):
            shown[key] += 1
        if show and (not right) != (one.what == "none") and shown[key] <= show:
            shown[key] += 1
            at = report.source.text.find(one.words)
            print("missed", key, report.source.text[max(0, at - 30) : at + 40].replace("\n", "/"))
        for left in fresh if show and one.what == "none" else ():
            print("false", key, left.reason)
    rows = [
        [what, how, str(tried[what, how]), "–" if what == "none" else f"{hit[what, how] / tried[what, how]:.1%}",
         "–" if what == "none" else f"{hit[what, how] / max(1, hit[what, how] + false[what, how]):.1%}", str(false[what, how])]
        for what, how in sorted(tried)
    ]  # fmt: skip
    print(table(("left over", "how", "planted", "recall", "precision", "false"), rows))
    print(f"\nreports with nothing planted: {len(files)}; false alarms: {len(alarms)}")
    for file, alarm in alarms[:show]:
        print("   ", file, alarm.reason)


# --- Cost -----------------------------------------------------------------------------------


def cost(count: int, large: int) -> None:
    phrases = own_phrases()
    sketches: dict[str, Sketch] = {}
    spent = dict.fromkeys(("letters", "sketch", "left-overs"), 0.0)
    chars = 0
    for file, text in made_corpus.made_reports(max(count, large)):
        report = read(file, text)
        letters: Letters
        letters, seconds = measured(lambda: read_letters(report, phrases))  # noqa: B023
        spent["letters"] += seconds
        sketches[file], seconds = measured(lambda: sketch(report, letters))  # noqa: B023
        spent["sketch"] += seconds
        if len(sketches) <= count:
            chars += len(report.source.text)
            spent["left-overs"] += measured(lambda: find_leftovers(report))[1]  # noqa: B023
    total = len(sketches)
    size = sum(len(one.runs) + len(one.counts) + len(one.passages) for one in sketches.values())
    print(f"a report of {chars / count:,.0f} characters: letters {spent['letters'] / total * 1000:.2f} ms, "
          f"sketch {spent['sketch'] / total * 1000:.2f} ms, left-overs {spent['left-overs'] / count * 1000:.2f} ms; "
          f"{size / total:,.0f} bytes kept")  # fmt: skip
    rows = []
    for number in sorted({count, total}):
        some = dict(list(sketches.items())[:number])
        base = peak()
        found, seconds = measured(lambda: find_candidates(some))  # noqa: B023
        after = peak()
        last = next(reversed(some))
        without = {file: one for file, one in some.items() if file != last}
        before = find_candidates(without)
        delta, one_more = measured(lambda: renewed(some, {last: None}))  # noqa: B023
        assert {file: those for file, those in {**before, **delta}.items() if those} == found
        rows.append(
            [f"{number:,}", f"{sum(len(s.counts) for s in some.values()) // 4:,}", f"{seconds:.2f} s", f"+{after - base:,.0f} MiB",
             f"{one_more * 1000:.0f} ms", f"{sum(map(len, found.values())):,}"]
        )  # fmt: skip
    print(table(("reports", "passages", "from nothing", "memory", "one more", "candidates"), rows))
    print(f"peak of the process {peak():,.0f} MiB ({MEBIBYTE:,} bytes each)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    print("## Shared wording\n")
    shared_wording(dict(made_corpus.made_reports(given.reports)), random.Random("copies"))
    print("\n## Left-overs\n")
    walked, made_corpus.WALKED = made_corpus.WALKED, 0.0
    left_overs(dict(made_corpus.made_reports(given.reports // 2)), random.Random("left-overs"), given.show)
    made_corpus.WALKED = walked
    print("\n## Cost\n")
    cost(given.reports, given.large)


if __name__ == "__main__":
    main()
