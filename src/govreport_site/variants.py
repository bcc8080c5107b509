"""Traditional characters and pinyin notes → the simplified words they stand for. Pure.

Some pages come from mirrors that turned a report into traditional characters, some of them
with the sound of rare characters in brackets (現(xiàn)將). Here only as much as is needed to
understand such a text: the text itself is never changed, nor is what a search finds in it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "traditional.tsv"

# Frequent characters of traditional text only: a text without one of them is not traditional,
# and the table is not even read for it. A traditional text has about 300 in 1,000 characters.
TRADITIONAL = re.compile(
    "["
    "與機體設東門個們來時說這為會發國對過學現開關實進動經種問間長書見車習專業產嚴豐臨舉亂爭億從價眾優傳備儲決況減則創別務勝勞勢勵區協單衛廳歷縣參"
    "雙號員圍團報場處獎寬將導屆屬層帶師廣應強歸錄徹復態慶憲戰擴揚護據擔擇數無術條構極標樣樹檢權歡濟灣災點爐熱獨獲環畫監盤確禮離積稱穩競節築簡糧級"
    "約納結統維網線緊練總績繼續職聯興藝範華補裝規視覺計訂訊記許評詢試該調談請論諸謀證識議讀財責質購費資賽贏踐軟較輔輯轄轉辦農連運達違遠適遲選遺鄉"
    "釋銷鎮鏈閱陽隊階際險隨難電靈順須領頻題額願類風驗驚黨齊齡認訟"
    "]"
)

# A sound in brackets behind the character it belongs to, as one family of mirrors leaves it: 責(zé)任.
# One letter must bear a tone: (app) behind a word is no sound.
_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüńňǹḿ"
PINYIN = re.compile(rf"[(（](?<=[\u3400-\u9fff].)[a-zɑɡ]{{0,5}}[{_TONED}][a-zɑɡ]{{0,5}}[)）]")


@cache
def traditional() -> dict[int, str]:
    """Code point of a character that is only traditional → its simplified form, for `str.translate`."""
    table: dict[int, str] = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            simple, _, characters = line.partition("\t")
            table.update(dict.fromkeys(map(ord, characters), simple))
    return table


def simplified(text: str) -> str:
    """The text with traditional characters made simple and sounds in brackets left out; a simplified text as it is."""
    if not TRADITIONAL.search(text):
        return text
    return PINYIN.sub("", text).translate(traditional())
