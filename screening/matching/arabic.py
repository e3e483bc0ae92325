"""Arabic, Persian and Urdu letters as Latin ones: frequent words by dictionary, the rest letter by letter.

Spelling variants (hamza seats, alif maqsura, ta marbuta, Persian kaf and ya, tatweel) are folded first. Long vowels are
kept as vowels, so that a spelling can be compared as well as a consonant skeleton.
"""

from __future__ import annotations

from .glossary import table

_FOLD = str.maketrans(
    "أإٱىیېےکګةۀہھەﺁؤئںۍټډړښڼڅځژ",
    "اااييييكگهههههآوينيتدرشنسزز",
    "ـء",
)
"""Letters that stand for others; tatweel and a lone hamza go."""
_LETTERS = {
    "ا": "a", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ٹ": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh",
    "د": "d", "ڈ": "d",
    "ذ": "dh", "ر": "r", "ڑ": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y",
}  # fmt: skip


def plain_arabic(word: str) -> str:
    """One spelling for the letters that writers interchange."""
    return word.translate(_FOLD)


def spell_arabic(word: str) -> str:
    """A folded word letter by letter; waw and ya read as vowels inside and at the end, a final ha as a."""
    out: list[str] = []
    for at, letter in enumerate(word):
        if at and letter == "و":
            out.append("u")
        elif at and letter == "ي":
            out.append("i")
        elif at == len(word) - 1 and letter == "ه" and at:
            out.append("a")
        else:
            out.append(_LETTERS.get(letter, letter))
    return "".join(out)


ARABIC_WORDS = {
    plain_arabic(word): latin
    for word, latin in table(
        """
muhammad: محمد محمّد
ahmad: أحمد احمد
mahmud: محمود
ali: علي على
hasan: حسن
husayn: حسين
ibrahim: إبراهيم ابراهيم
ismail: إسماعيل اسماعيل
yusuf: يوسف
umar: عمر
uthman: عثمان
khalid: خالد
abdullah: عبدالله
abd: عبد
abu: أبو ابو أبي ابي
umm: أم
bin: بن ابن
allah: الله
rahman: رحمن
rahim: رحيم
aziz: عزيز
karim: كريم
latif: لطيف
malik: مالك ملك
qadir: قادر
nasir: ناصر نصر
salih: صالح
salim: سالم
said: سعيد
saad: سعد
sulayman: سليمان
mustafa: مصطفى مصطفي
jamal: جمال
kamal: كمال
tariq: طارق
walid: وليد
bashar: بشار
bashir: بشير
hafiz: حافظ
assad: أسد اسد
fatima: فاطمة
maryam: مريم
aisha: عائشة
zaynab: زينب
hamid: حامد حميد
majid: ماجد مجيد
rashid: راشد رشيد
faysal: فيصل
usama: أسامة اسامة
ayman: أيمن ايمن
samir: سمير
munir: منير
mansur: منصور
jabir: جابر
jafar: جعفر
qasim: قاسم
qassem: قاسم
hashim: هاشم
haytham: هيثم
adnan: عدنان
marwan: مروان
imad: عماد
iyad: إياد اياد
riyad: رياض
ziyad: زياد
yasin: ياسين
yahya: يحيى يحيي
zakariya: زكريا
musa: موسى موسي
isa: عيسى عيسي
idris: إدريس ادريس
ishaq: إسحاق اسحاق
dawud: داود داوود
din: دين
islam: إسلام اسلام
nur: نور
sayf: سيف
company: شركة الشركة
group: مجموعة
bank: بنك مصرف
establishment: مؤسسة
trading: تجارة للتجارة تجارية التجارية
general: عامة العامة
international: دولية الدولية
university: جامعة
society: جمعية
organization: منظمة
ministry: وزارة
center: مركز
charitable: خيرية الخيرية
islamic: إسلامية الإسلامية
exchange: صرافة للصرافة
shipping: ملاحة للملاحة
industry: صناعة صناعية
technology: تكنولوجيا
oil: نفط
gas: غاز
engineering: هندسة هندسية
syria: سوريا سورية
iraq: عراق
iran: إيران ايران
lebanon: لبنان
limited: محدودة المحدودة
airlines: طيران للطيران
haqqani: حقاني
jan: جان
khan: خان
akhund: آخوند اخوند
akhundzada: آخوندزاده
zada: زاده
sayyid: سيد
qari: قاري
haji: حاجي الحاج
mullah: ملا
mawlawi: مولوي
dr: دكتور الدكتور
azim: عظيم اعظم
faiz: فيض
wali: ولي
rahmat: رحمت
hidayat: هدايت
agha: آغا اغا
islami: اسلامي
islamic: اسلاميه
exchange: صرافي صرافه
office: مكتب
front: جبهه
movement: حركه
army: جيش
state: دوله
organization: تنظيم
group: جماعه
network: شبكه
ltd: لمتد المحدوده
jihad: جهاد
libya: ليبيا
yemen: يمن
egypt: مصر
levant: شام
party: حزب
brigade: لواء كتيبه
battalion: كتائب
omar: عمري
abd al qadir: عبدالقادر
ghani: غني
ghaffar: غفار
jabbar: جبار
hakim: حكيم
halim: حليم
hay: حي
salam: سلام
samad: صمد
wahid: وحيد واحد
zahir: ظاهر
akbar: اكبر
akram: اكرم
amir: امير
amin: امين
anwar: انور
ashraf: اشرف
asif: اصف
atiq: عتيق
badr: بدر
fadil: فاضل
faruq: فاروق
fayiz: فايز
ghalib: غالب
habib: حبيب
hamza: حمزه
haydar: حيدر
hisham: هشام
hussein: حسين
jalal: جلال
jawad: جواد
kazim: كاظم
lutfi: لطفي
mahdi: مهدي
majdi: مجدي
masud: مسعود
mazin: مازن
muhsin: محسن
muin: معين
mukhtar: مختار
munzir: منذر
murad: مراد
nabil: نبيل
nadim: نديم
nasrallah: نصرالله
nidal: نضال
nizar: نزار
qais: قيس
rafiq: رفيق
rami: رامي
ramadan: رمضان
rida: رضا
reza: رضاي
sabri: صبري
sadiq: صادق
safwan: صفوان
salman: سلمان
shafiq: شفيق
shakir: شاكر
sharif: شريف
shihab: شهاب
siraj: سراج
suhayl: سهيل
tahir: طاهر
talib: طالب
tamim: تميم
thabit: ثابت
umran: عمران
wahab: وهاب
yasir: ياسر
yaqub: يعقوب
yunus: يونس
zahid: زاهد
zayd: زيد
zuhayr: زهير
hosseini: حسيني
mohammadi: محمدي
ahmadi: احمدي
company: شركت
industries: صنايع
iran: ايران
tehran: تهران
university: دانشگاه
trading: بازرگاني
insurance: بيمه
shipping: كشتيراني
investment: سرمايه
petrochemical: پتروشيمي
aviation: هوانوردي
airline: هواپيمايي
oil: نفت
"""
    ).items()
}
"""Folded word -> the Latin spelling or English word lists print."""
