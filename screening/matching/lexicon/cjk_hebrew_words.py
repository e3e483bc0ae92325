"""Everyday words of names in Han, Hangul and Hebrew letters, with the Latin word lists print for them.

General vocabulary only (legal forms, trades, provinces and large cities, frequent given names), as in bilingual dictionaries.
"""

from __future__ import annotations


def table(text: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for line in text.strip().splitlines():
        latin, _, forms = line.partition(":")
        for form in forms.split():
            words.setdefault(form, f"{latin.strip()}")
    return words


HAN_WORDS = table(
    """
limited: 有限公司 有限责任公司 有限責任公司 股份有限公司 有限会社 株式会社 公司
group: 集团 集團
technology: 科技 技术 技術
development: 发展 發展 开发 開發
trading: 贸易 貿易 商贸 商貿
international: 国际 國際
electronics: 电子 電子
electric: 电气 電氣 电器 電器
industry: 工业 工業 产业 產業 实业 實業
university: 大学 大學
college: 学院 學院
institute: 研究所 研究院 研究中心
research: 研究
science: 科学 科學
academy of sciences: 科学院 科學院
center: 中心
bank: 银行 銀行
shipping: 航运 航運 船务 船務
logistics: 物流
equipment: 设备 設備 装备 裝備
machine: 机械 機械
precision: 精密
instrument: 仪器 儀器
semiconductor: 半导体 半導體
microelectronics: 微电子 微電子
integrated circuit: 集成电路 積體電路
communication: 通信 通讯 通訊
information: 信息 資訊 资讯
software: 软件 軟體
network: 网络 網絡 网路
computer: 计算机 計算機 电脑
optical: 光学 光學
photonics: 光电 光電
laser: 激光
aviation: 航空
aerospace: 航天
aviation aerospace: 航空航天
space: 空间
aircraft: 飞机 飛機
defense: 国防 國防
shipbuilding: 造船
heavy: 重工
chemical: 化工
petroleum: 石油
energy: 能源
electric power: 电力 電力
nuclear: 核
materials: 材料 新材料
steel: 钢铁 鋼鐵
investment: 投资 投資
holding: 控股
finance: 金融
engineering: 工程
construction: 建设 建設 建筑
manufacturing: 制造 製造
plant: 工厂 制造厂
import export: 进出口 進出口
china: 中国 中國
fujian: 福建 福建省
jiangsu: 江苏 江蘇 江苏省 江蘇省
zhejiang: 浙江 浙江省
shandong: 山东 山東 山东省 山東省
henan: 河南 河南省
hebei: 河北 河北省
hunan: 湖南 湖南省
hubei: 湖北 湖北省
anhui: 安徽 安徽省
jiangxi: 江西 江西省
sichuan: 四川 四川省
guizhou: 贵州 貴州 贵州省 貴州省
yunnan: 云南 雲南 云南省 雲南省
shaanxi: 陕西 陝西 陕西省 陝西省
shanxi: 山西 山西省
gansu: 甘肃 甘肅 甘肃省 甘肅省
qinghai: 青海 青海省
liaoning: 辽宁 遼寧 辽宁省 遼寧省
jilin: 吉林 吉林省
heilongjiang: 黑龙江 黑龍江 黑龙江省 黑龍江省
hainan: 海南 海南省
guangdong: 广东 廣東 广东省 廣東省
beijing: 北京 北京市
shanghai: 上海 上海市
tianjin: 天津 天津市
chongqing: 重庆 重慶 重庆市 重慶市
shenzhen: 深圳 深圳市
guangzhou: 广州 廣州 广州市 廣州市
wuhan: 武汉 武漢 武汉市 武漢市
nanjing: 南京 南京市
hangzhou: 杭州 杭州市
suzhou: 苏州 蘇州 苏州市 蘇州市
wuxi: 无锡 無錫 无锡市 無錫市
xian: 西安 西安市
chengdu: 成都 成都市
hefei: 合肥 合肥市
harbin: 哈尔滨 哈爾濱 哈尔滨市 哈爾濱市
shenyang: 沈阳 瀋陽 沈阳市 瀋陽市
dalian: 大连 大連 大连市 大連市
qingdao: 青岛 青島 青岛市 青島市
jinan: 济南 濟南 济南市 濟南市
zhengzhou: 郑州 鄭州 郑州市 鄭州市
changsha: 长沙 長沙 长沙市 長沙市
xiamen: 厦门 廈門 厦门市 廈門市
ningbo: 宁波 寧波 宁波市 寧波市
dongguan: 东莞 東莞 东莞市 東莞市
foshan: 佛山 佛山市
zhuhai: 珠海 珠海市
kunming: 昆明 昆明市
changchun: 长春 長春 长春市 長春市
fuzhou: 福州 福州市
taipei: 台北 臺北 台北市 臺北市
hsinchu: 新竹 新竹市
kaohsiung: 高雄 高雄市
guangxi: 广西 廣西
xinjiang: 新疆
tibet: 西藏
inner mongolia: 内蒙古 內蒙古
ningxia: 宁夏 寧夏
hong kong: 香港
macau: 澳门 澳門
taiwan: 台湾 臺灣
national: 国家 國家
intelligent: 智能
system: 系统 系統
service: 服务 服務
industrial: 工業化
medical: 医疗 醫療
biology: 生物
pharmaceutical: 制药 製藥 医药
automobile: 汽车 汽車
digital: 数字 數字
data: 数据 數據
security: 安全
laboratory: 实验室 實驗室
normal university: 师范大学
science technology university: 科技大学
technical university: 理工大学 工业大学
"""
)
HANGUL_WORDS = table(
    """
limited: 주식회사 유한회사
company: 회사 상사
trading: 무역
electronics: 전자
bank: 은행
university: 대학교 대학 종합대학
institute: 연구소 연구원
corporation: 공사
group: 그룹
technology: 기술
industry: 산업 공업
shipping: 해운
construction: 건설
general bureau: 총국
bureau: 국
general: 총
korea: 조선 한국
academy of sciences: 과학원
national defense: 국방
science: 과학
import export: 수출입
insurance: 보험
airlines: 항공
heavy industries: 중공업
steel: 제철
chemical: 화학
center: 중심 센터
international: 국제
development: 개발
machine: 기계
pyongyang: 평양
seoul: 서울
"""
)
HANGUL_SURNAMES = {
    "김": "kim", "이": "ri", "리": "ri", "박": "pak", "최": "choe", "정": "jong", "강": "kang", "조": "jo", "윤": "yun",
    "장": "jang",
    "임": "rim", "림": "rim", "한": "han", "오": "o", "서": "so", "신": "sin", "권": "kwon", "황": "hwang", "안": "an",
    "송": "song",
    "류": "ryu", "유": "yu", "홍": "hong", "전": "jon", "고": "ko", "문": "mun", "손": "son", "양": "yang", "배": "pae",
    "백": "paek",
    "허": "ho", "남": "nam", "심": "sim", "노": "no", "로": "ro", "하": "ha", "곽": "kwak", "성": "song", "차": "cha", "주": "ju",
    "우": "u", "구": "ku", "나": "na", "라": "ra", "민": "min", "진": "jin", "엄": "om", "원": "won", "천": "chon", "방": "pang",
    "현": "hyon", "렴": "ryom", "량": "ryang", "태": "thae", "명": "myong", "변": "pyon", "길": "kil", "표": "pyo", "지": "ji",
}  # fmt: skip
KOREAN_SURNAMES = tuple(
    frozenset(group.split("/"))
    for group in (
        "i/ri/li/lee/yi/rhee rim/lim/im/yim ryu/yu/yoo/lyu/liu/you ro/no/noh/roh/rho ra/na/la ryang/yang/liang/lyang "
        "ryo/yo/yeo ryom/yom/yeom jo/cho/jou jong/chong/jung/chung/jeong/cheong jang/chang jon/chon/jun/chun/jeon/cheon "
        "choe/choi/choy/chae pak/park/bak/pack kim/gim o/oh/au u/woo/wu/ou sin/shin so/seo/suh/soh sim/shim ku/koo/gu/goo "
        "ko/go/koh/goh kwon/gwon kang/gang ha/hah ho/heo/huh/hur hwang/whang an/ahn han/hahn pae/bae/pai "
        "paek/baek/paik/baik kwak/gwak mun/moon son/sohn om/eom/um won/weon pang/bang hyon/hyeon/hyun "
        "thae/tae myong/myeong pyon/byeon/byun kil/gil ju/joo/chu/choo ji/chi/jee min/meen song/seong/sung nam/nahm"
    ).split()
)
"""Korean surnames as South and North, officials and families spell them: with or without the initial r, g for k, and so on."""
HEBREW_WORDS = table(
    """
company: חברת
limited: בעמ
bank: בנק
israel: ישראל
yitzhak: יצחק
yosef: יוסף
moshe: משה
david: דוד
avraham: אברהם
yaakov: יעקב
shlomo: שלמה
shimon: שמעון
benjamin: בנימין
daniel: דניאל
michael: מיכאל
cohen: כהן
levi: לוי
ben: בן
vladimir: ולדימיר
muhammad: מוחמד
ahmad: אחמד
"""
)
