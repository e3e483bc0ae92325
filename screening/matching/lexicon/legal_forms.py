"""Legal forms of many languages, folded, and where in a name each may stand."""

from __future__ import annotations

_LEGAL_TABLE = """
llc: llc | l l c | limited liability company | limited liability co | liability limited company | limited liability | ooo
llc: o o o | too | tov | mmc | mchj | dooel | doo | d o o | ood | eood | oou | sia | uab | sdn bhd | sdn berhad
llc: sendirian berhad
llc: gmbh | g m b h | gesmbh | gesellschaft mit beschrankter haftung | mbh | ug haftungsbeschrankt | srl | s r l | sarl
llc: s a r l | s a r l u | sarlu | eurl | ltda | limitada | lda | s de rl | s de r l | s de rl de cv | s de r l de c v
llc: s r l de c v | sp zoo | sp z o o | sp z oo | spolka z oo | spolka z ograniczona odpowiedzialnoscia | sro | s r o
llc: spol sro | kft | korlatolt felelossegu tarsasag | bvba | bv | b v | besloten vennootschap | aps | a p s | oy ltd
llc: osauhing | ou
llc: obshchestvo s ogranichennoi otvetstvennostyu | obshchestvo s ogranichennoy otvetstvennostyu
llc: obschestvo s ogranichennoi otvetstvennostyu | obschestvo s ogranichennoy otvetstvennostyu
llc: obshestvo s ogranichennoy otvetstvennostyu | tovarystvo z obmezhenoiu vidpovidalnistiu
llc: tovarystvo z obmezhenoyu vidpovidalnistyu | tavarystva z abmezhavanay adkaznastsyu
llc: tavarystva z abmezhavanai adkaznastsiu | tovarishchestvo s ogranichennoi otvetstvennostyu | limited sirketi
llc: limited sti | ltd sti | ltd sirketi | pvt llc | ogranichennoi otvetstvennostyu | s ogranichennoi otvetstvennostyu
ltd: ltd | l t d | limited | co ltd | company limited | co limited | company ltd | corp ltd | corporation limited
ltd: corporation ltd | pte ltd | pte limited | private limited | private ltd | pvt ltd | pvt limited | pvt | pte | pty ltd
ltd: pty limited | pty | proprietary limited | proprietary ltd | plc | p l c | public limited company | unlimited
ltd: you xian gong si | youxian gongsi | youxiangongsi | gong si | gongsi | yougongsi | yxgs | co pvt ltd
ltd: company private limited | company pvt ltd | s pte ltd | s pte limited | yuhan hoesa | yuhanhoesa
jsc: jsc | j s c | joint stock company | joint stock co | joint stock | jointstock | jointstock company | ao | a o
jsc: aktsionernoe obshchestvo | aktsionernoye obshchestvo | aktsionernoe obschestvo | aktsyyanernae tavarystva
jsc: aktsionerne tovarystvo | aktsionernoe | anonim sirketi | anonim sirket | as | a s | company jsc
jsc: pjsc | p j s c | public joint stock company | public joint stock | joint public stock company
jsc: publichnoe aktsionernoe obshchestvo | publichnoye aktsionernoye obshchestvo | publichnoe aktsionernoe obschestvo | pao
jsc: p a o | pat | pblic joint stock company
jsc: ojsc | o j s c | open joint stock company | open joint stock | joint open stock company
jsc: otkrytoe aktsionernoe obshchestvo | otkrytoye aktsionernoye obshchestvo | otkrytoe aktsionernoe obschestvo | oao
jsc: o a o | vat | aat | otkrytoe aktsionernoe
jsc: cjsc | c j s c | closed joint stock company | closed joint stock | joint closed stock company
jsc: zakrytoe aktsionernoe obshchestvo | zakrytoye aktsionernoye obshchestvo | zakrytoe aktsionernoe obschestvo | zao
jsc: z a o | zat | cjs company | zakrytoe aktsionernoe | psc | nao | nepublichnoe aktsionernoe obshchestvo
jsc: private joint stock company | prjsc | sjsc | state joint stock company | qsc | p s c | sal | s a l | sao | saog | kpsc
jsc: ksc | k s c | b s c | bsc | pjs company
inc: inc | incorporated | corp | corporation | co inc | company inc | company incorporated | corp inc | c o | co | company
inc: companies | cie | compagnie | compania | companhia | compagnia | cia | kompaniya | kompania | kompanii | kompaniia
inc: companie | sherkat | sherkate | sherkat e | sharikat | sharika | sharikah | sharekat | sirketi | sirket | sti
inc: san ve tic ltd sti | san ve tic as | spa | s p a | s a s | sas | s a | sa | sab de cv | s a b de c v | s a de c v
inc: sa de cv | s a de cv | sapi de cv | s a p i de c v | de c v | cv | c v | sociedad anonima
inc: sociedad anonima de capital variable | societe anonyme | societa per azioni | societa a responsabilita limitata
inc: societe a responsabilite limitee | societe par actions simplifiee | sociedad de responsabilidad limitada
inc: sociedad limitada | sociedade anonima | sociedad por acciones simplificada | aktiengesellschaft | ag | a g | kg | kgaa
inc: kg a a | ohg | gbr | gmbh and co kg | gmbh co kg | gmbh and co | ab | aktiebolag | publ | asa | aksjeselskap | oy | oyj
inc: osakeyhtio | nv | n v | naamloze vennootschap | se | sca | scs | snc | s n c | scpa | slu | sl | s l | s l u | ad | a d
inc: dd | d d | akcionarsko drustvo | bhd | berhad | tbk | pt | perseroan terbatas | persero | sa de | kk | k k
inc: kabushiki kaisha | kabushikikaisha | kabushiki gaisha | chusik hoesa | chusikhoesa | jusikhoesa | jusik hoesa
inc: goshi kaisha | ltd co | eireli | me | epp | nyrt | zrt | rt | kkt | est | sanayi ve ticaret as | cjs | pcl
inc: public company | fzc | lp | l p | llp | l l p | lllp | limited partnership | limited liability partnership
inc: limited partner | general partnership | partnership | trust company | ulc | pc | pllc | p l l c | cc | scrl | sprl
inc: ltee | limitee | eg | ev | e v | ek | e k | stichting | vof
fz: fze | f z e | fzco | f z co | fz llc | fz l l c | fzllc | free zone establishment | free zone company | dmcc | d m c c
fz: dwc llc | dwc | jlt | difc | fzc llc | llc fz | fz
pe: chup | chtup | chastnoe predpriyatie | private enterprise | unitary enterprise | private unitary enterprise
pe: state unitary enterprise | federal state unitary enterprise | fgup | fgbu | fku | gup | mup | fgbou vo | fgbou
pe: fgaou vo | fgaou | fgbun | federalnoe gosudarstvennoe unitarnoe predpriyatie
pe: federalnoe gosudarstvennoe byudzhetnoe uchrezhdenie | federal state budgetary institution | federal state institution
pe: federal state budgetary institution of science | federal state autonomous educational institution of higher education
pe: federal state budgetary educational institution of higher education | federal state enterprise
pe: federalnoe gosudarstvennoe byudzhetnoe | up | rup | oup | goup | gosudarstvennoe unitarnoe predpriyatie
pe: unitarnoe predpriyatie | respublikanskoe unitarnoe predpriyatie | republican unitary enterprise | state enterprise
pe: sole proprietorship | individual entrepreneur | ip | fop | ano | avtonomnaya nekommercheskaya organizatsiya
pe: autonomous non profit organization | autonomous nonprofit organization | nonprofit organization
pe: non profit organization | chastnoe uchrezhdenie | chastnaya kompaniya
"""

LEGAL_SUFFIXES = frozenset(
    "co as ab ad ag rt se sa sl me ou cc kk cv eg ev ip pat vat spa psc sal est inc pc publ fz dd ek sas asa sti kg bv nv oy "
    "lp sca "
    "company companies partnership a-s a-g a-d s-a s-l c-v k-k d-d e-v e-k b-v n-v l-p cie sia jlt sirket sirketi trust-company "
    "joint-stock public-company limited-liability aps kft srl plc epp sro ltee gbr doo mbh ohg snc scs pte pty pvt".split()
)
"""Short forms that are also words or initials: taken for a legal form only at the end of a name."""
LEGAL_PREFIXES = frozenset(
    "ao up pt too ano gup rup mup fku tov zat pao oao zao ooo nao npo-k sherkat sherkate compania compagnie companhia "
    "kompaniya kompania kompanii cie "
    "private-enterprise state-enterprise ip c-o".split()
)
"""Forms taken at the start or the end only."""
LEGAL_WORDS = frozenset(
    "limited liability company co ltd llc inc corp corporation joint stock open closed public private pvt jsc ojsc pjsc cjsc "
    "obshchestvo aktsionernoe otvetstvennostyu ogranichennoi otkrytoe zakrytoe publichnoe gmbh sirketi anonim sdn bhd "
    "sociedad incorporated companies plc ooo oao zao pao".split()
)
"""Words of legal forms: outside a whole form they weigh next to nothing, so that word order and slips do no harm."""


def _legal_forms() -> dict[tuple[str, ...], str]:
    forms: dict[tuple[str, ...], str] = {}
    for line in _LEGAL_TABLE.strip().splitlines():
        kind, _, phrases = line.partition(":")
        for phrase in phrases.split("|"):
            forms.setdefault(tuple(phrase.split()), kind)
    return forms


LEGAL_FORMS = _legal_forms()
"""Folded words of a legal form -> its class (llc, ltd, jsc, inc, fz, pe)."""
MAX_LEGAL_WORDS = max(len(words) for words in LEGAL_FORMS)
