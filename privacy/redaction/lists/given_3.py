"""Given names of many lands in plain letters, kabeer to pius, from the locales of Faker.

Faker is copyright (c) 2012 Daniele Faraglia and contributors, under the MIT licence: permission is granted to use, copy, modify
and distribute, provided that this notice is kept; without warranty of any kind.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = """
    kabeer kabir kabiru kacey kachela kaci kacie kacper kacung kacy kada kade kadeem kaden kadence kader kadijah
    kadin kadir kadri kadyn kaeden kael kaela kaelyn kaelynn kafeel kahina kahir kahlil kaia kaiden kaila kailee
    kailey kailyn kaique kairav kaiser kaitlin kaitlyn kaitlynn kaiya kaja kajen kajetan kajji kajus kakali kaktus
    kala kalbi kaldi kaleb kaleem kaleema kaleena kaleigh kalel kalen kalene kalgay kali kalie kalim kalina
    kaliyah kalla kallie kalman kalmann kalmar kalpit kaltrina kaluwa kalvin kalyn kamar kamari kamaria kambali
    kamden kameron kami kamidin kamilah kamilla kamilly kamma kamolchanok kamora kamran kamren kamron kamryn kamya
    kana kanak kanda kandace kandef kandi kandice kandy kane kanesha kani kania kanisha kanpulat kanye kaombwe
    kaori kapagan kapitola kaprasius kara karaamat karabas karaca karaer karakucak karam karama karan karanbay
    karatas karcan kardelen kardi kare kareen karel karie karimah kariman karine karis karissa karitas karja
    karkur karlee karlene karles karley karlfried karlheinz karli karlie karlijn karlina karlinna karlis karlo
    karlotta karlukhan karly karma karman karmen karna karo karol karola karolin karoline karolis karolyn karon
    karren karri karrie karsa karsana karson karsyn karta karter kartika karvel karya karyl karyme karyn kasam
    kasandra kasen kasey kash kashan kashangaki kashif kashish kashvi kasie kasif kasim kasimir kasiran kasiyah
    kaskazi kason kaspar kaspars kassandra kassidy kassie kastiel kastriot kasusra kata katalin katarinus
    katarzyna katcha katelin katelyn katelynn katerina kathaleen katharina katharine katharyn kathe katherin
    katherina kathern katheryn kathey kathi kathie kathinka kathlene kathlyn kathrine kathryne kathyrn kati katia
    katica katina katinka katla katlin katlyn katlynn kato katrin katriona kattie katy kauthar kaver kavon kavurt
    kavya kawaca kawaya kawkab kawthar kaya kayagun kaycee kayden kaydence kaye kaygusuz kayla kaylah kaylan
    kayleen kayleigh kaylen kaylene kayley kayli kaylie kaylin kaylyn kaylynn kayrabay kaysan kayson kayun kazi
    kazim kazime kazimierz kazimir kazuko kazuo kazuya keagan kealan keandre keanna keano keanu keara keaton kecia
    keegan keelan keeley keena keenan keenen keesha keeva kefser kegan keifer keila keion keira keji kelami kelan
    kelby kelcie keld kelechi keli kelis kellan kellee kellen kelley kelli kellie kelsea kelsey kelsi kelsie
    kelton kemal kemba kenan kenari kendal kendall kendell kendrick kenia kenichi kenisha kenji kenley kenn kenna
    kennard kennedi kenney kennith kennth kenter kenton kenyangi kenyatta kenyon kenzie keon keran keri kerim
    kerime kerman kermit kerri kerrie kerwin kesha keshaun keshawn keshia kestutis kete ketilbjorg ketilbjorn
    ketill kevan keven kevim kevon keya keyaan keyla keyon keyshawn kezban kezia khaalid khaan khadidja khadijah
    khaled khalil khalilah khamani khamisi khanyisile khari khiry khloe khoa kiaan kiah kian kiana kiandra kianna
    kiapo kiaran kiarra kibafupia kibar kibibi kiburi kiddy kiefer kiel kiera kiernan kierra kiersten kieth kifaye
    kijana kijani kike kikelomo kiki kiley kilian kiljan killian kimball kimber kimberely kimberlee kimberley
    kimberli kimberlie kimbilio kimora kimya kinaya kindra kingston kinley kinsey kinsley kinte kinubi kiojah
    kipenzi kipepeo kipp kipras kira kiramettin kirby kirstie kirstin kirstine kirt kisha kisima kitan kittie
    kiume kiwara kiya kiyasi kiyoko kiyoshi kizzie kizzy kjalar kjallakur kjalvor kjaran kjarr kjartan kjarval
    kjeld kjersti kjetil kjoi klaas kladia klare klaudia klaudie klavdija klavs klemen klemens klement klementina
    klemenz kleopatra kliment kloe klothilde knorr knox knud knute knutur koby kocabas kocak kockan koda
    kodchaporn kody koen kofi koggi kojo koker koko koktas kolawole kolbeinn kolbjorg kolbjorn kolbra kolbrun
    kolby koldan koldis kole kolfinna kolfinnur kolfreyja kolgrima kolgrimur kolka kolmar koloman kolskeggur
    kolten kolton kolur koncagul kondo konguralp konkordia konner konnor konny konradi konradus konstanty
    konstanze konul kopan kopur koray korbin korbinian kordell kordula korede korey kori korinna korka korkmazalp
    kormakur kornel kornelia kornelija kornelius kort kortney korugan kory kosemen kosukhan kotryna kotuz kourtney
    kovu kraig kraki kreszentia kreszenz kria kriemhild kris krish krisha krisjanis kriss krissy krista kristal
    kristall kristan kristaps kristberg kristbergur kristbjorg kristbjorn kristborg kristdor kristel kristens
    kristensa krister kristers kristey kristfinnur kristgeir kristi kristiana kristiane kristianna kristie
    kristiina kristijan kristinn kristjan kristjana kristjon kristjona kristlaug kristlaugur kristleifur kristlin
    kristlind kristmann kristmar kristmundur kristny kristof kristolina kristopher kristros kristrun krists
    kristupas kristvaldur kristveig kristvin kristvina kristyn kristyna kritika krummi krysta krystal krysten
    krystian krystin krystina krystle krystof krystyna ksawery ksenija kubran kuchanua kuddusi kujoe kujtim kulnun
    kumiko kumral kumush kunaporn kuncara kunibert kunigunda kunigunde kuno kunta kunthara kurnia kursad kurunzi
    kushtrim kusiima kusuma kutay kutgun kutun kveldulfur kveta kvetoslav kvetoslava kwabena kwadwo kwaku kwamena
    kwasi kweku kweli kwesi kyan kyano kyara kyla kylah kylan kylee kyleigh kylene kyler kylie kymani kyosuke kyra
    kyree kyrie kyson laban labeeb labib labinot labuh laci lacie lacramioara lada ladarius laddie ladina ladislau
    ladislaus ladislav ladislava ladli ladonna laeeq laetitia lafayette lafe lahiah lahoma laia laika laila lailah
    lailati laimonis lainey laini laiq lais laisha laith lajita lajlaj lakeisha laken lakendra lakesha lakeshia
    lakisha laksana laksh lakshit lala lale lalita lalla lalo lamar lamarcus lambert lamberto lamine lamont
    lamonte lanang landan landen landin lando landon landyn lanette langgeng lani lanie lanita lanjar lannie lanny
    lantar laoise laqeet laquan laquita larae laraine laras larensina larent larentius laretta larey larisa larkin
    laron larue larus lary lascar lashanda lashawn lashonda lashunda lasmanto lasmono lasonya lasse lassie laswi
    latanya latarsha latasha lateef latesha latif latifah latika latisha latonia latonya latoria latosha latoyia
    latrell latrice latricia latrina laufar laufey laufhildur lauga laugey laugi launa laurance laure laureano
    laureen laurene laurens laurenz lauretta laurette lauri laurian lauriane laurin laurine lauris laurita laurits
    lauritz lauryn laurynas laus laust lavada lavanya lavar lavelle lavenia lavera lavern laverna laverne lavina
    lavize lavon lavona lavonda lavonia lavonne lawanda lawerence lawrance lawrence lawrencia lawson lawton laylah
    laylo layne layth layton lazar lazaro laze laziz lazzaro leala leamon leana leander leandra leane leann leanna
    leano leart leatha leatrice leda ledun leeann leela leena leeroy leesa lega legawa leia leifur leighton
    leiknir leikny leilani leire leisa leisha leitha leja lejla leke lekha lela lelah lelar lelia lella lembah
    lemma lemmie lempi lemuel lenard lene leni lenka lenn lenna lennard lennarth lennie lennon lenny lenon lenora
    lenord lenore lenwood leocadia leocadio leokadia leola leoma leona leonce leoncio leone leonel leonhard leoni
    leonia leonid leonidas leonora leonore leons leontin leontina leontine leopolda leopoldina leopoldine leopoldo
    leora leordean leos leota lera lere lerze lesa lesana lesia leslee lesley lesli lesly lessie lesta leszek leta
    letha lethia leticija letitia letizia letta letty leva levar levern levi levie levin levina levon levoslav
    lexi lexie lexis lexus leyla leyli leyre lezize lian liana liane lias liba liban libbie libby liberto libni
    libor libusa libuse lica licia lida liddie lidie lidija lidwina lidya lieke liene liepa liesa liesbeth
    lieschen liesel lieselotte lieve lifdis liga lige ligia ligita lilah lilburn lili lilia liliana liliane
    lilianna lilie lilija lilijana lilita lilja liljana liljar liljuros lill lilla lillard liller lilli lillia
    lilliana lillianna lillie lillis lilly lilo lilyan lilyana lilyanna liman limar limazah limon linas linberg
    linbjorg lind lindar lindberg lindbergh linddis linde lindell linden lindis lindita lindsey lindy lineik
    linette lingny linh linhildur lini linn linna linnie lino linsey lintang linton linus linwood linzy lioara
    lioba lipika liridon liridona lirim lisabet lisandra lisandro lisanne lisbet lise lisebet liselotte lish lisha
    lisle lissa lissette lissi lissie lissy listalin liston lita litha littie littleton litzy liva livia livio
    liviu liwia liyaaqat liyaqat lizabeth lizbeth lize lizete lizeth lizette lizz lizzie lizzy ljiljana ljosalfur
    ljosbjorg ljosbra ljotunn ljotur ljubica ljubisa ljubov ljudmila ljufur llewellyn lockie loda lodovico loek
    loes lofn loftur loftveig logey logi lohit loic loida lois lokbra loki lola lolita lolla lollie loma lona
    londisizwe londiwe londyn loni lonie lonna lonnie lonny lonzo lopa lora loraine loran lorayne lorcan lorean
    loredana loree loreen lorelai lorelei loreley loren lorene lorens lorenz lorenza loreto loretto lori loria
    loriann lorie lorik lorin lorinda lorine loris lorne lorrayne lorri lorrie lossie lota lotfi lothar lott lotta
    lotte lotti louann louanna louella louetta louie loula lourenco lousie louvenia lovell lovett lovie lovina
    lovisa lovre lovro lowell loyce loyd loyola luan luann luanne luara luay luberta lubomir lubos lucca luce
    lucero lucetta lucette luchino lucho lucian lucie lucienne lucija lucila lucile lucina lucinda lucindy lucio
    lucious lucius lucretia lucrezia luda ludek ludger ludie ludivine ludmilla ludolf ludovic ludovica ludovico
    ludvig ludvik ludwina luella luetta lufen lugenia luhung luigia luigina luise luisina luitgard luiza lujza
    lukita lukka lukman lula lulah lular lulie luljeta lulla lulu luluh lulut lulzim lumir luna lundi lungile
    lunna lupe lupita luqmaan luqman lura lurana lurena lurhur lurline lusia lusinda lutf lutfan lutfi luther
    luthfi lutie lutz luuk luvenia luverne luvinia luvisa luwar luwes luyanda luzia luzie luzius lwandile lyda
    lydell lyla lylah lyman lyna lyndia lyndon lyndsay lyndsey lynette lyngar lynne lynnette lynsey lynwood
    lytingur maahir maaike maajid maalik maanas maanav maarten maartje maawiya maaya maaz maazin mabad mabell
    mabelle mabil mable macarena macaria macario macarthur macauley macel maceo machelle maci macide macie maciej
    mack mackenzie macs macy madaha madalena madalin madalina madaline madalyn madalynn madani madara maddalena
    maddison maddox maddux maddy madelene madelief madeline madelyn madelynn madge madhav madhavi madie madilyn
    madilynn madina madini madisen madisyn madiyan madlen madlyn madoa madonna madora madyan madyson maebell
    maebelle maegan mael maelle maeva mafalda maftuna magan magarete magdalen magdalene magen magga maggey maggi
    maggie maggy magna magndis magnea magnes magney magngeir magnhildur magni magnusina magny magret magrit mahad
    mahala mahali mahalia mahalie mahaz mahbeer mahboob mahbub mahdee mahdi mahdy maheen maher mahesa mahfooz
    mahfud mahfuj mahfuz mahigul mahika mahir mahja mahlon mahmood mahmud mahmut mahnaz mahsun mahter mahulena
    maia maida maidis maie maighread maija maik maike maiken maimunah maira maire mairead mairin mairtin maisha
    maisol maite maiya maja majani majd majdi majdy majeed majella majken makai makaila makala makan makara
    makayla makeen makena makenna makenzie makhi makini maks maksim maksimiljan maksude maksur maksymilian makunga
    makuta makuu mala malachi malachy malak malakai malaki malaya malcom malea maleah malen malena malene
    malgorzata malhildur malia maliah malika malina malinda malissa malissie maliyah maliza malla malle mallie
    mallorie malorie malou malte malthe malvin malvina malwina maman mame mamen mamie mammie mamun manabu manadis
    manaf manah manan manbir manca manda mandi mandie mandla mandlakhe manel manerva manervia manford mani manie
    manilla manja manley mannie manola manole manolo manon mansfield manson mansurali mantas mante manthan manu
    manuelita manuella manus manya maqsud mara maralyn maranda maras marbjorn marcantonio marcelina marceline
    marcelino marcell marcella marcelle marcellus marchello marcheta marci marcial marciano marcie marcio marcu
    marcy mardell mardis mareen mareike mareile mareks marel marela mareli marella maren marese marga margana
    margareta margarete margaretha margarethe margarett margaretta margarette margarida margarite margaritha
    margarito margaud margaux marge margeir margene margeret margery marget margherita margie margit margita
    margitta margo margret margreth margrett margretta margrieta margrimur margrit margrith margrjet marguerite
    margueritte margunnur margurite margus margy mari mariadi mariah mariane marianela mariangela marianita
    mariann marianna maribel maribeth marica maricela maricica maricruz mariechen mariel mariela mariele mariella
    marielle marieluise marietta mariette marija marijan marijana marijn marijon marika mariko marilee marilena
    marilla marilou marilynn marin marinda marinela marinella marinette marini marinka marino marinus marioara
    mariola maris marisa marisela marisol marissa maristela marita marite maritta maritza mariuca mariuerla
    mariusz mariyah marja marjan marjana marjanca marjani marjeta marjon marjona marjory markas markel markell
    marketa markita markrun marla marlana marland marlaug marlee marleen marleigh marlen marlena marley marlie
    marliese marlin marlis marlise marlo marlyn marlyse marni marnie marnita marolina marolyn maron maroof maros
    marques marquez marquis marquise marquita marri marrion marsa marselia marselina marsellius marsha marsibil
    marsilia marsito marsudi martaka martana martani marte marteinn martell marten martez marthe marthen marti
    martika martim martino martirio martyn martynas marus marusa marva marwa marwata maryadi maryann maryanto
    marybelle marybeth maryellen maryjane maryjo marylee marylin maryline marylou marylouise marylyn maryse
    marzena masa masako masao masar maside massinissa masume matas matea matei matej mateja mateus mateusz matevz
    matheo matheus mathew mathews mathijs mathis mati matic matie matija matilde matiss matjaz mato matous matta
    mattea matthaus matthea matthia matthieu matthijs matthilda matthildur matti mattia mattiana mattias mattie
    mattina mattye matunda matus matyas maua maude maudie maura mauricio maurilio maurin maurine maurits maurizio
    maurus maury maurycy mavis mavuno maxi maxie maxime maximiano maximiliano maximino maximo maximus maxwell maxx
    maybell maybelle maye mayme maymie maynard maynur mayo mayra maysa mayte maza mazie mazlum mcarthur mcebisi
    mckayla mckenna mckenzie mckinley meabh meagan meaghan mearl mechelle mechthild mechthilde mechtild mecide
    mecit meda medard medeja medina medora meelis mees mefarettin mefharet megane meggan megha meghan meghana
    meghann mehdiqulu mehdiye mehin mehman mehmed mehmetzahir mehrigul mehrimoh meibh meik meike meinhard meinolf
    meinrad mekhala mekhi mekkin mekkino melaha melania melany melba melchior melchor melek meleknur melichar
    melihcan melikkan melisa melissia melita melitta melkior melkolmur melkorka mell melle mellie mellisa mellissa
    melodee melodie melonie melrakki melros melton melul melva melville melvina melvyn memili mena menachem
    menfeat mengi menguc menisan mensalder meral merba mercer merche merdi merel meret merethe mergim meriem
    merijn merike merilyn merim merita merkur merl merle merlene merlyn merna merri merrie merrilee merrill
    merritt mert mertel mertie merton merva mervin mervyn merwin meryem meryeme merzuk meshur messiah messiana
    mestur mesude mesut meta metha methusalem metin metinkaya metka metod metta mettie metusalem meveddet
    mevludiye mevlut meyer meyhanim meyransa meyvant mezide miah mias micael micayla micha michaele michail
    michala michale micheal micheala michela micheletto michelina micheline michell michelotto michial mickey
    mickie micky miesha mieszko migdalia migle mignon miguela miguelangel miha mihael mihaela mihail mihajlo
    mihels mihhail mihin mihkel mihnea mihrab mihriye mijo mika mikaela mikaelina mikaila mikako mikal mikala
    mikalah mikayla mikel mikelis mikels miki mikjall mikkael mikkalina mikulas mila milada milagros milana milas
    milay milburn milda mildinberg milford milica milissa milka milla millard mille millicent millie milorad milos
    miloslav miloslava milota milou miluse mima mimi mimir mimoza minda mindaugas mindi minenhle minerva minervia
    minibe minna minney minnie minny minodora minoru minta mintie mioara miodrag mirabela miran miray mirbadin
    mircea mirco mirdza mireia mireille mirella mireya miriah miriama mirja mirjam mirjana mirlinda mirna miron
    mirona mironshoh miroslav miroslava miroslaw miroslawa mirra mirsad mirta mirte mirthe mirtie miruna misael
    mischa mishat mislav misra missie misti mistie misuli mitali mitchel mitesh mitica mitra mittie mituru mitzi
    mitzy miya miyesser mizhir mjalldis mjallhvit mjoll mjollnir mjolnir mkarkara mladen mlungisi mnqobi modena
    modesta modesto modis modris modupe moesha moey mofifoluwa mogens mohamad mohamedi mohand mohini mohinur
    mohlaroyim mohsim moises mojca mojisola mojisoluwa mojmir moli mollie momoko monalisa monis monja monna monnie
    monroe monserrat mont montel montgomery montie montrell montserrat mora moradeke morayo mordechai morena
    morenike moreno morgane mori moriah moric morits moritz mork morolake morris mortimer morton mose moshe mosi
    mossie mosunmola motunrayo mouloud mounir mourad mourib moussa moya moyosore mozell mozella mozelle mrihani
    mthokozisi muarra mubariz mubetcel mubina mucahit mucellib mucevher muferrih mufide mufit mugber mugdha muggur
    mugur mugurel muhallil muhamed muhamet muhammadali muhammed muhammet muharrem muhazzim muhima muhip muhiye
    muhsina muhyettin muireann muizza mujde mujur mukbile mukramin mukrume muktedir mulayim mulele muli mulya
    mulyanto mulyono mumpuni mumtaz mumtaze mumtoz munda mundhildur mundina munezzer muni munif muninn munisa
    murad murat muratcan murdock muret murielle murilo murit murl murod murphy murry mursalina mursinin mursita
    murti musa musafet musaffa musemma musfira mushtariy musila muskunaz muslima muslum mustafo mustapha mustika
    mustofa musure mutia mutluhan muvaffak muvahhide muveddet muxlisa muxtar muzaffer muzayyana muzdahir muzdalifa
    muzekker muzhir mwamini mwasaa mwezi myah mychal myer mykel myla mylee myles mylie myranda myriam myrkjartan
    myrkvi myrl myrle myron myrra myrta myrtha myrthe myrtice myrtie myrtis myrun mzamo naadir naail naajy naasih
    naasir naathim naazhim nabeeh nabeel nabhan nabigh nabih nabil nabila nacer nachiket nacho nacio nada nadeem
    nadege nades nadeschda nadeshda nadezda nadhir nadim nadin nadir nadr naeem nael nafasat nafees nafesa nafii
    nafile nafis naglis naiara naib naide naim naima naimh nair naja najair najam najee najeeb najib najuma najwa
    naki nakia nakif nakip nakisha nakita naksh nakul nalan nalar nallely namiq namon nana nanami nanci nancie
    nandini nando nanie nanna nannette nanni nannie nanny nansy naoimh naoise naoki naoko naoma naomh naoto
    napoleon napoleone naradi narcis narcisa narciso narcissus nardi narfi narhanim narimane narji nasab naser
    nashipie nasiba nasim nasiru nasra nasrullah nassim nastja nasuf natacha natalee natali natalija natalio
    natalja nataly natalya natan natanael nataniel natasa natascha natasja natasza natella nath nathalia nathaly
    nathanael nathanial nathari nathen natiq natividad natosha nattawun nattsol nattulfur naud nautica nawal
    nayara nayeli nayely nayfa nayil nazaret nazario nazende nazi nazim nazimet nazir nazlihan nazlim nazmi
    ndumiso neal nealie nealy neasa nebih nebiha nebojsa necati necdat nechifor necilal necmettin necva nedas
    nedda nedjma nedra needham neel neelima neely nefaret nefiye nehemiah nehip neill neisti neja nejc nejdet nela
    nelah nelda nele nelia nelida nelie nelio nella nelle nelli nello nels nelu nemanja nena nenad nenna nenni
    neola neoma neppie neptun neptunus nerea nereida neriban nerijus nerim neringa nermin nery nesfe nesip
    neslinur nesrin nesrine nessa neta nete netra netta nettie neva nevaeh neval neveah nevenka nevgin nevin nevio
    nevise nevsal nevsale newell newman neyran neza nezengul nezihi nezize ngamia ngeni nhien nhlanhla nial niall
    niara nicanor nicat nichakarn nichelle nichifor nichol nichola nicholaus nichole nicklas nicklaus nickolas
    niclas nico nicoara nicodemo nicodim nicolae nicolai nicolaie nicolaj nicolasa nicolaus nicoleta nicoletta
    nicoline nicolle nicolo nicu niculina nidhi nidia nidra niek nienke nieves nigar nigesa nigmet nihad nihai
    nihal nihan niharika niina nika nikanor niki nikia nikita nikki nikko niklaus niko nikodem nikol nikola
    nikolaj nikolajs nikolaos nikolas nikolaus nikole nikoletta nikolina niks niksa nikulas nila nilam nilcan
    nilda nili nilima nilo nilufar nimakoah nimrat ninetta nini ninioluwa ninja ninna ninnie nino ninthe nira
    niracha nirgul nirja nisa nita nitara nitesh nives niyaga niyaz niyazi niyilolawa njabulo njala njall njola
    njozi nkazimulo nkiruka nnamdi nneka noam nobantu nobie nobuhle noeleen noelia noeline noemie nohely noirin
    nojus nokkvi nokulunga nola noleen nolen nolia nolie nollaig noma nomagugu nomalanga noman nomasonto
    nomathemba nomcebo nomthandazo nomusa nomvula nona nonhlanhla noni nonie nonjabulo nonni nonso noortje
    noppakao norah norberto norene noreta noretta nori norica norina norine norita normand normann normunds norval
    norwood notburga nothando nott noud nour nout novella novi novruz noxolo nozibusiso nozima nozizwe nqobizitha
    nrima ntimi nuala nubar nudret nugraha nuhu nula numi nunzio nura nural nuran nuray nurbanu nurcan nurda
    nurdeniz nuretdin nurettin nurey nurgil nurhayet nuri nuria nuriat nurice nuriya nuriyet nurkan nurlan nurlana
    nurmelek nurmuhammad nursan nurseda nursim nurtac nurten nuru nurul nurulla nurullah nurveren nusa nutcha
    nutkrita nutwadee nuyan nwabudike nyah nyana nyasi nyasia nybjorg nydia nyla nylah nynke nyoka nyoman nyoni
    nyota nyree nyuki oakley oana obaid obdulia obed obianuju obie obinna oceane ocie octa octav octavian
    octaviana octavie octavio octaviu octavius odalis odalys odda oddbergur oddbjorg oddbjorn oddfreyja oddfreyr
    oddgeir oddhildur oddi oddie oddkell oddlaug oddleif oddleifur oddmar oddny oddrun oddsteinn oddur oddveig
    oddvor odelia odeline odell odessa odette odhran odie odika odile odin odina odis odus oeshi ofeigur ofelia
    ofeliya offie oganer ogden ogechi oget ogmunda ogmundur ogooluwa ogri ogulbas ogurata ogus oguzman oisin ojas
    ojasvi okanay okbay okechukwu okey okguclu okkas okseven okta oktavia oktavius okto oktovia oktovius okturemis
    okturk okyalaz oladare oladimeji olafia olafina olafur olajumoke olakunle olalla olan oland olanrewaju
    olansile olar olasunmbo olavia olca oldag oldrich olegario olen olene oleta olevia oley olfert olgeir olgerts
    olgierd olie olimpia olimpian olimpiu olin olina olinda oline oliva olivert olivie olivija olivine oliviu
    oliwier ollie olly olnir ololade olrun oluchi olufunke olumorotimi olus oluwafemi oluwakemi oluwamuyiwa
    oluwasanmi oluwasegun oluwole olveig olver olvir olwen olwethu olympia omaca omair omaja oman omarion omeir
    omer omie omina omisha omkaar omobobola omobolanle omodunni omolabake omolara omosalewa omotara omotayo
    omotola omotoun omowumi omran omriye omur omya onat oncel ondolfur oneida onel oneta ongay ongen onie onkar
    onnie onofre onsal onuker onundur onur onurcan onursu onveer onyinye oonagh opan opha ophelia ophelie opung
    opwonya oqtay orah oralia oran orazio orbrun orcin orduxan orelia oren orene oreofe orestas oreste orfeus
    orfhlaith orfiye orgun orhan orie orik orilla orin orinder orion oris orka orlagh orlaigh orlaith orland
    orlaugur orlena orley orlin orlo orlygur orma ormar ormhildur ormur orna ornella ornolfur orpha orra orren
    orri orrie orrin orris orson ortak ortansa ortrud ortrun ortwin oruc orval orvar orvel orvil orville orvin
    orvis orxan oryurek osama osamu osbaldo osborn osborne osie osiyo oskars osogo ossama ossie ossur osunleke
    osvald osvaldo osvalds osvaldur osvifur oswaldo oswin otabek otakar otavio otay otelia otfried otha othel
    othmar otho otilia otilija otkatla otkell otmar otri otta ottar ottarr ottavio ottfried otti ottie ottilia
    ottis ottmar ottokar ottomar ottone otur otylie ouanes ouida oussama ovid ovidio ovidiu ovila oviya ovun owais
    owens owethu oxana oxar oyenike oyindasola oymak oysha ozakan ozalpsan ozana ozansu ozaslan ozay ozbay ozbilek
    ozbilge ozcam ozdal ozdes ozdil ozdogdu ozel ozell ozella ozerdinc ozertem ozge ozger ozgun ozgur ozie ozinal
    ozioma ozkent ozkutlu ozlem ozlu ozokcu ozpetek ozsozlu oztek ozturk ozudogru ozyurt ozzie paca pachongruk
    pacifica paco pada padma padmi padraic padraigh padraigin pahal paiman pairlee paisley paityn paker pakjira
    paksu pala paldis palhanna palhildur palin palina pallavi palle pallie palma palmar palmey palmi palmira
    paloma palrun pamala pambe pamelia pamella pamfil panagachie panait panca pancho pandora pandu panfilo
    pangeran pangestu panini panji pankrac pannawich panya paoletta paralee paramita paraschiva pardi paride parin
    parlee parley parman parmes parrish parsa parth parthenia parvez pasa pascale paschal pascual pascuala
    paskalia pasqual pasquale pastora patchaploy patrek patrekur patric patrica patrice patricie patricija
    patricio patrisia patrizio patru patryk pattamon pattapon patti pattie pauletta paulette paulica paulin
    paulino paulius pauls pauric pavani pavao pavla pavlina pavol pawan pawel paxton paye payten payton peadar
    peader pearce pearla pearle pearlene pearley pearlie pearline pearse peder peem peeter peggie pehlil pekkan
    pelaji pelayo pellegrino pembesin penni pennie pepe pepijn pepita pepito percival percy peren perinur perkasa
    perley perlita permelia permun pernell pero perri pershing pervaiz pesent peta petar peteris petrana petras
    petre petrea petrica petrina petrona petronela petronella petru petrun petrunella petur peyton phebe phelim
    phenphitcha pheobe phileine philipp philippine phillis philo philomene phubes phuc phylicia phylis phyliss
    piaras piedad pien pierangelo piergiorgio pierina pierluigi piermaria piero pierpaolo pierrette piersanti
    pieter pietra pietro pijus pili pina pinkey pinkie pinkney pintusorn pippa pirahmet piran piret pirmin pitipat
    pius
"""
