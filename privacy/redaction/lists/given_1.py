"""Given names of many lands in plain letters, aaaqil to donough, from the locales of Faker.

Faker is copyright (c) 2012 Daniele Faraglia and contributors, under the MIT licence: permission is granted to use, copy, modify
and distribute, provided that this notice is kept; without warranty of any kind.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = """
    aaaqil aaban aabid aachal aadam aaden aadhya aadi aadil aafiya aage aagot aahana aahil aalam aalee aalim
    aaliyah aamil aamir aamirah aanuoluwapo aaqil aarav aarif aarini aariz aarna aarnav aarush aaryan aashi aashif
    aashir aasif aasim aatif aatiq aaus aayan aayush aazim abaan abagail abayomi abbas abbi abbigail abbos abbott
    abdelatif abdelkader abderaouf abdiel abdis abdu abduaziz abduboriy abdulahat abdulbekir abdulcemal abdulgazi
    abdulhadi abdulhamid abdulkadir abdulkerim abdullahi abdulloh abdulmenaf abdulsamed abdulsemet abdumalik
    abdurahmon abdurrahman abdurresit abebi abeer abeiku abela abelardo abelone abena abeni abha abhimanyu abhiram
    abid abie abigael abigaili abigale abigayle abilio abina abiodun abiona abiye abner abosede abraham abram
    abril abror abubakr abuzar abyasa acar acarkan achille achim achsah acie aclan adah adak adal adalbert
    adalberto adaline adalyn adalynn adamaris adamo adams adan adasal adda addi addie addisyn addyson adebiyi
    adebowale adebukola adedayo adedeji adekitan adekola adekunle adel adela adelaida adelard adelardo adelasia
    adelbert adeleke adelgunde adelheid adelia adelin adelina adelinde adeline adell adella adelle adelmo adelyn
    adelynn adem aden adenike adeniyi adeolu adeoti adepeju aderopo adesewa adeshina adesoji adesua adetayo
    adetoke adetoun adeyi adhiarja adhra adia adiarja adiel adigun adika adikara adil adila adilene adimu adin
    adina adinata adis adison adlai adlan adline admir adolf adolfine adolfo adolph adolphus adomas adonis adora
    adoracion adrain adria adriane adrianna adrianne adriano adriel adrien adriene adrienne adrija adrijana adron
    adunni advaith advay advik advika adviye adweta adwoa adya adyson aedan aedin aengus aenne afaq afer aferdita
    affie afia afife afil afiq afolarin afonso afrim afruza afton afua agahadi agakisi agamusa agapito agastya
    agata agathe agaxan agbegim agca aggie agim agla aglaia agmur agnar agne agnea agnesa agnese agness agnete
    agni agnolo agnos agostino agripina agris agron agueda agust agusta agustin agustina agustus ahat ahmet ahsen
    ahter aida aideen aiden aidyn aiga aigars aija aijuka aiko ailbhe ailene aili ailis ailish aime aina ainara
    ainars aine aino ainoa ainsley aishani aishling aislinn aistis aisyah aitana aitor aivar aivaras aivars aiyana
    aiyanna ajala ajan ajani ajda ajeng ajiman ajimat ajimin ajiono ajla ajna ajoke akalan akanmu akar akarsana
    akatay akay akbar akbas akboga akcabay akcasu akcivan akdora akdurmus akeelah akeem akemi akgol akgunes akif
    akinkunmi akinlabi akinwale akira akise akkerman akmal akmaner akmaral akobir akos akosua akoz akram aksay
    aksel aksogut aksoy aktemur akua akumaa akumu akver akwasi akwesi alaaddin alabezek alade aladin alaeddin
    alain alaina alambana alamu alanalp alani alanis alanna alannah alanta alanzo alara alattin alaya alayna alaz
    alban albano alberico alberte albertha albertina albertine alberts albertus albin albina albion albrecht
    albulena alby alcan alcee alcide alcides alcie alda aldar alden alderano aldin aldis aldny aldona aldonza alea
    aleah alease alecia aleck aleen aleena aleix alejo alek aleks aleksandar aleksandr aleksandras aleksandrs
    aleksei aleksej alemsah alen alene alenka aleodor alesha alesia alessandra alessio aleta aletha alethea aletta
    alexandar alexande alexandr alexandrea alexandrie alexandrina alexandro alexandros alexandru alexe alexei
    alexej alexia alexina alexius alexus alexys alexzander alfa alfar alfdis alferd alfey alfgeir alfgrimur
    alfhildur alfie alfifa alfio alfons alfonse alfonz alfonzo alford alfreda alfreds alfros alfrun alfsol alfur
    alger algernon algie algirdas algot alia aliabbas aliana alica alicja alida aliihsan alijah alika alin aline
    alinur alis alisa alise aliseydi alisha alissa alisson alistar alister alivia alix aliya aliyah aliyu aliza
    alize alja aljaz aljosa alka alkor alla allahverdi allana allean alleen allegra allena allene alli allie
    alline allisson allyn allyson allyssa almar almasi almast almaz almeda almedia almer almeta almina almir
    almira almon almudena almus almut almuth almyra alois aloisia alojz alojzia alojzij alojzija aloma alondra
    alonza alonzo aloys aloysius alparslan alpcan alpheus alphons alphonse alphonsine alphonso alphonsus alpin
    alpsu alrekur alrun alston alta altha althea altie altin altogan alton altug alva alvah alvan alvar alvena
    alver alvera alverda alverta alvia alvie alvilda alvina alvine alvira alvis alvy alwilda alwin alwina alwine
    alyce alycia alys alysa alyse alysha alysia alyson alyssia alyvia alzbeta alzina amac amada amadea amadeo
    amado amador amahle amaira amal amalie amalija amancio amandine amando amar amarachi amare amari amarilis
    amarion amaris amaro amasa amaya ambar ambrosio ambroz amedeo amedeu amel amela amelija americo amerigo amey
    amiah amico amie amil amilcar amilia amin aminatu amine amira amirah amiya amiyah amleto amma ammie ammon
    amoke amol amon amondi amope amor amparo amra amre amri amrita amruta amundi amya amza anabel anabela anabella
    anabelle anacleto anahi anaida anais analia anamaria anamika ananias anar anargul anasa anastacia anastacio
    anastasie anastasio anastasios anastatia anastazie anastazja anatol anatole anatoli anatolie anatolij anay
    anaya anca ancel ancil anda andela anderson andic andile andjela andjelina andon andra andrada andrae andree
    andreea andreia andrej andreja andrejka andrejs andrena andress andrey andri andria andrian andrija andrin
    andrina andris andrius andrus andwele anej anel anemona anes aneta anete anett anetta anette anezka anfernee
    anfinn angalia angantyr angavu angele angelia angelika angeline angelino angelique angelita angella angelo
    anggabaya anghel anghelina angi angie anibal anica anice anie aniela anina anirudh anis anisa anissa anitra
    aniya aniyah anjanette anjelica anjolaoluwa anka anke ankica anmol annabell annabella annak annalena annaliese
    annalisa annalise annamae annamaria annamarie annar annarr annas annedore annegret annegrete annekatrin anneke
    annel annelene anneli annelie annelies anneliese annelise annelore annemarie annemette annemie annemijn anner
    annerose annes annett annetta anney anni annia annibale annice annick annija annina annis annita annmarie
    annunziata anny anom anona anoni anouk ansaldo ansel anselma anselmo ansgar ansh ansis ansley anson ansora
    antanas ante anthoney antim antione antionette antje anto antoaneta antoin antoinette antone antonela
    antonella antonello antonetta antonette antoni antonie antonietta antonija antonin antonina antonino antonios
    antoniu antonius antons antony antra antun antwain antwan antwon anunciacion anusha anvar anvi anwar anze
    aodhan aoibheann aoibhin aoibhinn aoife aongus apisara apolena apolinar apollo apollonia apolonia apostolos
    aqil araceli aracely aradhana arah aral araminta aran aranzazu arba arben arbie arbjartur arbjorg arbjorn
    arbjort arbnor arcan arcelia archibald arda ardath ardelia ardell ardella ardelle arden ardeth ardian ardis
    ardit ardita ardith ardyce areli arelia arelius arent arezki argeir argie argils argono argu arham ariadna
    arian ariane arianna arianne aribert aric arie ariele ariella arielle arietta arif arifcan arijus arike arild
    arilius arin arina arinbjorg arinbjorn arinola aris arisa arisara aristide aristides arius arkadiusz arkie
    arkut arla arlan arland arlaug arleen arlen arlena arlene arlet arleth arletta arlette arley arlie arlin
    arlind arlinda arline arlington arlis arlo arly arlyn arlyne armahan arman armand armandas armands armani
    armann armend armenia armey armida armin arminas arminda arminta armond armstead arna arnald arnaldo arnaldur
    arnar arnas arnau arnaude arnav arnberg arnbergur arnbjorg arnbjorn arnborg arnd arndis arndor arndt arnes
    arnett arnetta arney arnfinna arnfinnur arnfreyr arnfried arngeir arngils arngrimur arngunnur arnhildur arni
    arnie arnika arnim arnina arnis arnkatla arnkell arnlaug arnlaugur arnleif arnleifur arnlin arnljot arnljotur
    arnmundur arno arnoddur arnoldas arnoldo arnolds arnor arnora arnost arnros arnrun arnsteinn arnulf arnulfo
    arnulfur arny aroa aronas arora arpad arpag arra arran arrie arron arsenie arsenio arsim arsipatra arsol arta
    artan artanto artawan artelia artemio artemisa arther arthor artie artis artur arturas arturs arunas arunima
    arusi arveig arvel arvids arvil arvilla arvin arvo arvok arvydas arya aryan aryana aryanna arziye arzu asad
    asael asafe asake asalet asali asani asanti asatira asberg asbergur asberry asbjorg asbjorn asborg asbury
    asdis asdrubal asgautur asgeir asger asgils asgrimur ashan ashanti ashby ashely ashildur ashlea ashlee
    ashleigh ashlene ashli ashlie ashling ashlyn ashlynn ashton ashtyn asila asilbek asiman asir asiri asirwada
    asirwanda askatla askell askja askur asla aslakur aslan aslanhan aslaug aslaugur asleif aslijan asliye asma
    asmadi asman asmar asmianto asmini asmira asmundur asmuni asny asolfur ason aspar asros asrun assa assumpta
    assunta asta astbjorg astbjorn astbjort astdis astgeir asthildur astmar astmundur astrikur astrit astros
    astrun astvald astvaldur astvar astveig astvin asuka asuncion asvaldur asvor aswani atabala atagun atalay
    atalia atamoglan atanur atasagun atatore atena atenulf atfat atgun atha athanasios atharv atheel athena
    athumani atiena atila atilhan atilio atinuke atit atiyye atla atli atma atmaja atnan atsushi attaf atticus
    attie attila attilio attracta aubra aubree aubrey aubrie aude audie audley audra audriana audrianna audrina
    audrius audry audy augusta augustas auguste augustin augustina augustine augusto augustus aunyaporn auraq
    aurea aureja aurel aurelia aurelian aureliana aureliano aurelija aurelio aurica aurilla aurimas aurore aurthur
    ausma ausra ausrine austar austen austmann austmar auston austra austri austyn auther authur autry avah averi
    averie averil avgust avie avis avni avon avram avril avsin avunc awadil awamil awamiri awan awani awero awesi
    awlya awmar awrad axelia axelma axenia axinte ayaan ayamin ayan ayana ayanna ayasun aybet aybora aycagul aycan
    aydan aydar ayden aydin aydinc ayduru aygonenc aygul aygun aygutalp ayhan ayinde ayinke aykut aykutalp ayla
    ayleen aylil aylin aylla aymen aynilhayat aynur ayodeji ayodele ayoka ayoub aypar aysan aysar ayse ayseana
    aysel aysema aysenur aysevim aysoy aysu aysuna aytek ayten aytoz aytuna ayub ayulker ayush ayushman ayvas
    ayyaruk ayyubi azaan azade azahar azahara azalee azaria azariah azban azeeb azeglio azeneth azettin aziz aziza
    azize azizi azra azucena azul azzie baaba baahir baaizeed baaqee baaqir baaree baashir baasim baasit baba
    babar babasola babatunji babawale babett babette babyboy baccio bachittar badawi badegul badr bagas bagdas
    bagdat baghyawati bagiya bagus bagya baha bahaa bahaddin bahadurjit bahari bahittin bahtinur bahuraksa
    bahuwarna bahuwirya baiba bailee bailie bairbel bairbre bajragin bajram bakda bakhshi baki bakiadi bakianto
    bakidin bakijan bakiman bakiono bakti baktiadi baktianto baktiono bala balamantri balangga balapati balatekin
    balca baldassare baldey baldomero baldrun balduino baldur baldvin baldvina baldwin baleegh balendra balhaar
    balidin balijan balinda baljiwan ballard baltas baltasar balthasar balvan balveer balz bama bambad bambang
    bambi banara banawa banawi bancar bandile banel banjeet banu baptist baqar baqir bara barak barbel barbie
    barbora barbra barbu barica baris barkha barnard barnett barnie barr barraq barrett barri barrie barron barsen
    bartek bartholomew bartley bartolome bartolomej bartolomeo bartolomeu barton basaam basarab basay bascom basem
    bashaar bashaarat bashan bashar basharat basheer basheerah bashkim basilio basim basir basok basriye bassam
    bassi bastiaan bastian batool baturay baudelio baugur bautista baxter bayard baydu baykan baylee baylie bayman
    bayram bayruhan baytal bayzettin bazam beadie beate beatrix beau beaulah bebba bebe beckett beckham beckie
    beda bedford bedi bediriye bedri bedrich begga begim begona behiza behrem behruz beinir beinteinn beitir bekan
    bekbay bekim bekir bektasi bela belen belgizar belia belkize bella belle bellisan bello belo belton belva bena
    benadik benard benas benedetto benedicte benedikt benedikta benedikte benedita benek bengibay bengta beni
    benia beniamin benice benicio benidikt benidikta benigna benigno benita benjaman benjamen benjamim benjamine
    benji benjiman benjman benn benna bennett benney bennie benno benoit benol benone benoni benony benson benta
    bente bentey benthe bentina bentley bento benton benvenuto beppe bera berat beray berdie beren berend berends
    berenice berent berezat berg bergdis bergey bergfinnur berghildur berghreinn bergjon berglaug berglin berglind
    bergljot bergmann bergmannia bergmar bergmundur bergny bergran bergrin bergros bergrun bergsteinn bergsveinn
    bergur bergvin beriye berkal berki berkley berksay bernabe bernadette bernadine bernarda bernardine bernardino
    bernardita bernardo berndt berneice bernetta bernfried bernhard bernhardine berni bernice berniece bernita
    bernodia bernodus bernt bernward berra berran berrin bersi bert berta bertel berthe berthold bertie bertina
    berto bertold berton bertram bertrand bertulis beryl besart besarta besey beshte besim besin besnik besse
    bessi bessie beste bestla betania betha bethan bethann bethel bethzy betina betsey bette betti bettie bettye
    bettyjane bettylou betuel beula beulah beverlee beverley beyda beyhatun beyler beyonce beyzade bezek bhanumati
    bhavani bhavika bhavini bhavna bhavya bhekani bhekisisa bhekizizwe bhekokwakhe biagio bianka bibi bibiana
    bibisora bibuwa bican bidayet biddie biel bienvenida bilaal bilay bilender bilgen bilginur bilgutay biljana
    bilkay bilkisu billie billye bilol biltas bimala bina binay binbasar birben birdella birdie birger birgid
    birgir birgitt birgitte birgul birkir birna birnir birousk birsan birsen birt birta birte birtha birthe birtie
    birtingur birtir birtna biruta bisar biserka bishakha bitul bizhan bjargar bjargdis bjargey bjarghildur
    bjarglind bjargmundur bjarkan bjarkar bjarkey bjarki bjarklind bjarma bjarmar bjarmi bjarnar bjarndis bjarne
    bjarney bjarnfinnur bjarnhildur bjarni bjarnlaug bjarnlaugur bjarnleifur bjarnolfur bjarnrun bjarnsteinn
    bjarnveig bjarny bjartey bjartmann bjartmar bjartmey bjartur bjolan bjolfur bjorg bjorgey bjorghildur
    bjorgmundur bjorgolfur bjorgulfur bjorgvin bjork bjorney bjornolfur bjort blaey blahoslav blain blaine blair
    blaise blanaid blanca blanchard blanche blanchie blanduzia blane blanka blas blathnaid blaz blazej blazena
    blerim blerina blerta blin blomey bluette bluford boaz boban bobba bobbi bobbie bobbye bobur bodil boel boga
    bogatimur bogdana bogdis bogey bogga boghildur bogi bogomir bohdan bohdana bohumil bohumila bohumir bohus
    bohuslav bohuslava bojan bolatito bolden boleslav bolli boluwatife boma bonifac bonifacio bonita bonny bonu
    boone borahan boratas borg borgar borgdis borghildur borgny borgrun borgulfur borivoj borja borkur borris
    bortecin borut borys bose bostjan bothildur botnia botolfur bouchra bowman boyce boyd boynak boysie bozbag
    bozena bozerk bozica bozidara bozo boztas bradford bradly brady bradyn braeden braedon braelyn braga
    braghildur bragi braiden brak bram brandan branddis brande brandee branden brandi brandie brandin brandt
    brandur brandyn branislav branislava branka branko brannon branson brant brantley braulio braxton brayan
    brayden braydon braylen braylon brea breana breandan breann breanna breanne breda bree breeda breege breffni
    breki brencis brenden brendon brenna brennan brennen brennon breno brenton breonna bresi brestir bret
    bretislav bria briana brianda brianna brianne brice brid bridgett bridgette brielle brien briet briget
    brigette brighid brigid brigida brigita brigitta brigitte brijesh briley brilyant brimar brimdis brimhildur
    brimi brimir brimrun brinda brinley brion brionna brisa brit brita britany britni britny britta brittaney
    brittani brittanie brittnay brittnee brittney brittni brittnie brittny britton brjann brock broddi broderick
    brodie brody brogan brona bronach bronagh bronislava bronson bronwen brooklyn brooklynn bruna brunhild
    brunhilde bruni brunilda bryana bryanna bryant brycen brylee bryn bryndis bryngeir brynhildur brynja brynjar
    brynjolfur brynjulfur brynlee brynleifur brynn brynny brynsteinn bryntyr bryon bryson bryton bucur budd buddie
    buel buelah buell buena buford buget buhari bujar bukurije bula bulah bulunc buna bunmi bunyamun buraid
    burakhan burc burckhard burcuhan burdette buren bureyre burgess burghard buri burim burk burkard burke
    burkhard burkhardt burkney burkni burl burleigh burley burnell burnett burney burnice burnie burrel burrell
    burt burton busara busisiwe busra busranur butch buyrukhan bylgja bynum byrd byrdie bystrik cabbar cabir
    cacilia cacilie cade caden cael caesar caetana caga cagak cagdan caglar cagveren cahal cahan cahangir cahir
    cahya cahyadi cahyanto cahyo cahyono caiden cailin cailum cailyn cain caio cait caitlyn caitlynn caitriona
    caius cakar caket cakrabirawa cakrabuana cakrajiya cakrawala cakrawangsa calcedonio caldonia cale calebe
    caleigh calhoun cali calin calista calisto calixta calixto calla callan calleigh callie calogero calum cambria
    camden camelia cami camil camillo camillus camilo camisha cammie camok campbell camren camron camryn canan
    canberk candace candela candelaria candelario candelas candeniz candi candida candido candis candra
    candrakanta candyce canfeza cangur canice cannie cannur canseven cansin cantemir cantez canur caoilfhionn
    caoimhe caoimhin caolain caolan caomhan capa capitola capkan cappie capucine caragh caraka caren cari caridad
    carie carin carina carine carisa carissa carl carlee carleen carleigh carlene carleton carley carli carlie
    carlijn carlisle carlito carlota carlotta carlton carlyle carlyn carma carmela carmelita carmella carmelo
    carmina carmine carminho carnell caro carola carolann carolee carolin carolyne carolynn caron carra carri
    carrie carrol carroll carsen carson carub caryl caryn casandra casemiro casen casian casiana casie casimer
    casimir casimiro cason caspar cass cassidy cassie cassius cassondra caswell catalin catarina caterina
    catharina catharine catherina catheriona cathern cathey cathi cathie cathleen cathrin cathrina cathriona
    cathryn catia catina catinca cato catrin catrina catrine catrinel catriona catur caturangga caua caue cavad
    cavid cavit cavuldur cawisadi cawisono cawuk cayadi cayden caydence cayetana cayetano cayla caylee cazimir
    ceara ceasar cebesoy cebrian cecelia cecep cecil cecilie cecilija cecilio cedide cedrick cedrin ceferino ceil
    celal celem celena celene celesta celestia celestina celestine celestino celie celikkan celikyurek celilay
    celina celso cemal cemalettin cemani cemeti cemil cemiyle cemplunk cena cenan cengiz cengkal cengkir centa
    ceola cephus cerasela cerci cercis cesare cetin cetinsu cevale cevheri cevikoz cevregul ceyhun ceyla ceylin
    ceylon ceyran cezar cezara cezary cezayir chaaya chabane chace chadd chadrick chadwick chaifah chaim chaitaly
    chaitanya chaiwut chaka chakradev chakradhar chakrika chalisa chalmer chalmers chamali chaman chameli champak
    chana chanakya chanchal chancy chanda chandani chandler chandran chandresh chanel chanelle chaney chanez
    changaz chanie chanikan chaniya channie channing chante chantel chanya charan charis charissa charisse charita
    charla charle charlee charleen charlesh charley charline charlize charlotta charlottie charls charlsie
    charlton charmaine charo charolette charos charvi chas chashida chasity chasmum chatresh chatura chau chauncey
    chauncy chausiki chavvi chawin chawish chaya chayanin chayapat chaz chelo chelsey chelsi chelsie chelsy chema
    cher cheragh cherelle cheri cherie cherif cherilyn cherise cherith cherrelle cherri cherrie cherryl cheryle
    cheryll chesley chessie chestina chet cheusi cheyanne cheyenne chiamaka chibuzo chidimma chigozie chijioke
    chimere chinelo chinyere chipukizi chiquita chiraz chita chiyo chizoba chloie chrissie chrissy christ christal
    christeen christelle christena christene christiana christiane christie christin christion christl christof
    christoffer christop christoper christophe christy chrystal chucho chuki chukwudi chukwuemeka chus chuy chyna
    chynna cianan ciaobella ciarra ciarrai cicely cicero cici cielo ciera cierra cihan cihandide ciji cilga cilla
    cilli cillian cilly cimnaz cinda cindi cindoruk cinerk cingiz cinta cinthia cintia cinzia ciprian cipriana
    cipriano ciriaco ciril cirillo cirino cirkeline ciro cisem citlali citlalli clabe claiborne clair clarabelle
    clarance clare clarence claribel clarice clarinda clarine clarisa clark clarke clarnce classie claud claudette
    claudie claudine claudiu claudius claus clavs clayton clearence cleda clelia clell clella clem clemence
    clemens clemente clementina clemie clemma clemmie clemon cleo cleola cleon cleone cleopatra cleora cleta cleto
    cletus cleva cleve clevie clide cliffie clifton climaco clint cliodhna cliona cloe clora clotilda clotilde
    clovis cloyd clyda clyde clydie clytie codi codie codin codrin codrina coen cogay cohen cokan colbert colby
    coleen coleman coleton coletta colette coley colie colins collette collin collins collis colm colman colpan
    colten colton coluccio colum columba columbia columbus colvin conall conan conard concepcion concepta concetta
    concha conchita conchur conleth conley conn connell conny conrado constanca constantin constantina constantine
    constanza constanze consuela consuelo contina conway coolidge copur cora coraima coralia coralie corbett
    corbin corda cordaro cordelia cordell cordella cordero cordia cordie cordula corean corene coretta cori corie
    corina corine corinna coriolano corliss cormac cormack cornel cornelio cornelious cornelis corneliu cornelius
    cornell cornie corona corrado corrie corrina corrine corry corsin cortez cortney corvin corwin cory cosima
    cosimo coskun cosme cosmin cosmina cosmo cosqun costache costantino costanzo costel costin courteney courtland
    courtney crawford creola crescencia cressie crete crin crina cris crissie crissy crista cristal cristea
    cristen cristi cristiana cristiano cristin cristine cristobal cristofer cristofor cristopher cristy crockett
    cruz crysta csaba ctibor ctirad cuheyna cullen cuman cumsud cuneyit curdin curley curro curtiss custodia
    custodio cvetka cvetko cydney cyndi cyntha cyprian cyrill cyrus czeslaw daamin daan daanish daanyaal daawood
    dabbah dabir dabney dace dacian daciana dacin dadap dadi dafina dafne dagbjartur dagbjorg dagbjort dagel
    dagfari dagfinnur daggeir daggros daghfal dagistan dagmann dagmara dagmey dagny dagnyr dagobert dagrun dagur
    dahlia daiana daiga daija daijah daina dainess dainis dainius daire dairine daisey daisha daisie daisye
    daiyaan daja dajana dakhil dakoda dakota dakotah daksh daksha dakshesh dalaja dalan dalbert dalbir daldis
    daler daley dalia dalibor dalila dalili dalima daliman dalimin daliono dalla dalli dallilja dallin dalmann
    dalmar dalros dalton dalvin damar damarcus damari damarion damaris dameon damiano damife damijan damini damir
    damjan damjana damlanur damond damu damurah damyanti danae dandre dane daneen danelius danelle danette daney
    dangelo danhildur dani dania danial danica daniele danielius daniella daniels danijel danijela danika danique
    daniswara danita danival danjuma dann danna dannie danniel dannielle dante danu danuja danuse danuta danyel
    danyell danyelle daquan dara daragh darain darby darci darcie dardan darell daren daria darian dariana dariati
    darien darija darijan darika darimin darin darina darinka dario darja darko darl darla darleen darline darlyne
    darmaji darman darmana darmanto darnell darold daron darpan darragh darran darrel darrell darri darrian
    darrick darrien darrin darrion darrius darron darry darryl darryle darryll darryn darsh darsirah darta dartono
    daru daruna darvin darwyn daryani daryle daryn dasa dashawn dasia dastageer daudi daulton daunte davante davey
    davi davian davida davie davin davina davion davis davnet davon davonta davonte davor davorin davy dawna dawne
    dawson dawud daxton dayamai dayami dayana dayanara dayar dayita dayle dayna dayne dayse dayton dayyaan deaglan
    deana deandra deandre deane deangelo deann deanne deante dearbhail dearbhaile dearbhla deasia debbi debbra
    debby debera debi debora deborrah debrah debroah decebal dedra dedric dedrick deeann deedee deegan deena
    deetta deforest deger degmeer deha deidra deidre deion deirbhile deividas deja dejah dejan dejon dejuan
    delaney delano delbert delcie delfina delfino deliah delil delila delilah delina delinda delisa dell della
    dellar delle dellia dellie delma delmar delmas delmer delmus delois delora delores deloris delos delpha
    delphia delphin delsie delton delvin delwin dema demarco demarcus demario demarion demeter demetra demetri
    demetria demetric demetrio demetrios demi demian demilade demirbuken demiriz demirok demiryurek demond demonte
    dempsey demus dena dendy deneen denese denice deniel denine denis denisa denisha denisse denita denizalp
    denkel dennie denny denton denzel denzell denzil deon deondre deonta deontae deonte dequan derald dereck
    dereon deric derick derik derkay derl dermot dermott deron derrek derrell derval dervilla dervla derwin derya
    deryanur deryl desean deshaun desi desiderio desirae despina dessa dessie destany destin destinee destini
    destry detlef detlev devan devansh devante devaughn deven devi devika devin deviner devonta devontae devonte
    devyn deward dewayne dewey dewitt deyanira dezider dezzie dhriti dhruv diah diallo dian diandra diann dianna
    diar diarmaid diarmuid dicie dickie dicy dida didda didina diedrich dierk diethard diethelm diether dietlind
    dietlinde dietmar dietrich digdaya dijana dijon diken dilan dilara dilcan dilder dildora dilfeza dilhus dilja
    dillan dillard dillie dillon dilnoz dilnur dilsad dilsat dilsitan dima dimas dimaz dimitrina dimitrios dimmbla
    dimmey dinah dincer dinckol dincsu dinda dinis dink dino dinu diogo diomedes dione dionicio dionigi dionisia
    dionisio dionne dionte dionyz dipa dipta dirican dirja dirlik disa disella dita ditmar ditte dittmar divan
    divya dixon diya diyor diyora djamel djuana djuna dobromila dobroslav dobroslava dochia docia dofri dogan
    doganalp dogannur dogansah dogg doguhan dogun doina dola dolensoy dolli dollie dollye doloris dolph dolphus
    dolun domagoj domald domaldi domaldur domantas domas domen domenic domenica domenick domenico domhildur
    domhnall dominga domingo domingos dominick dominika dominque dominyka dominykas domitila domnica domonique
    dona donaciano donagh donaldur donat donata donatas donatella donatello donato donavan donavon dondre donell
    donia donie donita doniyor donn donnacha donncha donnell donnie donny dono donough
"""
