"""Words that say little about who somebody is: generic and institution words, places, titles, particles.

All words are in folded form (lower-case ASCII, no punctuation), as `normalize.fold` gives them. The tables are facts
about languages, never names of parties. Legal forms and abbreviations stand in rooms of their own and are named here
for those who read lists.
"""

from __future__ import annotations

from .abbreviations import CANONICAL, ORDINALS
from .legal_forms import LEGAL_FORMS, LEGAL_PREFIXES, LEGAL_SUFFIXES, LEGAL_WORDS, MAX_LEGAL_WORDS

__all__ = [
    "CANONICAL",
    "GENERIC",
    "INSTITUTION",
    "INVISIBLE_WORDS",
    "LEGAL_FORMS",
    "LEGAL_PREFIXES",
    "LEGAL_SUFFIXES",
    "LEGAL_WORDS",
    "MAX_LEGAL_WORDS",
    "ORDINALS",
    "PARTICLES",
    "PLACES",
    "TITLES",
]

GENERIC = frozenset(
    """
    trading trade trades group groups holding holdings international intl global world worldwide general technology
    technologies
    tech technical technic technics electronics electronic electric electrical electro industry industries industrial
    enterprise
    enterprises service services solution solutions system systems development develop engineering engineers equipment
    equipments import export imports exports importer exporter importexport commercial commerce company business corporation
    investment investments invest investing management manage consulting consultancy consultants consultant logistics logistic
    transport transportation shipping ship ships marine maritime line lines cargo freight forwarding express supply
    supplies supplier
    product products production productions manufacturing manufacture manufacturer manufacturers factory factories plant
    plants
    works work construction constructions building builders energy power oil gas petroleum petrochemical chemical chemicals
    machine machinery machines mechanical metal metals steel mining materials material resources resource medical pharma
    pharmaceutical pharmaceuticals food foods agro agricultural agriculture textile textiles software network networks
    communication communications telecom telecommunication telecommunications information data digital computer computers
    internet online media design designs innovation innovative innovations advanced new modern united national state
    federal public private
    central first star royal golden east west north south northern southern eastern western middle far great grand big
    pro plus
    finance financial capital fund funds bank banking insurance credit exchange leasing real estate property properties trust
    security securities assets asset partners partner associates associated association agency agencies office bureau
    center centre
    centers institute institution institutes university college academy school department ministry committee commission
    council
    organization organisation administration authority federation foundation society union institut laboratory
    laboratories lab labs
    research science sciences scientific studies study test testing space aerospace aviation aircraft airlines airline
    airways air
    automation control automatic auto automobile automotive motor motors vehicle vehicles parts components component
    semiconductor semiconductors microelectronics optical optics photonics laser instrument instruments instrumentation
    precision
    defense defence military army navy naval special specialized concern complex branch subsidiary base unit shop store
    market markets
    house home project projects contracting contractors contractor operation operations maintenance repair overhaul
    travel tourism hotel hotels water green eco bio health care life environmental electricity nuclear atomic radio television
    and of the for in at by to from with on y e und et do da i ve
    limited joint stock open closed liability named after imeni people peoples republic republican democratic islamic
    movement front party organisation brigade brigades battalion army force forces corps command division
    charitable charity relief welfare aid help human rights fund committee council
    person persons brothers bros sons son family hope vision future star sun sea ocean sky
    transit trans inter euro asia pacific atlantic gulf
    """.split()
)
"""Words that thousands of organizations carry: they score little and never alone."""

INSTITUTION = frozenset(
    """
    university institute institut institution academy college school ministry bureau center centre laboratory bank
    factory plant agency department committee commission council association foundation organization organisation company
    corporation group holding enterprise enterprises trading technology technologies industries industry electronics
    engineering services solutions systems logistics shipping airlines aviation shipyard refinery hospital brigade battalion
    society union federation fund trust concern complex works manufacturing factory international import export research
    zavod tsentr predpriyatie kompaniya obedinenie universitet nauchno byuro fond gruppa konsern kontsern
    """.split()
)
"""Words that show a name to be an organization's (lists.md 4)."""

TITLES = frozenset(
    """
    mr mrs ms miss dr doctor prof professor  engineer ing sir dame lord lady hon honorable rev reverend father
    sheikh shaykh shaikh sheik cheikh chaykh haji hajji hajj al-haj hadji mullah mulla mawlawi maulawi maulvi maulana
    mawlana moulana
    molla mola hafiz qari sayyid sayed seyed seyyed syed sayid said-title general gen colonel col major maj captain capt
    brigadier brig lieutenant lt sergeant sgt admiral adm commander cmdr marshal ustad ustaz ayatollah hojjatoleslam
    imam amir-title
    senor senora don dona jr sr junior senior esq phd md pir u-title lic licenciado herr frau monsieur madame mme
    """.split()
)
PARTICLES = frozenset(
    """
    al el ul ur ar as ash az ad an at bin ibn ben bint bent binti ould wuld ait abd de del la las los le les du des
    da das dos di della
    dello van von der den ter ten zu zur af av of the and y e i a ap st san-title bat ha
    """.split()
)
"""Words that link the parts of a person's name; they weigh next to nothing."""

INVISIBLE_WORDS = frozenset(
    ("and", "of", "the", "for", "in", "at", "by", "to", "from", "with", "on", "und", "et", "ve", "named", "after", "imeni", "im")
)
"""Words left out of the core of any name."""

PLACES = frozenset(
    """
    china chinese hongkong hong kong hk macau macao taiwan russia russian rossiya rossiyskaya rossiiskaya iran iranian
    korea korean
    syria syrian iraq iraqi turkey turkish turkiye turk emirates uae dubai sharjah ajman abu-dhabi abudhabi pakistan
    pakistani india indian
    germany german deutschland deutsche france french italy italian spain spanish england english britain british uk usa
    us america american
    japan japanese singapore malaysia malaysian indonesia indonesian thailand thai vietnam vietnamese philippines philippine
    australia australian canada canadian mexico mexican brazil brasil brazilian argentina argentine colombia colombian
    venezuela venezuelan
    cuba cuban chile peru panama ecuador bolivia ukraine ukrainian belarus belarusian byelorussia kazakhstan kazakh
    uzbekistan uzbek kyrgyz
    kyrgyzstan tajikistan turkmenistan azerbaijan armenia armenian georgia georgian moldova poland polish polska czech
    slovakia hungary
    hungarian romania romanian bulgaria bulgarian serbia serbian croatia slovenia slovenian greece greek cyprus malta
    switzerland swiss
    austria austrian netherlands dutch holland belgium belgian sweden swedish norway norwegian denmark danish finland
    finnish estonia latvia
    lithuania egypt egyptian libya libyan sudan sudanese algeria algerian morocco tunisia nigeria nigerian kenya kenyan
    ethiopia somalia
    africa african europe european asia asian arab arabian arabia saudi kuwait kuwaiti qatar qatari oman omani yemen
    yemeni bahrain jordan
    jordanian lebanon lebanese israel israeli palestine palestinian afghanistan afghan bangladesh nepal myanmar burma
    laos cambodia mongolia
    beijing shanghai shenzhen guangzhou guangdong tianjin chongqing wuhan chengdu nanjing hangzhou suzhou xian xi-an
    dalian qingdao harbin
    shenyang changsha hefei jinan zhengzhou xiamen fuzhou ningbo wuxi dongguan kunming guilin zhuhai jiangsu zhejiang
    sichuan shandong
    hubei hunan hebei henan shaanxi shanxi liaoning jilin heilongjiang anhui fujian yunnan guizhou guangxi xinjiang
    hainan gansu ningxia
    lianyungang nantong yantai weihai changzhou zhenjiang yangzhou xuzhou huizhou foshan zhongshan shantou jiangmen
    baoding tangshan shijiazhuang luoyang kaifeng baotou hohhot taiyuan datong nanchang nanning liuzhou haikou sanya
    guiyang zunyi lanzhou xining yinchuan urumqi mianyang deyang leshan yibin jiaxing shaoxing wenzhou huzhou jinhua
    zibo weifang linyi jining zhuzhou xiangtan hengyang yichang xiangyang jingzhou wuhu bengbu maanshan quanzhou putian
    zhangzhou ganzhou jiujiang anshan fushun jinzhou yingkou daqing qiqihar changchun lhasa kashgar taichung tainan
    kaohsiung taoyuan jerusalem haifa aviv
    moscow moskva moskovskiy moskovsky petersburg sankt saint leningrad novosibirsk kazan ekaterinburg yekaterinburg
    samara saratov tula perm
    omsk tomsk kaluga zelenograd siberia siberian sibir ural urals uralskiy crimea crimean krym donetsk lugansk luhansk
    kiev kyiv minsk
    tehran isfahan esfahan shiraz tabriz mashhad ahvaz damascus aleppo baghdad beirut istanbul ankara izmir karachi
    lahore islamabad delhi
    mumbai london paris berlin new-york york tokyo osaka seoul pyongyang busan taipei hsinchu kowloon kabul doha riyadh
    jeddah tripoli cairo
    hanoi saigon jakarta bangkok kuala lumpur manila sydney melbourne toronto geneva zurich vienna madrid rome milan moscow
    asia-pacific gulf caspian baltic volga don kuban dagestan chechnya tatarstan bashkortostan
    """.split()
)
"""Countries, their adjectives, large cities and regions of the lists' world: they narrow, they do not identify."""
