"""Japanese surnames in kanji and in Latin letters, and given names in Latin letters: common ones."""

from __future__ import annotations

from typing import Final

from privacy.redaction.lists import words

SURNAMES: Final = words(
    """
    佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 斉藤 齋藤 清水 山崎 山﨑 森 池田 橋本 阿部 石川 石井 小川 前田 岡田 長谷川
    藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 中野 三浦 原田 中川 松田 竹内 小野 田村 中山 和田 石田 森田 上田 原 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野
    小島 工藤 谷口 今井 高田 増田 丸山 杉山 村田 大塚 新井 小山 平野 河野 藤本 野口 武田 松井 千葉 菅原 岩崎 木下 久保 佐野 野村 松尾 市川 菊地 菊池 杉本 古川 大西 島田 水野 桜井 櫻井
    高野 吉川 山内 西田 西川 北村 五十嵐 安田 中田 川口 平田 川崎 本田 久保田 吉村 飯田 中島 中嶋 辻 関 川上 永井 松岡 山下 大橋 田口 服部 岩田 土屋 樋口 福島 秋山 永田 浅野 内田
    大久保 小池 早川 望月 星野 荒木 熊谷 小松 松村 須藤 大谷 上野 石原 浜田 濱田 東 堀 西 南 北 金 岡 谷 泉 浅井 荒井 黒田 宮田 尾崎 大石 森本 小西 松下 矢野 片山 吉岡 岡崎 栗原
    広瀬 廣瀬 成田 内藤 三宅 川村 大島 大森 松浦 沢田 澤田 小田 今村 田辺 石橋 本間 中西 岩本 福井 山中 川島 白石 柳田 篠原 馬場 平井 横田 奥村 児玉 神田 津田 竹中 小泉 甲斐 柏木 関口
    新田 相沢 榎本 梅田 大竹 片岡 鎌田 河合 川合 川端 北川 日高 藤岡 堀内 堀江 町田 三好 宮川 向井 村井 村松 森下 柳 矢島 山根 山岸 山岡 湯浅 吉野 若林 渡部 足立 天野 荒川 石塚 稲垣
    上村 江口 大川 大沢 大澤 落合 小倉 小原 川田 河村 神谷 岸 岸本 木原 黒木 小谷 佐伯 坂口 桑原 塩田 白井 杉浦 関根 高山 竹田 谷川 土井 徳田 戸田 豊田 長田 長尾 永野 西尾 西山 西岡
    野田 野崎 萩原 長谷部 畠山 花田 浜口 浜崎 平山 深沢 福本 福岡 星 細川 本多 牧野 松原 松永 水谷 宮下 宮内 宮城 武藤 村山 安部 八木 柳沢 山川 山村 米田 和泉 大和田 加納 比嘉 金城
    島袋 仲村 与那嶺 知念 玉城 大城 宮里 上原 新垣 黒川 小笠原 氏家 及川 佐久間 菅野 渋谷 渋江 髙橋 髙木 髙田 桐山
    """
)
# Surnames that are also everyday words or places: only with さん or the like, or a cue before them.
DOUBLE: Final = words(
    """
    金子 木下 石橋 小池 大橋 平野 林 森 原 東 西 南 北 金 岡 谷 泉 関 堀 辻 星 岸 柳 千葉 福島 福井 福岡 宮崎 宮城 石川 長崎 徳島
    """
)
ROMAN_SURNAMES: Final = words(
    """
    sato satou satoh suzuki takahashi tanaka ito itou itoh watanabe yamamoto nakamura kobayashi kato katou
    katoh yoshida yamada sasaki yamaguchi matsumoto inoue kimura hayashi saito saitou saitoh shimizu yamazaki
    yamasaki mori ikeda hashimoto abe ishikawa ishii ogawa maeda okada hasegawa fujita goto gotou kondo kondou
    murakami endo endou aoki sakamoto fukuda ota oota ohta nishimura fujii kaneko okamoto fujiwara nakano miura
    harada nakagawa matsuda takeuchi ono oono ohno tamura nakayama wada ishida morita ueda hara shibata sakai
    miyazaki yokoyama takagi ando andou miyamoto kojima kudo kudou taniguchi imai takada masuda maruyama
    sugiyama murata otsuka ohtsuka arai koyama hirano kono kouno fujimoto noguchi takeda matsui chiba sugawara
    iwasaki kinoshita kubo sano nomura matsuo ichikawa kikuchi sugimoto furukawa onishi ohnishi shimada mizuno
    sakurai takano yoshikawa yamauchi nishida nishikawa kitamura igarashi yasuda nakata kawaguchi hirata
    kawasaki honda kubota yoshimura iida nakajima nakashima tsuji seki kawakami nagai matsuoka yamashita ohashi
    taguchi hattori iwata tsuchiya higuchi fukushima akiyama nagata asano uchida okubo koike hayakawa mochizuki
    hoshino araki kumagai komatsu matsumura sudo otani ohtani ueno ishihara hamada higashi hori oka tani izumi
    asai kuroda miyata ozaki oishi morimoto konishi matsushita yano katayama yoshioka okazaki kurihara hirose
    narita naito miyake kawamura oshima omori matsuura sawada oda imamura tanabe ishibashi homma honma
    nakanishi iwamoto fukui yamanaka kawashima shiraishi shinohara baba hirai yokota okumura kodama kanda tsuda
    takenaka koizumi kai kashiwagi sekiguchi nitta enomoto umeda otake kataoka kawai kitagawa hidaka horie
    machida miyoshi miyagawa mukai murai muramatsu morishita yanagi yajima yamane yamagishi yamaoka yuasa
    yoshino wakabayashi adachi amano arakawa ishizuka inagaki uemura eguchi okawa osawa ochiai ogura kamiya
    kishi kishimoto kuroki kotani saeki sakaguchi kuwahara shirai sugiura sekine takayama tanigawa doi tokuda
    toda toyoda nagao nagano nishio nishiyama nishioka noda nozaki hagiwara hatakeyama hanada hirayama
    fukamachi hosokawa makino matsubara matsunaga mizutani miyashita muto murayama yagi yanagisawa yamakawa
    yamamura higa kinjo oshiro uehara arakaki oikawa kanno shibuya
    """
)
ROMAN_GIVEN: Final = words(
    """
    ai aiko akari aki akihiko akihiro akiko akio akira akiyoshi aoi arata asami asuka atsuko atsushi aya ayaka
    ayako ayane ayano ayumi azusa chie chieko chihiro chika chikako chinatsu chiyo daichi daiki daisuke daigo
    eiji eiko emi emiko eri erika eriko etsuko fumiko fumio fumiya fuyuki gen genta goro haru haruka haruki
    haruko haruna haruto hayato hana hanako hideaki hideki hideko hideo hidetoshi hikari hikaru hinata hiro
    hiroaki hirofumi hiroki hiroko hiromi hiromu hiroshi hiroto hiroyuki hisako hisashi hitomi hitoshi honoka
    ichiro ikuko isamu isao itsuki iwao izumi jiro jun junichi junji junko junpei kaede kana kanako kanata
    kaori kaoru kasumi katsuhiro katsumi katsuya kaito kazue kazuhiko kazuhiro kazuki kazuko kazumi kazuo
    kazuya kazuyuki keiichi keiji keiko keisuke keita ken kenichi kenji kenjiro kenta kentaro kento kimiko
    kiyoko kiyoshi kohei koichi koji kosuke kota kotaro kotone kouji koki koushi kumi kumiko kunio kyoko kyohei
    mai maiko maki makiko makoto mamoru mana manabu manami mao mari mariko marina masaaki masahiko masahiro
    masaki masako masami masanori masao masaru masashi masato masaya masayuki mayu mayuko mayumi megumi mei
    michiko midori mie mieko miho mika mikako miki mikio miku mina minako minami minoru mio misaki misako
    mitsuko mitsuo mitsuru miu miwa miwako miyako miyu miyuki mizuki moe momoka momoko motoki mutsumi nagisa
    nana nanako nanami nao naoki naoko naomi naoto naoya natsuki natsuko natsumi nobuko nobuo nobuyuki noboru
    noriko norio noriyuki nozomi osamu reiko rei reina ren rie rieko rika riko riku rin rina rino risa ryo
    ryoichi ryoji ryoko ryosuke ryota ryu ryuichi ryuji ryuta saburo sachiko sakura saki sanae saori satomi
    satoru satoshi satsuki sayaka sayuri seiichi seiji seiko seiya setsuko shigeki shigeko shigeo shigeru shin
    shingo shinichi shinji shinobu shinya shiori shiro sho shogo shohei shoichi shoji shota shozo shu shuhei
    shuichi shuji shun shunsuke shunta sora sota sumiko susumu suzu tadashi taichi taiki takahiro takako takao
    takashi takaya takayuki takehiko takeo takeru takeshi taku takuma takumi takuya tamaki taro tatsuo tatsuya
    teruko tetsuo tetsuya tetsuro tomoe tomohiro tomoka tomoki tomoko tomomi tomoya tomoyuki toru toshiaki
    toshihiro toshiki toshiko toshio toshiyuki tsubasa tsukasa tsutomu tsuyoshi wakana wataru yasuhiro yasuko
    yasuo yasushi yoichi yoko yosuke yoshie yoshihiro yoshiki yoshiko yoshio yoshito yota yu yua yudai yui
    yuichi yuina yuji yuka yukari yuki yukiko yukio yuko yuma yume yumi yumiko yuri yurie yuriko yusuke yuta
    yutaka yuto yuuki yuya yuzuki
    """
)
# Romanised names that English reads as words.
ROMAN_DOUBLE: Final = words(
    """
    ai aki gen hara hana haru jun kai ken kana mai mao mari mika mei mie moe mori nana naomi oda oka ono ota
    rei ren rin ryu saki sano sho shin sora seki sudo suzu taku toda tani toru wada yu yua hori kubo kono doi
    abe baba erika marina sakura izumi honda suzuki kawasaki yamaha midori nori
    """
)
