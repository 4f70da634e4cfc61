"""Given names of many lands in plain letters, pjetur to zwatie, from the locales of Faker.

Faker is copyright (c) 2012 Daniele Faraglia and contributors, under the MIT licence: permission is granted to use, copy, modify
and distribute, provided that this notice is kept; without warranty of any kind.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = """
    pjetur placido ples pleun plinio pluma polad polina polk pollie polona polonca pompeo pompilia pompiliu
    pomponio poncio popobawa porfirio pornchanok porsche porsha portia poul povilas powell praba prabawa prabowo
    prabu prakosa pranata pranawa praneel pranit prasetya prasetyo pratt pratyush pravoslav prayitna prayoga
    prayogo preben premysl prentice prentiss presley preston pria pricilla priit prima primitiva primitivo primus
    priscila priscilla prisha priska profira prokop prudencia prudencio prudie puccio puji pumbaa punhan puntira
    puput purcek purl purwa purwadi purwanto pushti puspa puti putu qaadir qaasim qabeel qabil qadar qadeer qadi
    qadim qadir qahtan qaim qais qalib qamar qani qanit qaratel qareeb qarin qaseem qasid qasif qasim qatadah
    qawee qays qiana qiyas qori qosqar quadir quang qudamah quddoos qudoos queenie quiana quincy quint quinten
    quintin quinton quinty quique quirino qulam qulu qumru qurban qusay qushi qutaybah qutb qutub raaghib raagini
    raahil raakin raamis raamiz raashid raatib rabah rabar rabb rabbaanee rabbani rabbiye rabea rabee rabi rabiah
    rabih rabit racha rachana racheal rachelle rachid rachit rachita racquel rada radeke raden radha radhee
    radhika radi radika radim radit raditya radka radmila rado radomir radoslav radoslava radovan radovana radu
    raducu raduz radvile raed raees raegan raekwon rael raelyn raelynn rafa rafaela rafan rafay rafee rafeek
    rafeeq raffael raffaela raffaele raffaella raffaellino raffaello rafi rafia rafid rafih rafila rafiq rafn
    rafnar rafney rafnhildur rafnkell ragheb raghib ragna ragnbjorg ragner ragney ragnhild ragnhildur raguel
    raharja rahat rahayu raheel raheem rahel rahiye rahman rahmat rahmet rahmi rahn rahsaan raiden raihan raik
    raimondo raimonds raimundo raina raisa raissa raivis raivo rajata rajeshri rajko rakeem rakel rakide raksha
    raleigh raluca rama ramazan ramid ramil raminta ramiro ramiz ramsey ramunas ramune ramzi rana ranbir rance
    rand randal randalin randel randell randi randle randolf randver rangga ranieri ranka rannva rannveig rannver
    ranveer raoul raphaela raquan rasa rashaad rashaan rashad rashawn rasheed rashida rashidi rasim rasma
    rastislav rasul ratchanon ratih ratna ravy rayaan rayan rayana rayburn rayfield rayford rayhona rayla raymon
    raymonde raymund rayna raynard rayne rayshawn rayyona razi razvan reagan reanna reatha reba rebeca rebeka
    rebekah rebekka rebihat recep recepali reda redmond reece reese reet refet refik refugio refur regan regena
    regenia reginal reginald reginbaldur reginbjorg regine reginn regis regitse regitze regula regulo rehaan
    rehime reid reidar reidun reifnir reilly reimar reimer reimund reina reinald reinaldo reinar reingard
    reinhardt reinhart reinhild reinhilde reinis reino reksa rella relu remazan rembrandt remedios remigio
    remington remo remus remzi rena renada renae renaldo renan renard renate renato renea rengul reni renita
    rennie reno rens renske renzo reshoni resi respati ressie restu resulcan reta retha reto retta rettie reubin
    reva revza rexford rexhep reyansh reyes reyhan reyn reyna reynald reynaldo reynar reyndis reynhildur reynir
    reynold reynolds reyr reza rezin rezzak rhavi rhea rheta rhett rhian rhianna rhianne rhoda rhona riad rian
    rianna rica ricarda ricardas ricards riccardo ricci ricciotti richardt richelle richie richmond rickey ricki
    rickie rico rida ridhi ridwan rigo rigoberto rihanna rihards riina rika rikey rikka rikke rikki rilla rillie
    rimante rinaldo rinda rini rino rinor risa risalet risasi ritchie ritt riya riyad riza rizki rizvan roan robb
    robbie robbin robby robertas robertina roberts robiya robjorg robley robt rocco rochdi rochelle rochus roddy
    roderic roderich roderick rodger rodica rodolfo rodrick roel roena rofn rogelio rogers rogn rognvald
    rognvaldur rognvar rohaan rohat roise roisin rojnu rojus rokas rokkvi roko roksana rolanda rolandas rolands
    rolant roldan rolla rolland rollie rollin rollo romain romaine romana romane romano romello romeo romie romina
    romolo romona romuald romualdas romulo romulus romy rona ronal ronaldo ronda rondal roni ronin ronith ronke
    ronna ronni ronny ronya roos roosevelt roque rori rosabelle rosalba rosalee rosaleen rosalia rosalina
    rosalinda rosalinde rosaline rosalva rosalyn rosamond rosann rosanne rosant rosar rosaria rosarie rosaura
    rosberg rosbjorg rosborg rosco roscoe roseann roseanna roseanne rosel roselia roselinde rosella roselyn
    rosemarie rosena rosenberg rosenda rosendo rosetta rosevelt roshildur rosi rosia rosie rosina rosinberg
    rosinkar rosinkara rosinkrans rosinkransa rosita roska roskva rosl roslaug roslin roslind roslinda rosman
    rosmann rosmarie rosmary rosmunda rosmundur rosny rossa rossana rossie rostislav roswell roswita roswitha
    rotraud rotraut rouven rowland roxane roxann roxanna roxelana roxie roxy roya roza rozalia rozalija rozanne
    rozella roziya ruari rubani rubar rube rubeyda rubi rubie rubin rubye rudiger rudite rudolfo rudolfs rudolph
    rudra rueben ruedi ruel ruffin ruffus rufina rufino ruggero ruggiero rugile ruhide ruhiu ruhsat ruhshona
    ruhugul ruie ruknettin rumaysa rumeysa runa runar rundis rungo runhildur runi runolfur ruperta ruperto ruqayya
    ruqiya ruri rurik rusen rushil ruslan rusman rusne russ russel rustin rusul ruta rutha ruthann ruthanne ruthe
    rutherford ruthie ruthild rutur ruwaihim ruxanda ruxandra ruza ruzena ruzica ryann ryder ryker rylan ryland
    rylee ryleigh ryley rylie ryma ryne ryohei ryosuke ryszard ryte rytis saabir saad saadat saadiq saafir saahir
    saaiq saajid saal saalih saalim saanvi saaqib saar saariyah saba sabah sabahat saban sabar sabari sabas
    sabastian sabatino sabbir sabeeh sabih sabihe sabil sabin sabiq sabir sable saboor sabra sabri sabur saburah
    sacha sachi sada sadaka sadan sadao sadaqat sadat saddam sade sadeed sadeti sadia sadik sadiki sadina sadiq
    sadittin sadiye sadye safet safia safina safinaz safir safiri safiya safta safura sagcan sahin sahir sahra
    saida saiful saige saim sair sairah saire saka sakarias sakina sakip saksham sakti sakura salah salbjorg
    saldis saleh salena salih salima salimah salimet salin salina salka sallie salmann salmar salny salohiddin
    salome salomea salomey salomon salsabila salud salurbay salvar salvi salvor salwa samahat samaksh samama
    samandar samanta samar samara samarth samatha samesh samiah samie samina samira samiya samiyah sammie sammy
    samo sampson samson samsul samu samual samuele samurtay samweli samy sanaa sanai sanavber sanaya sancak sancar
    sancho sanda sandalio sandel sandi sandie sandile sandis sandri sandrine sandro sandu sandur sanela sanford
    sani sanije sanita saniya saniyah sanja sanjar sanjuana sanjuanita sanne sannie santa santana sante santia
    santina santino santo santos sanur sanya sanziana saoirse saood sapa sarabi sarafina sarahi sarai sardor
    sariah sarina sarita sarmite sarrah sarthak sarunporn sarvan sarvar sarvinoz sarya sasa sascha saso sathvik
    satomi satrettin saturnina saturnino satya saulius saumya saundra sauti sava savak savana savanah savanna
    saverio saveta savilla savina savni savon saxi saydam sayin sayrak sayuri schley schuyler scot scottie scotty
    seaborn seana seanan seaneen seanna sebastiaan sebastiano sebastiao sebastien sebastijan sebastjan sebattin
    sebigul sebla sebrina secgul secme seda sedat sedife sedrick sefania sefer segilola segismundo seha sehel seif
    seifur seimur sejda selah selaheddin selatin selcan selcen selcuk seldon selene seler selim selime selin
    selina seline selja selka selmer selmin selvi semaj semat semender semenica semine semir semra semrin sena
    senad senan sencar seneca senia seniha senn senna senol senora senta seona seosamh sepp septi septima sera
    seracettin serafin serafina seraina serda sereina serezli serfinaz sergej sergiu sergius serina serine serkan
    serma sernur serol serpil servac servinaz sesar seselia sesil sesilia sessa sesselia sesselja sessilia setya
    sevara sevcan sevdi sevdinar seve severiano severin severina severine severino severo severt sevgen sevginur
    sevican sevil sevim sevinc sevinch sevindik sevla sevsevil seward seydo seye seyfulla seyfullah seyhan
    seyithan seymour seymur seyran seyyide sezal sezen sezginbas shaban shad shae shahina shahnoza shahriyor
    shahzod shahzoda shaina shakila shakira shalon shalonda shamar shameka shamika shamsuddeen shan shana shanae
    shanda shandra shaneka shanell shanelle shanequa shani shania shaniece shanika shaniqua shanita shaniya shanna
    shannan shannen shanon shanta shante shantel shantell shaquan shaquana shaquille shaquita shara shardae
    sharday sharde sharee sharen shari sharif sharita sharla sharleen sharlene sharman sharonda sharron sharyl
    sharyn shasta shatara shauneen shaunna shaurya shavon shavonne shawana shawanda shawn shawna shawnda shawnee
    shawnna shawnte shayla shaylee shayna shayne shea sheamus shedrick sheela sheelagh sheena shehu sheilah
    shekoni shelba shelbi shelbie sheldon shelia shelli shellie shelton shelva shelvia shelvie shemar shena shenna
    shep sheree sheri sheridan sherie sherilyn sherita sherlyn sherman sheron sherree sherrie sherrill sherron
    sherryl sherwin sherwood sheryll sheyla shianne shida shiela shiloh shinead shira shirl shirlee shirleen
    shirlene shirleyann shirlie shivani shivansh shohei shohjahon shohrux shon shona shonda shonna shota shpresa
    shqipe shravya shukrona shyann shyanne shyheim shyla sibbie sibel sibilla sibille sibonelo sibongile
    sibusisiwe sibusiso sibyl sibylla sibylle sidar siddie sidiq sidki sidonia siegbert sieghard sieglinde siegmar
    siegmund siegrid siegried siegrun siegward siem siena sifa sigbergur sigbert sigbjartur sigbjorn sigdis sigdor
    sigdora sigfastur sigfinnur sigfrido sigfried sigfus sigga siggeir sighvatur sigismund sigita sigjon siglaugur
    siglinde sigmann sigmar sigmund sigmunda sigmundur signa signar signe signhildur sigri sigrikur sigrun
    sigsteinn sigtryggur sigtyr sigur sigurast sigurasta sigurbaldur sigurbara sigurberg sigurbergur sigurbirna
    sigurbjarni sigurbjorg sigurbjorn sigurbjort sigurborg sigurdis sigurdor sigurdora sigurdrif sigurdrifa
    sigurey sigurfinna sigurfinnur sigurgeir sigurgeira sigurgestur sigurgisli sigurgrimur sigurhanna sigurhans
    sigurhelga sigurhildur sigurjon sigurjona sigurkarl sigurlas sigurlaug sigurlaugur sigurleif sigurleifur
    sigurlilja sigurlin sigurlina sigurlinn sigurlinni sigurmann sigurmar sigurmon sigurmunda sigurmundur
    sigurnanna sigurnyas sigurnyjas siguroddur siguroli sigurosk sigurpall sigurros sigursteina sigursteinn
    sigursveinn sigurunn sigurvaldi sigurveig sigurvin sigurvina sigvaldi sigyn sihawukele siim sijuade siku
    silanur sile silfa silfrun silja silka silla sille silli silondile silva silvan silvano silvester silvestre
    silvestro silvian silviana silvie silvija silviu silvo sima simao simas simber simen simeon simi similoluwa
    simina simion simisola simmie simonas simonetta simonia simphiwe simpson simten sina sinaida sinan sinda
    sindre sindri sinica sinisa sintija siobain sioban siobhain siofra siphesihle sirac sirap sirje sirnir siro
    sirra sirry sirus sisi siska sita sithembiso sitiwat sittik sittikorn sivar siya siyabonga sjafnar sjoerd
    sjofn skafti skaidrite skapti skefill skeggi skender skirnir skjoldur skolastika skorri skugga skuggi skula
    skuld skuli skulina skuta skyla skylar slade sladjana slamet slavena slavica slavisa slavka slavko slavomir
    slavomira slawomir sloane slobodan smaranda smari smilte smyrill sneha snjaka snjezana snjoki snjolaug
    snjolaugur snjolfur snorra snorri socorro soffanias soffia sofiane sofija sofonias sofus sokmen sokrates sola
    solberg solbergur solbjartur solbjorg solbjorn solbjort solborg solbra solbrun soldis soldogg soledad soleh
    solene solhildur soliha solimann solin solkatla sollilja solma solmar solmaz solmundur solny soloman solomon
    solon solros solrun solva solvar solvej solvi solvin solvina solvita solvor somadina sommer somtochukwu sona
    sonad sondra songul songurkan sonji sonke sonnur sophanias sophronia sophus soraia sorana sorawut soraya
    sorcha sorin sorina sorli sosimo sotaro souad soufiane souma soumia sowande soydaner soykan soykut soyler
    soyselcuk sozer spartakus spenser sphiwe spoi spurgeon srecko staci stacia stacie stafford stana stanca stancu
    stanford stanislaus stanislava stanislavs stanislaw stanka stanko stanton stapi starla starling starr starri
    stasia stavros steen stef stefana stefani stefanie stefanny steffi stefnir steina steinar steinarr steinberg
    steinbergur steinbjorg steinbjorn steinborg steindis steindor steindora steiney steinfinnur steingrimur
    steinhildur steini steinkell steinlaug steinmann steinmar steinn steinolfur steinros steinrun steinunn
    steinvor stela stelian steliana stephaine stephani stephania stephany stephenie stephon sterre stetson stevan
    stevie stigrun stigur stijn stilla stine stirnir stjarna stjepan stojan stonewall stormur storolfur sturlaugur
    sturri styr styrbjorn styrkar styrmir styrr suat subhan subomi subutiye sucaettin suci sudi sudie sudiksha
    suellen sugra suha suhani suheyda sukru sula suleyla suleyman sulhi sullivan sultane sumarlina sumarros
    sumayya sumerya sumeyye sumner sunay sunel sungara sunna sunnefa sunneva supasit supasita suphi susam susanita
    suse susen susi susie sussanne sussie suus suvakit suvari suwijuk suzan suzana suzann suzanna suze suzer
    suzette suzy svafa svafar svafnir svala svali svalrun svan svana svanberg svanbergur svanbjorg svanbjorn
    svanbjort svanborg svandis svaney svangeir svanhildur svanholm svanhvit svani svanlaug svanlaugur svanmundur
    svanros svanur svatopluk svatoslav svava svavar svea svein sveina sveinar sveinberg sveinbjorg sveinbjorn
    sveinborg sveindis sveiney sveinhildur sveinjon sveinlaug sveinlaugur sveinmar sveinn sveinros sveinrun
    sveinsina sveinungi sveinveig svend svenja svenning sverrir svetozar svolnir swala swantje swen swetlana
    syahrini sybilla sybille syble sydell sydnee sydni sydnie syed sylas sylgja sylke sylva sylvan sylvana
    sylvania sylvanus sylviane sylvio sylwia symone syreeta syrus szymon taahaa taahir taaj taalib taamir taanish
    taariq taban tabassum tabatha tabea tabetha tabish taciddin tacnur tadas tade tadeas tadeen tadej tadeja tadeo
    tadhg tafazal taft tagangul taha tahawwur taheem tahj tahmaseb tahmeed tahmid tahoor tahseen taial taichi
    taimur taina taisir taja tajammal tajammul tajudinn tajus takatifu takisha takuma tala talal talan talat
    talayer talen talha talhah tali talib talibe taliyah tallie talmadge talmage tamala tamam tamanna tamar tamas
    tamasa tamatha tambika tambra tameka tamekia tamela tamera tami tamia tamica tamie tamika tamiko tamilla
    tamisha tammi tammie tammy tamra tamu tamya tana tanak tanay tanbay tandogdu tandri tandy tanesha tangela
    tangul tanhan tanika tanimu tanish tanisha taniya taniyah tanmayi tansev tantri tanveer tanvi tanyolac tanyu
    tarah taraji tarak tarfaan tarfur tari tarik tariyel tarmo taro tarsha taryn tarzicius tasar tasdik tashina
    tasia taskan tasnim tassilo tasvir taswir tate tatia tatianna tatsuo tatu tatum tatyana tatyanna taufan
    taurean taurus tautvydas tavares tavaris tavian tavion tavon tawana tawanda tawanna tawkeel tawnya taya taygan
    tayla taylak tayler tayshaun tayyibe tayyip teagan teber tecimer tecla teddie tedi teea teela teena teerth
    teetat tegan teguh teitny teitur teja tejas tejs tekbay tekecan tekiner tekla teknaz teksoy telemaco telim
    tella telma telman telmo telse temidayo temime temir temirhan temistocle temizkal tempie temucin tena tenika
    tenis tenisha tennie tennille tenvir tenzin teobaldo teodor teodora teodoro teodors teodosia teodosio teofil
    teofila teofilo teohari teona tera terance tercan tere terell terese teresia teresita teressa tereza terezia
    terezija teri terlan terrance terrell terri terrie terrill tessa tessie teun teuta tevin tevs texanna texie
    teybet teymur teymuraz teymurcin tezcan tezol thabani thabisa thabisile thabiti thad thaddaus thaddeus
    thalente thales thalia thanatcha thandazile thandeka thandiwe thando theadore theda thedore thekla thembeka
    thembekile thembile thembisile theobald theodis theodocia theodor theodoro theodoros theodosia theola theophil
    theophile theresia therman theron thiago thibault thibaut thies thijmen thijn thijs thinhinane thom thomasina
    thompson thora thoralf thorben thorberg thornton thorwald thos thresa thurlow thurman thursa thurston
    thuthukile thyra tiago tiana tianna tiarna tiarnan tiarra tiberia tiberiu tibra tiburcio ticen tichomir tiegan
    tiera tiernan tierra tiesha tiffani tiffanie tigin tiit tiiu tijmen tijn tijs tilden tilen tilla tillie
    tillman tillmann tilman tilmann tilo timbul timea timi timm timmie timmothy timmy timotei timotej timoteo
    timoteus timothee timurtas tinca tindar tindra tindri tindur tine tiney tinie tinna tinni tinnie tino tira
    tirdad tirsa tirta tirtayasa tirza tisa tisha tishie tishk tistran titas titi titilayo titin tito titus
    tiziana tiziano tjaldur tjasa tjorfi tjorvi tobe tobi tobie tobin toccara todda todsawun tofiq togan togrul
    toivo toka toker toki tokoz toktug tokunbo tola tolbert tolli tollie tolonbay tolulope toluwanimi toma tomasa
    tomaz tomeka tomi tomie tomika tomislav tommaso tommie tomo tomori tomoya tomris toms tomurcuk tonda tonguc
    tonia tonicha tonino tonja tonni tonny tono tonu tonya toomas topuz toralf torben torbjorg torel torfey
    torfhildur torfi torhan tori toriano toribio torie torill torquato torrance torrence torrey torrie torry tory
    tosha toshiko toshio tota tovuz towanda toya tracee traci trae traian traude traudel traudl traugott trausti
    travon trayvon treacy treasa treena tremaine tremayne trena trent trenten trenton tresa tressa tressie treva
    trever trevin trevion trevon trey treyton treyvon tricia triin trilby trina trini trinidad triona tripp tripti
    trish trisha trista tristana tristen tristian tristin triston triveni triya troels trostan trudel trudi trudie
    trudy trula trumaine truman trumann tryggva tryggvi tryggvina trystan tsubasa tuana tudor tudora tudosia tuere
    tufani tugcan tugce tugiman tugrulhan tugtas tukelalp tukufu tula tulay tule tulin tullio tulun tumas tumer
    tumi tumkurt tunahan tunar tuncboga tunchanok tung tunguc tunradee turabi tural turan turcan turcein turgut
    turid turkalp turkan turkmen turknur turlough turvi turxan tutkucan tutkun tutu tuyug tuzeer tuzenur twan
    twila twyla tycho tyesha tygo tylor tymon tymoteusz tyquan tyra tyree tyreek tyreese tyrek tyreke tyrel tyrell
    tyrese tyrfingur tyrik tyrin tyriq tyrique tyron tyrus tyshawn tyson ubaadah ubadah ubaid ubaidah ubaldo ubay
    ubayd ubaydullah ubbi uberto ubeydullah ubika ucan ucbeyi ucchal ucgul uche uchenna uchita udant udarsh uddi
    udeera udyati ueli uffe ufukay ugan uggi ugla ugne ugolino ugur ugurkan ugurtan uhban ujamaa ujunwa ulakbey
    uldis ulduz ulfa ulfar ulfat ulfdis ulfet ulfey ulfgeir ulfhildur ulfkell ulfljotur ulfrun ulftyr ulfur ulises
    ulke ulkudes ulkum ulle ullrich ulrik ultan uludag ulugbey uluman ulutay ulva ulvi ulya ulysses umaarah umair
    umande umang umar umay umaya umberto umid ummahan ummahani umman ummet ummuhan umoja umray umusan umut umutcan
    unal undina unek unggul unjani unlen unna unnar unnati unnbjorg unnbjorn unndis unndor unnsteinn unnur unubol
    upadhriti upasna upik upkaar upma uraltay urania uranus urbano urfan urfettin urhan uriah uriel urijah
    urishilla urmas urmi uros urper urrab ursa ursel ursina urska urte urvashi urvi usame uschi ushan ushindi
    usiku usman usmon ustun usyi utama utkarsh utkucan uyanser uygun uzbay uzer uzeyir uzima uzsoy vacibe vada
    vadim vafir vagn vagna vagnbjorg vahar vahid vahittin vaida vaidas vaishnavi vajen vaka vakare vakris vakur
    vala valarie valberg valbergur valbjorg valbjork valbjorn valbjort valborg valbrandur valda valdemar valdi
    valdimar valdis valdor valeh valentijn valentim valentin valentino valentinus valer valeri valerij valerija
    valeriu valero valery valeska valey valgeir valhildur vali valija valinda valka vallie vally valmar valmundur
    valny valon valorie valros valrun valsteinn valter valtyr valur valva valy vamakshi vance vanda vander vanesa
    vania vanja vannie vansha vanya vapni vara varenya varmar varsha varvara vasana vasare vasatika vasco vashon
    vashti vasif vasil vasile vasilica vassie vassilios vasudha vasyl vatnar vavrinec vaysal vazeh vebjorg vebjorn
    vecide veda vedant vedat vedhika vedika vedis vedran veerle vefia vega vegard vegeir veig veiga veigar veigur
    veis veit vejune vekell vela velaug velaugur velda veli velia velitdin vella vello velta velva vemundur vena
    venancio venceslas vendelin vendula venera veneranda venessa veniamin venie venita vennie venus veny veola
    verda verde verdell verdie vere vergie vergil verim verl verla verle verlene verlie verlin verlon verlyn
    vermundur vern verna vernal verne vernell vernelle verner vernetta vernia vernice vernie vernita vero verona
    veronique versa versie vertie vesna vessie vesta vestar vesteinn vestmar veta vetrarros veva vezat vezrife
    vibeka vibekka vicenta vicie vick vickey vicki victoire victoriano victorine victorino vicy vida vidadi vidal
    vidhi viera vieroslava viesturs vifill vigdis vigdogg vigfus viggunnur vigilija viglundur vigmar vigmundur
    vignir vigny vigri vigsteinn vigtyr vigur vihaan vija vikar vikingur vikki viktoria viktorie viktorija viktors
    vilberg vilbergur vilbert vilbjorn vilbogi vilborg vilbrandur vildane vilde vildis vilem vilgeir vilhelm
    vilhelmina vilhjalmur vili viliam vilis vilius viljar viljem vilji villads villi villimey vilmar vilmundur
    vilnis vilny vilte vilums viman vina vinaya vinbjorg vincenc vincentio vincenza vineta vinicio vinicius vinie
    vinjar vinko vinnie vinny vino vinsen vinson vinsy vinton vinzenz violeta violetta violette viorel viorela
    viorica vira viraj virdie virge virgel virgia virgie virgilio virgill virgle viridiana virman visar visarion
    visitacion visvaldis vita vitali vitalija vitazoslav vitezslav vito vitoria vittoria vittorio vitus viva
    vivaan vivi viviana viviane vivien vjekoslav vjollca vladelina vladimira vladislav vladislavs vlado vlaicu
    vlasta vlastimil vlora voggur voicu vojtech voldemars volkan volker volkhard volkmar vollie volney volundur
    vonda vonetta voney vonnie vopni vordis vorm vottur vratislav vratko vreneli vrinda vrishti vritti vuqar
    vurgun vusal vusumuzi vyanjana vytautas vyte waahid waail waajid waceera wadee wadi wadood wafa wafae wafeeq
    wafi wafiq wahab wahb wahban waheed wahhaab wahhaaj wahyu waida waino wakeeta wakiman walburga waldo waldtraut
    walentina walfried wallace walli walt walton waltraud waltraut waltrud waluyo wamwema waneta wani wanita warda
    wardaya wardell wardi warhi waridi warinder warjas warji warsa warsita warta waseme washington wasin wasis
    wassaya wassim watika watson wava wawan wayde wayland waylon wayman waymon wazir webb webster weena weldon
    welton wenche wencke wende wendel wendelin wendi wendolin wenke wenzel wera werner wess wessel westin westley
    weston whit whitley whitney wibke widisha widya wieland wieslaw wigbert wiktor wilber wilbert wilburn wilda
    wiley wilford wilfredo wilfrid wilfrido wilfried wilfriede wilhelmina wilhelmine wiliam wilkie willa willaim
    willam willard willene willfried willi willia williams willian williard willibald willibert williemae willis
    willodean willum wilmer wilson wilton wiltrud winda windell winfield winford winfred winfried winni winnie
    winnifred winona winthrop winton wira wirda wirt wishi wisnu witold wladimir woldemar wolfhard wong woodie
    woodroe woodrow woodson worley wout wouter wriddhish wridesh wulan wulf wuraola wyatt wylie wyman wynona xalak
    xalid xaliq xamis xanana xander xankisi xanlar xaver xena ximena xiomara xiti xobeen xolid xosrov xuan
    xudaverdi xudayar xudu xumar xzavier yaakov yaaseen yachana yacine yada yadavi yadid yadiel yadigar yadira
    yafi yafir yaghnam yagnesh yago yahaira yahia yahir yahsi yahsikan yahvi yahya yahyaa yahyo yair yaiza yajaira
    yakobo yalazabay yaman yamar yameen yamilet yamilex yamin yamini yance yancy yandel yani yanick yanik yanis
    yanisa yann yannic yannik yannis yaqeen yaqoot yaqub yara yareli yaretzi yaritza yasaar yasan yasar yasattin
    yaseen yasemen yasemin yash yashasvi yashawini yashem yashica yashoda yashodhara yashvi yasin yasina yasinta
    yasmeen yasmina yasmine yasser yassin yasti yasuhiro yatan yathrib yatin yauvani yavuz yawar yawer yayak yazan
    yazeed yazganalp yazgul yazmin yehuda yejide yekbun yekda yelesen yeni yepelek yeraz yergha yertan yesenia
    yesica yesil yesoob yessenia yessi yessica yetta yetunde yewande yfke yigit yilmaz yinthe ylenia ylfa ylfur
    ylja ylur ylva ylvie ymir yngvar yngve yngvi ynja yochana yoel yohana yohane yoichi yoko yolal yolonda
    yonetmen yono york yoruc yoselin yoshiko yoshio yoshita yosma yosuke youba youcef younes yousra yrar yrja
    yrkill yrsa yucel yucelen yuki yulia yuliana yulisa yulissa yumiko yumun yuni yunis yunita yunt yunus yurdanur
    yurdaser yureed yurem yuridia yurtguven yurtseven yurttas yusif yuta yutika yuvraj zaafir zaahid zaahir zaakir
    zabir zacarias zach zachariah zacharias zacharie zachery zackariya zackary zackery zada zadie zaeem zaenab
    zafar zafeer zafir zafrul zahaar zaharia zaheer zahfer zahi zahid zahir zahnya zahri zahro zahrun zahur zaib
    zaida zaiden zain zaira zaire zaitra zaituni zakaria zakarias zakariyo zakary zakhele zakir zakiyaxon zaliha
    zalindra zaman zamfir zamfira zamin zamiq zamir zamira zana zander zandra zane zaniyah zansi zarar zaraza
    zaria zariah zarina zarna zashil zauqi zaur zavier zavion zaweel zayan zayd zayden zaynab zayne zayyan zayyir
    zbynek zdenka zdenko zdislava zdravko zebirce zebulon zechariah zeferino zehaan zehnia zehra zehranur zekayi
    zeke zeki zela zelaya zelda zelha zelia zeljko zella zelma zelpha zemfira zemzem zena zenas zende zenia zennun
    zeno zenobia zenon zenovia zenta zenzele zenzile zerafet zerdad zeride zetta zettie zevlude zewad zeynal zeyno
    zeynulla zhane ziba zibuyile ziedonis ziggy zigmund zigrida zihni zikmund zilfa zillah zilmil zilpah zilpha
    zimran zina zinal zineb zinhle zinnura zinnure zion zita ziya ziyaettin zizi zlatica zlatko zoey zofija
    zohrehan zoie zoja zola zollie zona zophanias zophonias zora zoraida zoral zoran zorica zorka zsolt zuba
    zubayr zubeyde zufer zuheyla zuhri zula zulaikha zulbiye zuleyxa zulfa zulfuye zulgarni zumaridi zumre zumrud
    zuwayhir zuwena zvonka zvonko zwatie
"""
