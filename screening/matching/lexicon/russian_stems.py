"""Russian (and kindred) word stems of organization names -> the English word lists print for them.

Endings vary with gender, case and transliteration (nauchno-, nauchnyi, nauchnaya), so stems are given. Dictionary
facts only.
"""

from __future__ import annotations

STEMS = {
    stem: english.strip()
    for line in """
scientific: nauchn
production: proizvodstven proizvodstv
research: issledovatelsk issledovani
design: konstruktorsk proektn proyektn proektirovani
state: gosudarstvenn derzhavn
federal: federaln
national: natsionaln
central: tsentraln
special: spetsialn
specialized: spetsializirovann
machine: mashinostroiteln mashinostroyeni mashinostroeni mashinostroitel
shipbuilding: sudostroiteln sudostroen sudostroyen korablestroen korablestroiteln
shiprepair: sudoremontn
technical: tekhnichesk
technology: tekhnologi tehnologi tekhnologichesk
aviation: aviatsionn aviatsi
navigation: navigatsionn navigatsi
insurance: strakhov
investment: investitsionn investitsi
pension: pensionn
commercial: kommerchesk torgov
moscow: moskovsk
russian: rossisk rossiisk rossiysk russk
siberian: sibirsk
ural: uralsk
southern: yuzhn
northern: severn
eastern: vostochn
western: zapadn
international: mezhdunarodn
chemical: khimichesk
petrochemical: neftekhimichesk
oil: neftyan neftian neftedobych
metallurgical: metallurgichesk
mechanical: mekhanichesk
electromechanical: elektromekhanichesk
electrotechnical: elektrotekhnichesk
electronics: elektronn elektronik
microelectronics: mikroelektronik
semiconductor: poluprovodnik
radio: radiotekhnichesk
radioelectronic: radioelektronn
optical: optichesk optiko opticheski
mechanics: mekhanik
instrument: priborostroiteln priborostroeni priborostroyeni
automation: avtomatik avtomatizats avtomatizirovann
system: sistem
materials: material
physics: fizik fizichesk
energy: energetichesk energetik
gas: gazov
construction: stroiteln stroitelstv
industry: promyshlenn industrialn
enterprise: predpriyati predpriiati
association: obedineni obyedineni obiedineni obyedinen obedinenn
company: kompani
corporation: korporatsi
organization: organizatsi
institution: uchrezhdeni
management: upravlyayushch upravleni upravliaiushch menedzhment
academy: akademi
university: universitet
institute: institut
laboratory: laboratori
library: bibliotek
department: departament
committee: komitet
ministry: ministerstv
plant: zavod kombinat fabrik
shipyard: sudoverf
repair: remontn
transport: transportn
logistics: logisticheski
information: informatsionn informatsi
communication: kommunikatsi kommunikatsionn telekommunikatsi
computing: vychisliteln
software: programmn
experimental: eksperimentaln opytn opytno
education: obrazovateln obrazovani
defense: oboron
military: voenn voyenn
space: kosmichesk
rocket: raketn raketno
missile: raketostroeni
helicopter: vertoletn vertolyotn
aircraft: samoletostroen
engine: dvigatel motorostroiteln dvigatelestroen
agricultural: selskokhozyaystvenn selskokhoziaistvenn
medical: meditsinsk
pharmaceutical: farmatsevtichesk
food: pishchev
furniture: mebeln
consulting: konsalting
engineering: inzhenern inzhiniring
leasing: lizing
trading: treiding treyding torgovl
service: servis
holding: kholding
finance: finans finansov
capital: kapital
republic: respublik
federation: federatsi
economic: ekonomichesk
marine: morsk
river: rechn
railway: zheleznodorozhn
airport: aeroport
fleet: flot
quality: kachestv
security: bezopasnost
protection: zashchit
development: razviti
center: tsentr
bureau: byuro
joint: sovmestn
regional: regionaln oblastn
closed: zakryt
main: golovn glavn
new: novy
united: obedinenn obyedinenn
modern: sovremenn
general: obshch
metal: metall
tractor: traktorn
carriage: vagonostroiteln
diamond: almazn
fund: fond
broadcasting: veshchani
telecommunication: telekommunikatsionn
""".strip().splitlines()
    for english, _, stems in (line.partition(":"),)
    for stem in stems.split()
}
"""Stem -> English word."""
ENGLISH = frozenset(STEMS.values())
"""The English words that stems lead to: general words all."""
