"""One-line addresses taken apart: unit, floor, house numbers, names of streets and buildings, the rest.

Only what decides a comparison is parsed; what is left over are words. Handles English, Hong Kong, Turkish, Russian
(Latin or Cyrillic), Emirati and Chinese habits. Examples of formats: OpenCage address-formatting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from screening.matching.text.normalize import plain_text
from screening.matching.text.phonetics import sound

STREET_TYPES = {
    "road": "road", "rd": "road", "street": "street", "st": "street", "str": "street", "avenue": "avenue", "ave": "avenue",
    "av": "avenue",
    "lane": "lane", "ln": "lane", "drive": "drive", "dr": "drive", "boulevard": "boulevard", "blvd": "boulevard",
    "bulvari": "boulevard",
    "blv": "boulevard", "way": "way", "highway": "highway", "hwy": "highway", "strand": "strand", "terrace": "terrace",
    "path": "path",
    "crescent": "crescent", "circuit": "circuit", "alley": "alley", "parkway": "parkway", "sokak": "sokak", "sokagi": "sokak",
    "sok": "sokak", "sk": "sokak", "caddesi": "cadde", "cadde": "cadde", "cad": "cadde", "cd": "cadde", "lu": "road",
    "jie": "street",
    "dajie": "street", "dadao": "avenue", "strasse": "street", "gasse": "lane",
}  # fmt: skip
"""Words after a street's name."""
STREET_PREFIXES = {
    "ul": "street", "ulitsa": "street", "ulica": "street", "prospekt": "avenue", "pr": "avenue", "prt": "avenue",
    "pereulok": "lane",
    "per": "lane", "shosse": "highway", "sh": "highway", "naberezhnaya": "embankment", "nab": "embankment", "proezd": "drive",
    "bulvar": "boulevard", "ploshchad": "square", "pl": "square", "rue": "street", "calle": "street", "via": "street",
    "jalan": "street",
    "jl": "street", "rua": "street", "avenida": "avenue",
}  # fmt: skip
"""Words before a street's name."""
BUILDING_TYPES = frozenset(
    "building bldg centre center ctr tower towers plaza house mansion mansions court block complex arcade square garden "
    "gardens estate "
    "dasha dayu binasi bina apartmani apt-b plaza-b khan passage atrium mall hotel factory park zone place".split()
)
"""Words after a building's name."""
_GENERAL = frozenset(
    "commercial industrial business trade office international the of new no number nos and at in near c o co".split()
)
_DIRECTIONS = {
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "n": "n",
    "s": "s",
    "e": "e",
    "w": "w",
    "bei": "n",
    "nan": "s",
    "dong": "e",
    "xi": "w",
}
_LOCAL_NAMES = frozenset(
    "hongkong kowloon china turkey turkiye russia uae unitedarabemirates mongkok wanchai sheungwan tsimshatsui "
    "centralhongkong istanbul ankara dubai "
    "moscow beijing shanghai shenzhen".split()
)
"""Districts and cities that may follow a number and are no streets."""
_UNIT_WORD = (
    r"(?:flat\s*/\s*rm|flat|room|rooms|rm|rms|unit|units|office|offices|off|suite|ste|apartment|apt|shop|workshop|"
    r"ic kapi no|ic kapi|daire|ofis|d(?=\s*:)|of(?=\s*\.|\s+\d)|kv|kvartira|kabinet|kab|pomeshchenie|pomeshch|pom)"
)
_UNIT_VALUE = r"([a-z]{0,2}\d+[a-z]?(?:\s*(?:-|/|&|and|to)\s*[a-z]?\d+[a-z]?(?![\w]|\s*/\s*f))*|[a-z](?![a-z0-9]))"
_UNIT = re.compile(rf"(?<![a-z]){_UNIT_WORD}\s*[.:#]*\s*(?:no\s*[.:]?\s*)?(?:#\s*)?{_UNIT_VALUE}")
_UNIT_AFTER = re.compile(r"(?<![\w/-])(\d+[a-z]?)\s*(?:room|hao shi|shi)(?![a-z])")
_HASH_UNIT = re.compile(r"#\s*(?:(\d+)\s*-\s*)?(\d+[a-z]?)")
_LEADING_UNIT = re.compile(r"^\s*(\d+[a-z])\s*,")
_FLOOR = re.compile(
    r"(?<![\w])(?:(\d+|[gbul])\s*/\s*f(?:loor|l)?(?![a-z])|(\d+)\s*f(?![a-z0-9])|(\d+)\s*(?:st|nd|rd|th)?\s*(?:floor|flr|fl)(?![a-z])|"
    r"(?:floor|flr|fl|level|lvl|kat|etazh|et)\s*[.:]*\s*(?:no\s*[.:]*\s*)?(\d+)(?!\w)|(\d+)\s*(?:-?y\s+)?(?:etazh|kat)(?![a-z])|(ground|first|second|third|fourth|fifth)\s+floor)"
)
_FLOOR_WORDS = {"ground": "g", "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}
_BOX = re.compile(r"(?<![a-z])p\s*\.?\s*o\s*\.?\s*box\s*[.:#]*\s*(?:no\s*[.:]*\s*)?(\d+)")
_NUMBER = re.compile(r"(?<![\w])(\d{1,5})([a-z]?)(?:\s*[-–]\s*(\d{1,5})([a-z]?))?(?![\w])")
_POSTCODE = re.compile(r"(?<![\w/-])(\d{5,6})(?![\w/-])")
_TOKEN = re.compile(r"[a-z]+|\d+[a-z]?(?:-\d+[a-z]?)?|,")
_WIDEST = 60
"""Widest range of house numbers read as one plot."""


@dataclass(frozen=True, slots=True)
class Address:
    """`units` as plain numbers or letters ("1318", "1319", "19c"), `floor` "13" or "g", `numbers` every house number of a
    range, `letters` those with a letter, `streets` (name run together, type or "", direction or ""), `buildings` names run
    together, `words` all the words."""

    units: frozenset[str]
    floor: str
    box: str
    numbers: frozenset[int]
    letters: frozenset[str]
    streets: tuple[tuple[str, str, str], ...]
    buildings: tuple[str, ...]
    postcode: str
    words: frozenset[str]

    @property
    def comparable(self) -> bool:
        """Whether the text says where exactly: a city alone does not."""
        return bool(
            self.box or ((self.numbers or self.units or self.floor) and (self.streets or self.buildings or len(self.words) >= 2))
        )


@lru_cache(maxsize=8_192)
def parse(text: str) -> Address:
    """Take a one-line address apart; never raises."""
    line = plain_text(text)
    box, line = _take_one(_BOX, line)
    floor_match = _FLOOR.search(line)
    floor = ""
    if floor_match:
        floor = next(group for group in floor_match.groups() if group)
        floor = _FLOOR_WORDS.get(floor, floor.lstrip("0") or "0")
        line = line[: floor_match.start()] + " , " + line[floor_match.end() :]
    units: set[str] = set()
    for pattern in (_UNIT, _UNIT_AFTER):
        for match in pattern.finditer(line):
            units |= expand(match.group(1))
        line = pattern.sub(" , ", line)
    hash_match = _HASH_UNIT.search(line)
    if hash_match and not units:
        floor = floor or (hash_match.group(1) or "").lstrip("0")
        units |= expand(hash_match.group(2))
        line = line[: hash_match.start()] + " , " + line[hash_match.end() :]
    leading_match = _LEADING_UNIT.match(line)
    if leading_match and not units:
        units |= expand(leading_match.group(1))
        line = line[leading_match.end() :]
    postcode, line = _take_one(_POSTCODE, line)
    numbers, letters = _house_numbers(line)
    streets, buildings = _named(line)
    words = frozenset(word for word in re.findall(r"[a-z]{2,}", line) if word not in _GENERAL)
    return Address(frozenset(units), floor, box, numbers, letters, streets, buildings, postcode, words)


def _take_one(pattern: re.Pattern[str], line: str) -> tuple[str, str]:
    match = pattern.search(line)
    if not match:
        return "", line
    return match.group(1), line[: match.start()] + " , " + line[match.end() :]


def expand(value: str) -> set[str]:
    """Units of "1318-19" are 1318 and 1319, of "12 & 14" 12 and 14; leading zeros do not count."""
    parts = [part for part in re.split(r"\s*(?:&|,|/|\band\b)\s*", value) if part]
    units: set[str] = set()
    for part in parts:
        ends = re.split(r"\s*(?:-|\bto\b)\s*", part)
        if len(ends) == 2 and ends[0].isdigit() and ends[1].isdigit():
            low, high = ends
            if len(high) < len(low):
                high = low[: len(low) - len(high)] + high
            if 0 <= int(high) - int(low) <= _WIDEST:
                units |= {str(number) for number in range(int(low), int(high) + 1)}
                continue
        units |= {end.lstrip("0") or "0" for end in ends}
    return units


def _house_numbers(line: str) -> tuple[frozenset[int], frozenset[str]]:
    numbers: set[int] = set()
    letters: set[str] = set()
    for low, letter, high, _ in _NUMBER.findall(line):
        first = int(low)
        numbers.add(first)
        if letter:
            letters.add(f"{first}{letter}")
        if high:
            last = int(low[: len(low) - len(high)] + high) if len(high) < len(low) else int(high)
            if 0 < last - first <= _WIDEST:
                numbers |= set(range(first, last + 1))
    return frozenset(numbers), frozenset(letters)


def _named(line: str) -> tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]:
    """((street name, type, direction), …), (building name, …): the words before a type, or after a prefix."""
    streets: list[tuple[str, str, str]] = []
    buildings: list[str] = []
    run: list[str] = []
    tokens = _TOKEN.findall(line)
    after_number = False
    for index, word in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else ","
        if word in STREET_TYPES and run and following not in BUILDING_TYPES:
            direction = _DIRECTIONS.get(following, "")
            streets.append((_name(run), STREET_TYPES[word], direction))
            run = []
            after_number = False
        elif word in STREET_PREFIXES and not run and following.isalpha():
            name = list(takewhile(_of_street, tokens[index + 1 : index + 4]))
            if name:
                streets.append((_name([part for part in name if len(part) > 1]), STREET_PREFIXES[word], ""))
        elif word in BUILDING_TYPES and run:
            buildings.append(_name(run))
            run = []
            after_number = False
        elif word == "," or word[0].isdigit():
            if after_number and run:
                streets.append((_name(run), "", ""))
            run = []
            after_number = word[0].isdigit()
        elif word not in _GENERAL and word not in ("d", "g"):
            run.append(word)
    if after_number and run:
        streets.append((_name(run), "", ""))
    kept = tuple(dict.fromkeys(street for street in streets if street[0] and (street[1] or street[0] not in _LOCAL_NAMES)))
    typed = {street[0] for street in kept if street[1]}
    kept = tuple(street for street in kept if street[1] or street[0] not in typed)
    return kept, tuple(dict.fromkeys(name for name in buildings if name))


def _of_street(word: str) -> bool:
    return word.isalpha() and word not in STREET_PREFIXES


def _name(run: list[str]) -> str:
    return "".join(run[-4:])


def name_keys(address: Address) -> frozenset[str]:
    """Sounds of its street and building names, for lookup."""
    return frozenset(sound(name) for name in (*(street[0] for street in address.streets), *address.buildings) if len(name) > 1)
