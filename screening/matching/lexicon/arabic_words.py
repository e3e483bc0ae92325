"""Frequent Arabic, Persian and Urdu names and words, and the Latin spelling or English word that lists print for them.

Facts of the languages, never names of parties: given names, family names of places and trades, words of organizations.
Spelling variants of one word that the fold of letters makes equal stand once.
"""

ARABIC_TABLE = """
muhammad: محمد محمّد; ahmad: أحمد; mahmud: محمود; ali: علي; hasan: حسن; husayn: حسين; ibrahim: إبراهيم
ismail: إسماعيل; yusuf: يوسف; umar: عمر; uthman: عثمان; khalid: خالد; abdullah: عبدالله; abd: عبد; abu: أبو أبي
umm: أم; bin: بن ابن; allah: الله; rahman: رحمن; rahim: رحيم; aziz: عزيز; karim: كريم; latif: لطيف; malik: مالك ملك
qadir: قادر; nasir: ناصر نصر; salih: صالح; salim: سالم; said: سعيد; saad: سعد; sulayman: سليمان; mustafa: مصطفى
jamal: جمال; kamal: كمال; tariq: طارق; walid: وليد; bashar: بشار; bashir: بشير; hafiz: حافظ; assad: أسد; fatima: فاطمة
maryam: مريم; aisha: عائشة; zaynab: زينب; hamid: حامد حميد; majid: ماجد مجيد; rashid: راشد رشيد; faysal: فيصل
usama: أسامة; ayman: أيمن; samir: سمير; munir: منير; mansur: منصور; jabir: جابر; jafar: جعفر; qasim: قاسم
hashim: هاشم; haytham: هيثم; adnan: عدنان; marwan: مروان; imad: عماد; iyad: إياد; riyad: رياض; ziyad: زياد
yasin: ياسين; yahya: يحيى; zakariya: زكريا; musa: موسى; isa: عيسى; idris: إدريس; ishaq: إسحاق; dawud: داود داوود
din: دين; islam: إسلام; nur: نور; sayf: سيف; company: شركة الشركة شركت; group: مجموعة جماعه; bank: بنك مصرف
establishment: مؤسسة; trading: تجارة للتجارة تجارية التجارية بازرگاني; general: عامة العامة
international: دولية الدولية; university: جامعة دانشگاه; society: جمعية; organization: منظمة تنظيم; ministry: وزارة
center: مركز; charitable: خيرية الخيرية; islamic: إسلامية الإسلامية; exchange: صرافة للصرافة صرافي
shipping: ملاحة للملاحة كشتيراني; industry: صناعة صناعية; technology: تكنولوجيا; oil: نفط نفت; gas: غاز
engineering: هندسة هندسية; syria: سوريا سورية; iraq: عراق; iran: إيران; lebanon: لبنان; limited: محدودة المحدودة
airlines: طيران للطيران; haqqani: حقاني; jan: جان; khan: خان; akhund: آخوند اخوند; akhundzada: آخوندزاده; zada: زاده
sayyid: سيد; qari: قاري; haji: حاجي الحاج; mullah: ملا مُلا; mawlawi: مولوي; dr: دكتور الدكتور; azim: عظيم اعظم
faiz: فيض; wali: ولي; rahmat: رحمت; hidayat: هدايت; agha: آغا اغا; islami: اسلامي; office: مكتب; front: جبهه
movement: حركه; army: جيش; state: دوله; network: شبكه; ltd: لمتد; jihad: جهاد; libya: ليبيا; yemen: يمن; egypt: مصر
levant: شام; party: حزب; brigade: لواء كتيبه; battalion: كتائب; omar: عمري; abd al qadir: عبدالقادر; ghani: غني
ghaffar: غفار; jabbar: جبار; hakim: حكيم; halim: حليم; hay: حي; salam: سلام; samad: صمد; wahid: وحيد واحد; zahir: ظاهر
akbar: اكبر; akram: اكرم; amir: امير; amin: امين; anwar: انور; ashraf: اشرف; asif: اصف; atiq: عتيق; badr: بدر
fadil: فاضل; faruq: فاروق; fayiz: فايز; ghalib: غالب; habib: حبيب; hamza: حمزه; haydar: حيدر; hisham: هشام
jalal: جلال; jawad: جواد; kazim: كاظم; lutfi: لطفي; mahdi: مهدي; majdi: مجدي; masud: مسعود; mazin: مازن; muhsin: محسن
muin: معين; mukhtar: مختار; munzir: منذر; murad: مراد; nabil: نبيل; nadim: نديم; nasrallah: نصرالله; nidal: نضال
nizar: نزار; qais: قيس; rafiq: رفيق; rami: رامي; ramadan: رمضان; rida: رضا; reza: رضاي; sabri: صبري; sadiq: صادق
safwan: صفوان; salman: سلمان; shafiq: شفيق; shakir: شاكر; sharif: شريف; shihab: شهاب; siraj: سراج; suhayl: سهيل
tahir: طاهر; talib: طالب; tamim: تميم; thabit: ثابت; umran: عمران; wahab: وهاب; yasir: ياسر; yaqub: يعقوب; yunus: يونس
zahid: زاهد; zayd: زيد; zuhayr: زهير; hosseini: حسيني; mohammadi: محمدي; ahmadi: احمدي; industries: صنايع
tehran: تهران; insurance: بيمه; investment: سرمايه استثمار للاستثمار; petrochemical: پتروشيمي; aviation: هوانوردي
airline: هواپيمايي; taha: طه; uday: عدي; ayyub: أيوب; fazl: فضل; rauf: رؤوف رؤف; rabi: ربيع; ayad: عياد; zaki: زكي
izzat: عزت عزة; turki: تركي; khalifa: خليفة; saddam: صدام; hamud: حمود; hamuda: حمودة; hammad: حماد; hammadi: حمادي
hamdan: حمدان; hamdi: حمدي; abbas: عباس; adil: عادل; afif: عفيف; ajmal: اجمل; alam: علم; alawi: علوي; amjad: امجد
anas: أنس; anis: أنيس; arif: عارف; asad: اسعد; aslam: اسلم; atif: عاطف; awad: عوض; aws: أوس; ayid: عايد; azhar: أزهر
azzam: عزام; badri: بدري; baha: بهاء; bahjat: بهجت; baqir: باقر; baraka: بركة; barakat: بركات; basil: باسل
basim: باسم; bassam: بسام; basir: بصير; bilal: بلال; bishr: بشر; burhan: برهان; dahir: ضاهر; dhiab: ذياب; dost: دوست
fadi: فادي; fahd: فهد; fahmi: فهمي; fakhri: فخري; fakhr: فخر; falah: فلاح; faraj: فرج; farid: فريد; faris: فارس
farhan: فرحان; farhat: فرحات; fathi: فتحي; fath: فتح; fauzi: فوزي; fawaz: فواز; fawwaz: فوّاز; fikri: فكري; fuad: فؤاد
ghanim: غانم; ghassan: غسان; ghazi: غازي; ghiyath: غياث; gul: گل; habash: حبش; hadi: هادي; hajj: حاج; hamas: حماس
hamidi: حامدي; hanafi: حنفي; hani: هاني; hanif: حنيف; haq: حق; haqqi: حقي; harun: هارون; hashmat: حشمت; hatim: حاتم
hayat: حياة حيات; hazim: حازم; hikmat: حكمت; hilal: هلال; hilmi: حلمي; hurayra: هريرة; husam: حسام; husni: حسني
ihab: إيهاب; ihsan: إحسان; ikram: إكرام; ilyas: إلياس; inam: إنعام; irfan: عرفان; isam: عصام; iskandar: اسكندر
ismat: عصمت; itidal: اعتدال; iyas: إياس; jabr: جبر; jad: جاد; jaafar: جعفري; jalil: جليل; jamil: جميل; jarrah: جراح
jasim: جاسم; jassem: جسام; jibril: جبريل; jumaa: جمعة; junayd: جنيد; kadhim: كاظمي; kamil: كامل; karam: كرم
karimi: كريمي; khadem: خادم; khadim: خدام; khalaf: خلف; khalil: خليل; khalis: خالص; khatib: خطيب; khayr: خير
khayri: خيري; khayrallah: خيرالله; khidr: خضر; kifah: كفاح; labib: لبيب; luay: لؤي; lutf: لطف; maan: معن
mahfuz: محفوظ; mahir: ماهر; maki: مكي; mamduh: ممدوح; mamun: مأمون; manaf: مناف; mani: مانع; maruf: معروف
marzuq: مرزوق; mashal: مشعل; masri: مصري; maysar: ميسر; mazlum: مظلوم; midhat: مدحت; mir: مير; mirza: ميرزا
misbah: مصباح; muadh: معاذ; muammar: معمر; muayyad: مؤيد; mufid: مفيد; muhannad: مهند; muhyi: محيي محي; mujahid: مجاهد
mumin: مؤمن; munaf: منيف; munim: منعم; murtada: مرتضى; musab: مصعب; muslim: مسلم; mutasim: معتصم; muthanna: مثنى
muti: مطيع; muwaffaq: موفق; muzaffar: مظفر; muzahim: مزاحم; naif: نايف; naim: نعيم; naji: ناجي; najib: نجيب; najm: نجم
namir: نمر; nashat: نشأت; nasim: نسيم; nassar: نصار; nawaf: نواف; nawfal: نوفل; nazar: نظر; nazih: نزيه; nazim: ناظم
nazir: نذير; nazmi: نظمي; niamat: نعمت; nuh: نوح; numan: نعمان; nuri: نوري; othman: عثمن; qadhafi: قذافي القذافي
qadri: قدري; qandil: قنديل; qassim: قسام; quddus: قدوس; qudrat: قدرت; qusay: قصي; qutb: قطب; rabbani: رباني
radi: راضي; radwan: رضوان; rafi: رافع; raghib: راغب; rahimi: رحيمي; raid: رائد; rajab: رجب; ramzi: رمزي; rashad: رشاد
rasul: رسول; rawi: راوي; riad: رياد; rihab: رحاب; rukn: ركن; saadi: سعدي; sabah: صباح; sabir: صابر; sadun: سعدون
safa: صفاء; safi: صافي; sahraoui: صحراوي; sajjad: سجاد; sakhr: صخر; salah: صلاح; salama: سلامة; sami: سامي
samih: سميح; saqr: صقر; sattar: ستار; saud: سعود; shaban: شعبان; shadi: شادي; shafi: شافعي; shahin: شاهين
shahzad: شهزاد; shams: شمس; shaykh: شيخ الشيخ; shawkat: شوكت; shawqi: شوقي; shibl: شبل; shukri: شكري; siddiq: صديق
sinan: سنان; subhi: صبحي; sufyan: سفيان; sultan: سلطان; taj: تاج; tal: تل; talal: طلال; talha: طلحة; taqi: تقي
tarif: طريف; tawfiq: توفيق; tawwab: تواب; taysir: تيسير; thamir: ثامر; ubayd: عبيد; udah: عودة; urabi: عرابي
wadi: وديع; wafiq: وفيق; wajih: وجيه; waliullah: وليالله; wasfi: وصفي; wathiq: واثق; wazir: وزير; wisam: وسام
yaman: يمان; yamin: يامين; yazid: يزيد; zafar: ظفر; zaidan: زيدان; zain: زين; zakir: ذاكر; zaman: زمان
zarqawi: زرقاوي; zia: ضياء; sana: سناء; layla: ليلى; amal: أمل; amina: أمينة; huda: هدى; hanan: حنان; iman: إيمان
khadija: خديجة; nada: ندى; nadia: نادية; najwa: نجوى; rana: رنا; rania: رانيا; rasha: رشا; samira: سميرة; sara: سارة
suad: سعاد; wafa: وفاء; baghdadi: بغدادي; tikriti: تكريتي; duri: دوري; jaburi: جبوري; tunisi: تونسي; libi: ليبي
shami: شامي; yamani: يماني; iraqi: عراقي; kuwaiti: كويتي; afghani: أفغاني; kurdi: كردي; turkmani: تركماني
jazairi: جزائري; maghribi: مغربي; halabi: حلبي; dimashqi: دمشقي; maqdisi: مقدسي; khurasani: خراساني
kandahari: قندهاري; kabuli: كابلي; balkhi: بلخي; ansari: أنصاري; ansar: أنصار; houthi: حوثي; makhluf: مخلوف
shalish: شاليش; hariri: حريري; hashimi: هاشمي; qurashi: قرشي; council: مجلس; relief: إغاثة الإغاثة; foundation: وقف
muslimin: مسلمين; mujahidin: مجاهدين; sunna: سنة; arab: عرب; bilad: بلاد; sudan: سودان; egyptian: مصرية; jazira: جزيرة
qaida: قاعدة; tawhid: توحيد; dawa: دعوة للدعوة; hijra: هجرة; ittihad: اتحاد; nusra: نصرة; maghrib: مغرب; fi: في
and: و; contracting: مقاولات للمقاولات; import: استيراد للاستيراد; export: تصدير والتصدير; transport: نقل للنقل
money: أموال الأموال; services: خدمات للخدمات; brothers: اخوان; sons: أولاد وأولاده; factory: مصنع; cement: اسمنت
steel: حديد; port: ميناء; telecommunications: اتصالات للاتصالات; electronics: إلكترونيات; hospital: مستشفى
medical: طبية
"""
"""`latin: form form; latin: form`, several to a line."""
