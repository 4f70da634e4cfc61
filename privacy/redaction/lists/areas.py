"""Japan's prefectures with their regions, cities with their prefectures, and places abroad: what an area stands for."""

from __future__ import annotations

from typing import Final

from privacy.redaction.lists import words

REGIONS: Final = {
    "北海道": ("Hokkaido", "北海道"),
    "東北": ("the Tohoku region", "青森 岩手 宮城 秋田 山形 福島"),
    "関東": ("the Kanto region", "茨城 栃木 群馬 埼玉 千葉 東京 神奈川"),
    "中部": ("central Japan", "新潟 富山 石川 福井 山梨 長野 岐阜 静岡 愛知"),
    "近畿": ("the Kinki region", "三重 滋賀 京都 大阪 兵庫 奈良 和歌山"),
    "中国地方": ("western Honshu", "鳥取 島根 岡山 広島 山口"),
    "四国": ("Shikoku", "徳島 香川 愛媛 高知"),
    "九州": ("Kyushu", "福岡 佐賀 長崎 熊本 大分 宮崎 鹿児島"),
    "沖縄": ("Okinawa", "沖縄"),
}
REGION_OF: Final = {prefecture: region for region, (_, names) in REGIONS.items() for prefecture in names.split()}
CITIES: Final = {
    "北海道": "札幌 函館 旭川 釧路 根室 小樽 室蘭 網走 稚内 帯広 紋別 苫小牧 羅臼 厚岸",
    "東北": "仙台 盛岡 石巻 気仙沼 女川 宮古 釜石 大船渡 陸前高田 久慈 八戸 弘前 青森市 郡山 いわき 会津若松 塩釜 塩竈 酒田 鶴岡 南三陸 松島",
    "関東": "東京 新宿 渋谷 品川 横浜 川崎 さいたま 銚子 館山 勝浦 水戸 つくば 宇都宮 前橋 高崎 横須賀 三崎 鎌倉 柏 船橋 八王子 霞ヶ浦",
    "中部": "名古屋 静岡市 浜松 清水 焼津 沼津 伊豆 金沢 七尾 輪島 小浜 敦賀 新潟市 佐渡 松本 長野市 富士宮 富士 甲府 豊田 豊橋 岡崎 氷見 魚津 安曇野 能登",
    "近畿": "大阪市 京都市 神戸 姫路 尼崎 西宮 堺 奈良市 和歌山市 串本 尾鷲 志摩 鳥羽 伊勢 津市 四日市 明石 淡路 彦根 舞鶴 白浜 枚方 鈴鹿",
    "中国地方": "広島市 福山 呉 尾道 岡山市 倉敷 下関 萩 境港 米子 松江 浜田 隠岐 宇部 防府 廿日市",
    "四国": "松山 宇和島 今治 愛南 八幡浜 新居浜 高松 高知市 宿毛 土佐清水 須崎 鳴門 引田 徳島市 丸亀 四万十",
    "九州": "福岡市 博多 北九州 久留米 長崎市 佐世保 対馬 五島 壱岐 平戸 唐津 天草 八代 熊本市 大分市 佐伯 津久見 延岡 串間 日南 鹿児島市 鹿屋 垂水 長島 枕崎 奄美 牛根 別府 玄海 島原 諫早",
    "沖縄": "那覇 石垣 宮古島 名護 うるま 糸満 伊江島 久米島",
}
ROMAN: Final = {
    "北海道": "Hokkaido Sapporo Hakodate Asahikawa Kushiro Nemuro Otaru Obihiro Abashiri Wakkanai Tomakomai",
    "東北": "Aomori Iwate Miyagi Akita Yamagata Fukushima Sendai Morioka Ishinomaki Kesennuma Onagawa Kamaishi Ofunato Hachinohe Tohoku Iwaki Miyako",
    "関東": "Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa Yokohama Kawasaki Choshi Tateyama Shinjuku Shibuya Minato-ku Mito Tsukuba Yokosuka",
    "中部": "Niigata Toyama Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Nagoya Hamamatsu Yaizu Numazu Kanazawa Fujinomiya Tsuruga Matsumoto Noto",
    "近畿": "Mie Shiga Kyoto Osaka Hyogo Nara Wakayama Kobe Himeji Kushimoto Owase Shima Toba Ise Akashi Awaji Maizuru",
    "中国地方": "Tottori Shimane Okayama Hiroshima Yamaguchi Fukuyama Kure Onomichi Shimonoseki Sakaiminato Yonago",
    "四国": "Tokushima Kagawa Ehime Kochi Matsuyama Uwajima Imabari Ainan Takamatsu Sukumo Susaki Naruto Yawatahama",
    "九州": "Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Hakata Kitakyushu Sasebo Tsushima Goto Iki Hirado Karatsu Amakusa Saiki Nobeoka Nichinan Kanoya Tarumizu Beppu",
    "沖縄": "Okinawa Naha Ishigaki Miyakojima Nago Uruma",
}
ROMAN_REGION: Final = {name: region for region, names in ROMAN.items() for name in names.split()}
CITY_REGION: Final = {name.removesuffix("市"): region for region, names in CITIES.items() for name in names.split()}
# Names that are whole regions or seas already, and say no more than the generalised word would.
BROAD: Final = words(
    """
    日本 東北 関東 関西 中部 近畿 九州 四国 北陸 東海 山陰 山陽 中国 中国地方 東日本 西日本 南日本 北日本 太平洋 日本海 大西洋 インド洋 東シナ海 瀬戸内海 瀬戸内 オホーツク海 地中海 北海
    アジア 東南アジア ヨーロッパ 欧州 アフリカ 北米 南米 中南米 中東 オセアニア 北極 南極 本州 首都圏 沿海 地球 月 江戸 大和 倭 和 唐 漢 西洋 東洋 欧米 北欧 信越 甲信越 中京 阪神 京浜
    道東 道南 道北 道央 三陸 黒潮 親潮 世界 国内 海外 アメリカ大陸 シルクロード 中華 大陸 アラブ ラテン ユーラシア カリブ海 北半球 南半球 赤道 火星 金星 土星 木星 太陽
    """
)
# Places abroad an author may be found by; in running English they need no cue.
ABROAD: Final = words(
    """
    Bergen Trondheim Tromsø Tromso Stavanger Oslo Ålesund Alesund Bodø Bodo Hammerfest Kristiansund Hitra Frøya
    Froya Lofoten Harstad Copenhagen Aarhus Aalborg Stockholm Gothenburg Malmö Helsinki Turku Reykjavik
    Akureyri Tórshavn Torshavn Edinburgh Glasgow Aberdeen Inverness Shetland Orkney Skye Oban Lerwick Ullapool
    London Manchester Birmingham Liverpool Leeds Bristol Brighton Oxford Cambridge Cardiff Swansea Belfast
    Dublin Galway Cork Limerick Donegal Paris Lyon Marseille Bordeaux Nantes Lille Toulouse Brest Berlin Munich
    Hamburg Frankfurt Cologne Stuttgart Düsseldorf Leipzig Bremen Vienna Salzburg Zurich Zürich Geneva Basel
    Bern Amsterdam Rotterdam Utrecht Eindhoven Brussels Antwerp Ghent Madrid Barcelona Valencia Seville Vigo
    Bilbao Malaga Lisbon Porto Rome Milan Naples Turin Venice Bologna Genoa Athens Thessaloniki Istanbul Ankara
    Izmir Warsaw Krakow Gdansk Prague Budapest Bucharest Sofia Kyiv Moscow Murmansk Boston Chicago Seattle
    Portland Denver Houston Dallas Phoenix Atlanta Miami Philadelphia Detroit Minneapolis Cleveland Pittsburgh
    Baltimore Tampa Orlando Nashville Memphis Milwaukee Sacramento Oakland Anchorage Juneau Honolulu Vancouver
    Toronto Montreal Calgary Ottawa Halifax Winnipeg Edmonton Victoria-BC Sydney-NS Melbourne Brisbane Perth
    Adelaide Hobart Darwin Canberra Auckland Wellington Christchurch Dunedin Nelson-NZ Santiago-CL Valparaíso
    Valparaiso Chiloé Chiloe Aysén Concepción Bogotá Lima-PE Quito Caracas Guayaquil Brasília Seoul Busan
    Incheon Jeju Beijing Shanghai Shenzhen Guangzhou Hangzhou Chengdu Wuhan Qingdao Dalian Xiamen Fuzhou Taipei
    Kaohsiung Taichung Bangkok Phuket Hanoi Saigon Danang Manila Cebu Davao Jakarta Surabaya Bali Penang Johor
    Mumbai Delhi Bangalore Bengaluru Chennai Hyderabad Kolkata Pune Kochi-IN Karachi Lahore Dhaka Colombo Dubai
    Doha Riyadh Cairo Lagos Nairobi Accra Johannesburg Durban Tasmania Hokkaidō Ontario Quebec Québec Manitoba
    Alberta Saskatchewan California Oregon Alaska Idaho Montana Nevada Arizona Texas Oklahoma Kansas Nebraska
    Iowa Minnesota Wisconsin Illinois Michigan Ohio Indiana Kentucky Tennessee Alabama Mississippi Louisiana
    Arkansas Missouri Florida Massachusetts Connecticut Maine Vermont Delaware Maryland Pennsylvania Hawaii
    Utah Colorado Wyoming Yorkshire Cornwall Devon Kent Sussex Norfolk Suffolk Lancashire Cumbria Dorset
    Hampshire Brittany Normandy Bavaria Tuscany Sicily Sardinia Catalonia Andalusia Galicia
    """
) - words(
    """
    Victoria-BC Sydney-NS Nelson-NZ Santiago-CL Lima-PE Kochi-IN Phoenix
    """
)
