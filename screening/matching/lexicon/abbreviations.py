"""Abbreviations and foreign words of names -> the one English word that stands for them in a core; ordinals."""

from __future__ import annotations

_ABBREVIATIONS = """
technology: tech tek technologies technologiya tekhnologii tekhnologiya tekhnologiy tecnologia tecnologias technologie
technology: tehnologii techn jishu teknoloji teknik keji
technical: technic tekhnicheskii tekhnicheskiy tekhnicheskaya tekhnicheskoe tecnica tecnico technique
trading: trade trdg tradg tijarat ticaret tijara tijari handels torgovaya torgovyy torgovy torgovyi torgovlya torgovoe
trading: comercio comercial comercializadora commercial commerce commerciale commerz maoyi bazargani tejarat tejari
trading: commercielle torg
international: intl int'l inter-national internacional internazionale mezhdunarodnaya mezhdunarodnyy mezhdunarodny
international: mezhdunarodnoe uluslararasi beynolmelali bainalmelali guoji
manufacturing: mfg mfr manufacturer manufacturers manufacture manuf manufacturera
engineering: engg engrg engr ingenieria ingenierie ingenieurs inzhiniring inzhenernyy muhendislik mohandesi handasa
engineering: gongcheng enggineering
electronics: electronic elec elect elektronika elektronik electronica electronicas elektroniki elektronics dianzi
electronics: elektronnye elektronnykh elektronnaya
electric: electrical elektrik elektricheskii dianqi
industry: industries industrial inds indus industria industriya industrie industriel industriya industriyalnyy sanayi sanaye
industry: sanat sanati promyshlennost promyshlennaya promyshlennoe promyshlennyy prom gongye sanaie industriale industriales
group: grp gruppa grupo gruppo groupe gruppy jituan gruppe
holding: holdings hldg hldgs kholding holdinq
corporation: korporatsiya korporatsiia corporacion
development: dev devt develop razvitie razvitiya desarrollo developpement tosee toseeh tosse tose   entwicklung
research: res issledovatelskii issledovatelskiy issledovatelskaya issledovatelskoe issledovaniy issledovatelsky tahqiqat
research: tahghighat pazhouhesh investigacion recherche recherches forschung yanjiu
institute: inst institut instytut instituto institutul yanjiusuo yanjiuyuan instituta
university: univ universitet universitat universite universidad universita universitesi daneshgah daxue daehak daehakgyo
university: jamiat universiteit
academy: akademiya akademii academia akademie
college: kolledzh xueyuan
center: centre ctr cntr tsentr tsentralnyy-k centro merkezi markaz markazi zentrum zhongxin tsentra
bureau: byuro buro
design: konstruktorskoe konstruktorskii konstruktorskoye konstruktorskiy konstruktorskogo proektnyy proyektnyy proektno
scientific: nauchno nauchnyy nauchny nauchnaya nauchnoe nauchnoye cientifico scientifique  oloum ilmi
science: nauka nauki nauk sci sciences ciencia kexue kexueyuan
production: proizvodstvennoe proizvodstvennaya proizvodstvennyy proizvodstvenny proizvodstvennoye proizvodstvo proizvodstva
production: tolidi produktsiya produccion shengchan proizvodstvenno
association: obedinenie obyedinenie obyedineniye obedineniye obiedinenie assn assoc assotsiatsiya asociacion anjoman jamiyat
association: dernegi obiednannia
enterprise: enterprises predpriyatie predpriyatiye predpriiatie empresa empresas entreprise pidpryiemstvo pradpryemstva entr
enterprise: isletmesi
plant: zavod zavoda zavoda zavody factory fabrika fabrik fabrica usine karkhaneh gongchang works-k kombinat
bank: banco banka bankasi banque bankas yinhang eunhaeng
company: kompaniya kompania kompanii
foundation: fond fonds fundacion fondation bonyad vakfi vaqf stiftung muassasat fondazione
fund: fondo sanduq
organization: organisation org organizatsiya organizacion sazman munazzamat organizatsii
state: gosudarstvennyy gosudarstvennaya gosudarstvennoe gosudarstvennyi gosudarstvenny gosudarstvennogo estatal dawlat
federal: federalnoe federalnyy federalnaya federalny federalnogo
national: natl nationale nacional nazionale natsionalnyy natsionalnaya milli natsionalny melli
central: tsentralnyy tsentralnoe tsentralnaya tsentralny
special: spetsialnyy spetsialnoe spetsialnaya spets
specialized: spetsializirovannoe spetsializirovannyy specialised
system: systems sys sistemy sistem sistema sistemas systeme
service: services svc svcs srvc srvcs serv servis servisi servicios servicio servizi khadamat fuwu servisa
communication: communications comm comms kommunikatsii haberlesme
communications-k:  svyazi
telecommunication: telecom telecommunications telekom telekommunikatsii mokhaberat
shipping: shpg shipp keshtirani sudokhodnaya sudokhodstvo denizcilik naviera transmarine hangyun
shipbuilding: sudostroitelnyy sudostroitelnaya sudostroenie sudostroitelny sudostroitelnaia korablestroitelnyy zaochuan
shipyard:  sudoverf tersane tersanesi tersanecilik
aviation: avia aviatsionnyy aviatsionnaya aviatsiya aviatsionny aviatsionnoe havacilik hangkong aviacion havapeymai
aviation: aviatsionnogo
aircraft: samoletostroitelnaya samolet hava-k feiji
aerospace: aerokosmicheskiy aerokosmicheskaya hangtian
airline: airlines airways aviakompaniya aviakompania aerolineas hava-yollari havayollari
repair: remontnyy remontnaya remont remontny
transport: transportation transportnaya transportnyy transporte transportes nakliyat nakliye haml transportowa transp
logistics: logistic logistika logistik lojistik logistica wuliu
construction: constr stroitelnaya stroitelnyy stroitelstvo stroitelstva construcciones construcciones-k insaat sakhteman
construction: constructora sakhtemani omrani
building: stroy stroi bldg
machine: machinery machines mashinostroitelnyy mashinostroitelnaya mashinostroenie mashinostroitelny mashin mashiny makina
machine: makine jixie machinebuilding maschinen
equipment: equip eqpt equipments oborudovanie oborudovaniya tajhizat shebei ekipman
instrument: instruments instrumentation pribory priborostroenie priborostroitelnyy priborostroitelny priborov yiqi
instrument: instrumentmaking
oil:  neftyanaya naft
petroleum: petrol petroleos shiyou
petrochemical: petrochemicals petroshimi petroshimiye neftekhimicheskiy
gas: gaz
energy: energetika energeticheskaya  enerji energiya energie nengyuan energetik
chemical: chemicals chem khimicheskiy khimicheskii khimicheskaya khimiya kimya quimica quimicos huagong shimi shimiyaii chimie
metallurgical: metallurgicheskiy metallurgicheskii
mining: gornyy gorno  mineria madencilik
steel:   foolad fulad gangtie
investment: investments invest investitsii investitsionnaya investitsionnyy inversiones inversora yatirim sarmayeh
investment: investicion touzi sarmayegozari investissement
insurance: strakhovaya strakhovanie seguros sigorta bimeh baoxian
security: bezopasnost bezopasnosti seguridad guvenlik
defense: defence oborona oborony oboronnyy oboronny defensa savunma
military: voennyy voenno voyenno voennaya voennogo militar askeri
materials: material materialy materialov cailiao
management: mgmt mgt upravlenie upravleniya manajement guanli upravlyayushchaya
information: info informatsionnye informatsionnyy informatsii informacion xinxi informatika informatsionnaya
technologies-k: teknolojileri
software: soft-k yazilim ruanjian
computer: computers kompyuter bilgisayar jisuanji
network: networks set-k wangluo
optical: opticheskiy optiko optika guangxue opticheskikh
mechanical: mekhanicheskiy mekhanicheskii mekhanika mekanik mekhaniki mechanic
physics: fizika fiziki fizicheskiy physical
radio: radiotekhnicheskiy radiotekhnicheskii radioelektronnye
navigation: navigatsionnykh navigatsionnyy navigatsii navigatsiya
microelectronics: mikroelektronika mikroelektroniki microelectronic weidianzi
semiconductor: semiconductors semicon poluprovodnikovykh poluprovodnikov bandaoti yariiletken
circuit: circuits dianlu
automation: avtomatika avtomatiki avtomatizatsii avtomatizatsiya otomasyon zidonghua avtomatizirovannykh
import: ithalat importadora
export: ihracat eksport exportadora
motor: motors motornyy motorny motorno
engine: engines dvigatel dvigateli dvigateley dvigatelestroitelnaya
medical: med-k meditsinskiy meditsinskaya medikal yiliao
pharmaceutical: pharma pharmaceuticals farma farmatsevticheskaya daroui zhiyao ilac
agricultural: agriculture agro agri agropecuaria keshavarzi nongye
food: foods gida pishchevaya
auto: automobile automotive avto otomotiv automotriz qiche avtomobilnyy avtomobilny
laboratory: laboratories lab labs laboratoriya laboratorio shiyanshi
department: dept departament departamento
ministry: ministerstvo ministerio ministere wizarat vezarat
committee: komitet comite
new: novyy novaya nueva
general: genel obshchiy
supply: supplies
united: obedinennaya obyedinennaya
airport: aeroport
complex: kompleks
concern: kontsern konsern
consulting: consultancy consultants consultant konsalting
marine: maritime morskoy morskoi morskaya daryaei  denizcilik-k
republic: respublika respubliki
russian: rossiyskaya rossiiskaya rossiyskiy rossiiskii rossii rossiya
china: chinese zhongguo kitay
southern: yuzhnyy yuzhny
northern: severnyy severny
eastern: vostochnyy vostochny
western: zapadnyy zapadny
products: product produktsiya produktov
real: nedvizhimost
brothers: bros hermanos
limited-k: limitid
moscow: moskva moskovskiy moskovsky moskovskaya moskovskii
saint: sankt st
regional: regionalnyy regionalnaya
mechanics: mekhaniki-k
aerodynamics: aerogidrodinamicheskiy
building-k: zdanie
"""


def _canonical_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for line in _ABBREVIATIONS.strip().splitlines():
        target, _, forms = line.partition(":")
        if "-" in target:
            continue
        for form in forms.split():
            if "-" not in form and "'" not in form:
                words.setdefault(form, target)
    return words


CANONICAL = _canonical_words()
"""Abbreviation or foreign word -> the English word that stands for it in a core."""

ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
    "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12", "thirteenth": "13", "fourteenth": "14", "fifteenth": "15",
    "sixteenth": "16", "seventeenth": "17", "eighteenth": "18", "nineteenth": "19", "twentieth": "20",
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi-k": "11", "xii": "12", "xiii": "13",
}  # fmt: skip
"""Ordinal words and roman numerals as digits; single letters (i, v, x) are left alone, and so is XI, a name."""
