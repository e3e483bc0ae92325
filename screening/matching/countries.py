"""Countries and territories: ISO 3166 alpha-2 codes, names, and the old and regulatory names lists print.

One table of our own: ISO 3166-1 alpha-2 and alpha-3, the name we show, and the other spellings met in the Export
Administration Regulations (Supp. 1 to part 738, Supp. 4 to part 744), OFAC files, State lists and everyday English.
XK (Kosovo) is user-assigned and not ISO, but every list uses it. Regions without a code of their own take the code
of the country the regulations print them under (Crimea: UA). Names nobody can map stay unknown: never a guess.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .folding import without_accents

# code | alpha-3 | name shown | other spellings, separated by ";" (an indented line goes on with the row above)
_TABLE = """
AD|AND|Andorra
AE|ARE|United Arab Emirates|UAE;U.A.E.;Emirates;Dubai;Abu Dhabi
AF|AFG|Afghanistan|Islamic Republic of Afghanistan
AG|ATG|Antigua and Barbuda
AI|AIA|Anguilla
AL|ALB|Albania
AM|ARM|Armenia
AO|AGO|Angola
AQ|ATA|Antarctica
AR|ARG|Argentina
AS|ASM|American Samoa
AT|AUT|Austria
AU|AUS|Australia
AW|ABW|Aruba
AX|ALA|Åland Islands
AZ|AZE|Azerbaijan
BA|BIH|Bosnia and Herzegovina|Bosnia;Bosnia & Herzegovina;Bosnia-Herzegovina
BB|BRB|Barbados
BD|BGD|Bangladesh
BE|BEL|Belgium
BF|BFA|Burkina Faso|Upper Volta
BG|BGR|Bulgaria
BH|BHR|Bahrain
BI|BDI|Burundi
BJ|BEN|Benin|Dahomey
BL|BLM|Saint Barthélemy
BM|BMU|Bermuda
BN|BRN|Brunei|Brunei Darussalam
BO|BOL|Bolivia|Bolivia (Plurinational State of);Plurinational State of Bolivia
BQ|BES|Bonaire, Sint Eustatius and Saba|Bonaire
BR|BRA|Brazil|Brasil
BS|BHS|Bahamas|Bahamas, The;The Bahamas
BT|BTN|Bhutan
BV|BVT|Bouvet Island
BW|BWA|Botswana
BY|BLR|Belarus|Byelorussia;Belorussia;Republic of Belarus
BZ|BLZ|Belize|British Honduras
CA|CAN|Canada
CC|CCK|Cocos (Keeling) Islands|Cocos Islands
CD|COD|Congo, Democratic Republic of the|Democratic Republic of the Congo;Democratic Republic of Congo;
  Congo (Democratic Republic of the);Congo, the Democratic Republic of the;Congo, Dem. Rep.;DR Congo;DRC;Zaire;
  Congo-Kinshasa;Congo (Kinshasa)
CF|CAF|Central African Republic
CG|COG|Congo, Republic of the|Congo;Republic of the Congo;Republic of Congo;Congo (Republic of the);Congo, Rep.;
  Congo-Brazzaville;Congo (Brazzaville)
CH|CHE|Switzerland|Swiss Confederation
CI|CIV|Côte d'Ivoire|Cote d Ivoire;Ivory Coast
CK|COK|Cook Islands
CL|CHL|Chile
CM|CMR|Cameroon
CN|CHN|China|PRC;P.R.C.;P.R. China;PR China;China, People's Republic of;People's Republic of China;
  Peoples Republic of China;China (PRC);China, Peoples Republic;China, Mainland;Mainland China
CO|COL|Colombia
CR|CRI|Costa Rica
CU|CUB|Cuba
CV|CPV|Cabo Verde|Cape Verde
CW|CUW|Curaçao|Netherlands Antilles
CX|CXR|Christmas Island
CY|CYP|Cyprus|Northern Cyprus;Republic of Cyprus
CZ|CZE|Czechia|Czech Republic;Czechoslovakia
DE|DEU|Germany|Federal Republic of Germany;West Germany;East Germany;German Democratic Republic;Deutschland
DJ|DJI|Djibouti
DK|DNK|Denmark
DM|DMA|Dominica
DO|DOM|Dominican Republic
DZ|DZA|Algeria
EC|ECU|Ecuador
EE|EST|Estonia
EG|EGY|Egypt|Arab Republic of Egypt
EH|ESH|Western Sahara
ER|ERI|Eritrea
ES|ESP|Spain|Canary Islands
ET|ETH|Ethiopia
FI|FIN|Finland
FJ|FJI|Fiji
FK|FLK|Falkland Islands|Falkland Islands (Malvinas);Falkland Islands (Islas Malvinas)
FM|FSM|Micronesia|Micronesia (Federated State of);Micronesia, Federated States of;Micronesia (Federated States of);
  Federated States of Micronesia
FO|FRO|Faroe Islands|Faeroe Islands
FR|FRA|France|Metropolitan France
GA|GAB|Gabon
GB|GBR|United Kingdom|UK;U.K.;Great Britain;Britain;England;Scotland;Wales;Northern Ireland;
  United Kingdom of Great Britain and Northern Ireland
GD|GRD|Grenada
GE|GEO|Georgia|Republic of Georgia;Abkhazia;South Ossetia
GF|GUF|French Guiana
GG|GGY|Guernsey
GH|GHA|Ghana
GI|GIB|Gibraltar
GL|GRL|Greenland
GM|GMB|Gambia|Gambia, The;The Gambia
GN|GIN|Guinea
GP|GLP|Guadeloupe
GQ|GNQ|Equatorial Guinea
GR|GRC|Greece|EL;Hellenic Republic
GS|SGS|South Georgia and the South Sandwich Islands
GT|GTM|Guatemala
GU|GUM|Guam
GW|GNB|Guinea-Bissau
GY|GUY|Guyana
HK|HKG|Hong Kong|Hong Kong SAR;Hong Kong, China;Hong Kong S.A.R.;Hong Kong (China);China, Hong Kong;
  Hong Kong (no row: use China);Hong Kong Special Administrative Region;Hongkong
HM|HMD|Heard Island and McDonald Islands
HN|HND|Honduras
HR|HRV|Croatia
HT|HTI|Haiti
HU|HUN|Hungary
ID|IDN|Indonesia
IE|IRL|Ireland|Republic of Ireland;Eire
IL|ISR|Israel
IM|IMN|Isle of Man|Man, Isle of
IN|IND|India|Republic of India
IO|IOT|British Indian Ocean Territory
IQ|IRQ|Iraq
IR|IRN|Iran|Iran, Islamic Republic of;Iran (Islamic Republic of);Islamic Republic of Iran
IS|ISL|Iceland
IT|ITA|Italy
JE|JEY|Jersey
JM|JAM|Jamaica
JO|JOR|Jordan|Hashemite Kingdom of Jordan
JP|JPN|Japan
KE|KEN|Kenya
KG|KGZ|Kyrgyzstan|Kyrgyz Republic;Kirghizia;Kyrgyz
KH|KHM|Cambodia|Kampuchea
KI|KIR|Kiribati
KM|COM|Comoros
KN|KNA|Saint Kitts and Nevis|St. Kitts and Nevis;St Kitts & Nevis
KP|PRK|Korea, North|North Korea;North Korea (DPRK);DPRK;D.P.R.K.;Korea, Democratic People's Republic of;
  Korea (Democratic People's Republic of);Democratic People's Republic of Korea;Korea, Dem. People's Rep.;DPR Korea
KR|KOR|Korea, South|South Korea;Korea;ROK;Republic of Korea;Korea, Republic of;Korea (Republic of);Korea, Rep.;
  South Korea (ROK)
KW|KWT|Kuwait
KY|CYM|Cayman Islands
KZ|KAZ|Kazakhstan|Kazakstan
LA|LAO|Laos|Lao People's Democratic Republic;Lao PDR;Lao
LB|LBN|Lebanon
LC|LCA|Saint Lucia|St. Lucia
LI|LIE|Liechtenstein
LK|LKA|Sri Lanka|Ceylon
LR|LBR|Liberia
LS|LSO|Lesotho
LT|LTU|Lithuania
LU|LUX|Luxembourg
LV|LVA|Latvia
LY|LBY|Libya|Libyan Arab Jamahiriya;State of Libya
MA|MAR|Morocco
MC|MCO|Monaco
MD|MDA|Moldova|Moldova, Republic of;Republic of Moldova;Moldavia;Transnistria
ME|MNE|Montenegro
MF|MAF|Saint Martin (French part)|Saint Martin
MG|MDG|Madagascar
MH|MHL|Marshall Islands|The Marshall Islands;Republic of the Marshall Islands
MK|MKD|North Macedonia|Macedonia;North Macedonia, The Republic of;Macedonia, The Former Yugoslav Republic of;FYROM;
  Republic of North Macedonia;The former Yugoslav Republic of Macedonia
ML|MLI|Mali|Northern Mali
MM|MMR|Burma|Myanmar;Burma (Myanmar);Myanmar (Burma);Burma/Myanmar;Union of Myanmar
MN|MNG|Mongolia
MO|MAC|Macau|Macao;Macau SAR;Macao SAR;Macao, China;Macau, China;China, Macao;Macau (China)
MP|MNP|Northern Mariana Islands
MQ|MTQ|Martinique
MR|MRT|Mauritania
MS|MSR|Montserrat
MT|MLT|Malta
MU|MUS|Mauritius
MV|MDV|Maldives
MW|MWI|Malawi
MX|MEX|Mexico|México
MY|MYS|Malaysia
MZ|MOZ|Mozambique
NA|NAM|Namibia
NC|NCL|New Caledonia
NE|NER|Niger
NF|NFK|Norfolk Island
NG|NGA|Nigeria
NI|NIC|Nicaragua
NL|NLD|Netherlands|The Netherlands;Netherlands, The;Holland;Netherlands, Kingdom of the
NO|NOR|Norway
NP|NPL|Nepal
NR|NRU|Nauru
NU|NIU|Niue
NZ|NZL|New Zealand
OM|OMN|Oman
PA|PAN|Panama
PE|PER|Peru
PF|PYF|French Polynesia
PG|PNG|Papua New Guinea
PH|PHL|Philippines|The Philippines
PK|PAK|Pakistan|Islamic Republic of Pakistan
PL|POL|Poland
PM|SPM|Saint Pierre and Miquelon
PN|PCN|Pitcairn
PR|PRI|Puerto Rico
PS|PSE|Palestine|West Bank;Gaza;Gaza Strip;West Bank and Gaza;Palestinian;Palestinian Territories;
  Palestinian Territory, Occupied;Palestine, State of;State of Palestine;Occupied Palestinian Territory
PT|PRT|Portugal|Madeira
PW|PLW|Palau
PY|PRY|Paraguay
QA|QAT|Qatar
RE|REU|Réunion
RO|ROU|Romania|Rumania
RS|SRB|Serbia|Yugoslavia;Serbia and Montenegro;Republic of Serbia
RU|RUS|Russia|Russian Federation;Russia (Russian Federation);Russian Federation, The;Soviet Union;USSR;U.S.S.R.
RW|RWA|Rwanda
SA|SAU|Saudi Arabia|Kingdom of Saudi Arabia;KSA
SB|SLB|Solomon Islands
SC|SYC|Seychelles|Seycheles
SD|SDN|Sudan|Republic of the Sudan;North Sudan;Kafia Kingi
SE|SWE|Sweden
SG|SGP|Singapore|Republic of Singapore
SH|SHN|Saint Helena, Ascension and Tristan da Cunha|Saint Helena
SI|SVN|Slovenia
SJ|SJM|Svalbard and Jan Mayen
SK|SVK|Slovakia|Slovak Republic
SL|SLE|Sierra Leone
SM|SMR|San Marino
SN|SEN|Senegal
SO|SOM|Somalia|Somaliland
SR|SUR|Suriname
SS|SSD|South Sudan|South Sudan, Republic of;Republic of South Sudan
ST|STP|Sao Tome and Principe
SV|SLV|El Salvador
SX|SXM|Sint Maarten|Sint Maarten (Dutch part);Sint Maarten (the Dutch two-fifths of the island of Saint Martin)
SY|SYR|Syria|Syrian Arab Republic
SZ|SWZ|Eswatini|Swaziland
TC|TCA|Turks and Caicos Islands
TD|TCD|Chad
TF|ATF|French Southern Territories
TG|TGO|Togo
TH|THA|Thailand
TJ|TJK|Tajikistan|Tadzhikistan
TK|TKL|Tokelau
TL|TLS|Timor-Leste|East Timor
TM|TKM|Turkmenistan
TN|TUN|Tunisia
TO|TON|Tonga
TR|TUR|Türkiye|Turkey;Turkiye;Turkey (Turkiye);Turkey (Türkiye);Republic of Turkey;Republic of Türkiye
TT|TTO|Trinidad and Tobago|Trinidad & Tobago
TV|TUV|Tuvalu
TW|TWN|Taiwan|Taiwan, Province of China;Republic of China;ROC;Taiwan (ROC);Taiwan, ROC;Taiwan, China;Chinese Taipei
TZ|TZA|Tanzania|Tanzania, United Republic of;United Republic of Tanzania
UA|UKR|Ukraine|Crimea;Crimea Region of Ukraine;Crimea (Occupied);Crimea (Ukraine);Autonomous Republic of Crimea;
  Donetsk;Luhansk;Donetsk People's Republic;Luhansk People's Republic;Donetsk Region of Ukraine;
  Luhansk Region of Ukraine;Occupied Crimea;Sevastopol
UG|UGA|Uganda
UM|UMI|United States Minor Outlying Islands
US|USA|United States|United States of America;U.S.;U.S.A.;America
UY|URY|Uruguay
UZ|UZB|Uzbekistan
VA|VAT|Vatican City|Holy See;Vatican City State;Holy See (Vatican City State)
VC|VCT|Saint Vincent and the Grenadines|St. Vincent and the Grenadines;Saint Vincent & the Grenadines
VE|VEN|Venezuela|Venezuela, Bolivarian Republic of;Venezuela (Bolivarian Republic of);Bolivarian Republic of Venezuela
VG|VGB|British Virgin Islands|Virgin Islands, British;Virgin Islands (British);BVI
VI|VIR|U.S. Virgin Islands|Virgin Islands, U.S.;Virgin Islands (U.S.);Virgin Islands
VN|VNM|Vietnam|Viet Nam;Socialist Republic of Vietnam;Vietnam, Socialist Republic of
VU|VUT|Vanuatu
WF|WLF|Wallis and Futuna
WS|WSM|Samoa|Western Samoa
XK|XKX|Kosovo|XKS;UNK;Republic of Kosovo
YE|YEM|Yemen|Republic of Yemen;Yemen Arab Republic
YT|MYT|Mayotte
ZA|ZAF|South Africa|Republic of South Africa
ZM|ZMB|Zambia
ZW|ZWE|Zimbabwe|Rhodesia
"""

_NOT_LETTERS = re.compile(r"[^a-z]+")
# Words that open or close a printed heading and say nothing about which country is meant.
_LEAD = re.compile(r"^(?:region|country|the)\s*:?\s+", re.IGNORECASE)


def _key(name: str) -> str:
    """Letters only, without accents and case: "Türkiye" and "TURKIYE" are one key."""
    return _NOT_LETTERS.sub("", without_accents(name.replace("&", " and ").casefold()))


def _load() -> tuple[dict[str, str], dict[str, str]]:
    """Read the table once: (code -> name shown, key -> code); two codes for one spelling are an error here."""
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for line in _TABLE.strip().replace("\n  ", "").splitlines():
        code, alpha3, name, *others = line.split("|")
        names[code] = name
        for spelling in (code, alpha3, name, *(others[0].split(";") if others else ())):
            known = codes.setdefault(_key(spelling), code)
            if known != code:
                raise ValueError(f"countries: {spelling!r} stands for {known} and {code}")
    return names, codes


_NAMES, _CODES = _load()

ISO2: frozenset[str] = frozenset(_NAMES)
"""Every ISO 3166-1 alpha-2 code, and XK."""


@lru_cache(maxsize=4096)
def code_for(name: str) -> str:
    """ISO alpha-2 code of a printed country, "" when unknown.

    Takes alpha-2, alpha-3, English, regulatory, OFAC and old names in any case: "China, People's Republic of",
    "KOREA, NORTH", "Burma", "Region: Crimea" (UA), "West Bank" (PS), "Türkiye", "UK".
    """
    text = name.strip().strip(".,;").strip()
    code = _CODES.get(_key(text), "")
    return code or _CODES.get(_key(_LEAD.sub("", text)), "")


def name_of(code: str) -> str:
    """English name of an alpha-2 code as we show it; a code that is not in the table comes back unchanged."""
    return _NAMES.get(code.upper(), code)
