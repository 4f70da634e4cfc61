"""Given names of many lands in plain letters, donta to kaazim, from the locales of Faker.

Faker is copyright (c) 2012 Daniele Faraglia and contributors, under the MIT licence: permission is granted to use, copy, modify
and distribute, provided that this notice is kept; without warranty of any kind.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = """
    donta dontae donte dora dorathea dorathy dorcas dorel dorene doretha doretta dorey dori doriana dorin dorina
    dorinda dorine dorinel dorit dorita dorla dorle dorli dorman dorotea doroteja dorotha dorothe dorothea
    dorothee dorr dorris dorsey dorte dortha dorthe dorthea dorthey dorthy doru dorukhan dosha doshia doshie dosia
    dossie dottie dotty douglass dounia dovie dovile dovud dovydas doyinsola doyle dozier draga dragana dragica
    drago dragutin drahomir drahomira drahoslav drahoslava drajat drake drauma draumey draupnir draven drazen
    dreki drema drengur drifa drilon drita driton drofn droplaug drott drucilla drury drusilla duane duard ducu
    dudley dufa dufgus dugfus duha duilio duje dulce dulcie duma dumisani dumisile dumitra dumitrana dumitru duna
    dundaralp dunia dunja dunn dunya dunyo durab duracan durante durdali durdona durell durgadin durmusali durna
    durodola durrell durrusehvar dursadiye dursun duruk duruoz durward durwood dusan dusanka dustan dustin dustyn
    duuk duwayne duyen duyguhan dvalinn dwain dwaine dwan dwane dwyane dyan dylano dyllan dylon dymphna dympna
    dyrborg dyrfinna dyri dyrleif dyrley dyrmundur dyrunn dzidra dzintars dzintra eadaoin eakumbu eamon eamonn
    eanna earle earlean earlene earley earlie earline earnestine eartha easton eathel eavan ebbe ebbi ebbie eben
    ebeneser ebenezer eber eberg eberhard eberhardt ebert eboni ebonney ebuakil ebuka ecaterina ecegul ecemis
    eckard eckart eckehard eckhard eckhardt eckhart ecrin edaviye edda edel edelbert edelgard edelmira edelmiro
    edeltraud edeltraut edeltrud eder edgaras edgardo edgars edgubay edhitha edie edil edilon edin edina edison
    edita edite editha edla edmon edmond edmonia edmundo edmunds ednah edon edona edouard edra edrie edris edsel
    edson eduard eduarda eduards edvard edvardas edvin edvinas edvins edwardo edwina edyth edythe eesaa eesha
    efemia effa effie efil eflatun efraim efrem efren efser eftimia eftimie egbert egedia egenur eggert eggrun
    egidijus egill egils egla egle egon egzon egzona ehan ehrenfried ehrentraud ehrhard ehsaas ehsan eidvile eijaz
    eikar eilifur eilis eilish eimantas eimear eimer eimhear einbjorg eindis einer einey einhildur einina einir
    eino einrun eiravati eirdis eirfinna eirika eirikur eirny eirun eitel eithel eithne eivin ejaz ejlaal ekaja
    ekalinga ekani ekansh ekanta ekantika ekapad ekaraj ekavir ekbal ekber ekene ekiya ekkehard ekkehart ekmel
    ekow ekrem ekta ekundayo ekundu eladio elaf elaina elam elamiye elana elariz elayne elba elberg elbert elberta
    elbridge elby elcin elda eldar eldbjorg elden eldey eldgrimur eldjarn eldlilja eldmar eldon eldor eldora
    eldred eldridge eldrun eldur elea eleanora eleanore elease electa eleina elektra elenborg eleni elenor elenora
    elenore elentinus eleonora eleonore eleuterio elex elfa elfar elfi elfie elfreda elfrieda elfriede elfur elgie
    elgin elgun elhan elia eliabeth eliakimu elian eliana eliane elianna elick elida elie elieser eliezer elifnur
    eliga eligah elige eligia eligio elihu elimar elina elinbergur elinbet elinbjorg elinbjort elinborg elindis
    eline elingunnur elinmundur elinor elinore elinros elio eliot eliros elis elisabet elisabeta elisabete
    elisabetha elisabetta elisaveta eliseo elisha eliska elissa elita eliza elizabet elizabeta elizabete elizah
    elizbeth elize elizebeth elka elladio ellamae ellar elle eller ellert ellery elley elli elliana ellin ellinor
    ellis ellisif ellison ellsworth ellwood elly ellyn elma elman elmar elmars elmidar elmina elmir elmira elmire
    elmo elmore elmyra elna elnora elnur eloa eloah elodia elodie elois eloisa elon elona elonzo elouise elove
    eloy elpidio elroy elsabet elsad elsbeth elsebeth elsi elsworth elsy elta elton elturan eluh elva elvan elvar
    elvera elvi elvia elvie elvin elvina elvis elvy elwanda elwin elwira elwood elwyn elxan elyas elyse elyssa
    elza elzada elzbieta elzie elzy emal emaline eman emanoil emanuela emanuele emanuella emanuelly emanuil emas
    embla embrek embuh emelia emeliana emelie emelina emeline emely emer emeralda emerson emery emett emigdio
    emile emilee emilian emiliana emilianna emiliano emilija emilis emilly emils emin emina emine emirsan emis
    emmalee emmaline emmanuelle emmer emmerich emmet emmi emmie emmit emmitt emmons emmy emogene emong emory
    emperatriz empluk emran emre emrullah emry encarna encarnacion encarnita enda endah endra endrit enea eneka
    enes enfes engelbert engilbert engilbjort engiljon engill engilros engin enginiz engla enid enika eniola enis
    enja enna ennio ennis enno enoch enok enola enos enrico enrika enriqueta ensar ensari enteng enver enya enzi
    enzio enzo eoghan eola ephraim ephram ephriam epifanio eppie epsie eral eraldo erasmo erasmus erastus eraycan
    erbay erbil erby ercan ercihan erdal erdemer erdibay erdmute erdogan erdursun erem eremia eren erenalp erensoy
    eres ergener erginel ergonul ergul ergun erhard erhardt erich erick ericka erie erikas erina erincer erion
    eris erkan erkinel erksoy erla erland erlar erle erlen erlendur erlene erlin erlinda erline erling erlingur
    erma ermanis ermanno ermenegildo ermes ermina ermine ermutlu erna ernestas ernestina ernestine ernests ernie
    ernir erogul erol eron eroz erpur errol ersat ersec ersel ertan erten ertun ertuncay ervaniye ervin erving
    eryk erykah eryn esau esben esco esekiel esenbay esengun esenturk esequiel esfandyar eshan eshana esila esim
    esja esjar esker eskinalp esley esma esmanperi esmarelda esmee esmeralda esmira esna esparta espartaco espen
    esperanza espiridion esra esref essa essex essie esta estefan estefani estefania estefany estel estela estell
    estella ester estera estes estevan estiawan estie estill estiono estiva eston estrella esupofo etela etelvina
    etha ethelbert ethelene ethelyn ethen ethie ethna ethne ethyl ethyle etibar etienne etiqad etizaaz etna etta
    etter ettie ettore euan eudora eufemia eufrosina eugen eugenie eugenio eula eulah eulalia eulalie euna eunan
    eunika euphemia eura eusebia eusebio eusebiu eustace eustaquio eutimio eutropio evald evaldas evalena evaline
    evalyn evamaria evance evander evangelia evangelina evangelista evangelos evanghelina evans evaristo evcimen
    evde evelena evelia evelien evelin evelina eveline evelio evelyne evelynn everet everett everette evert evertt
    evette evfemia evgenia evia evie evija evita evlalia evon evonne evrim evrimer ewald ewart ewatomi ewell ewin
    ewing exie eyberg eybjorg eybjort eydis eyglo eyhildur eyja eyjalin eyjolfur eylaugur eyleif eyleifur eylin
    eymar eymundur eyrikur eyros eyrun eysteinn eyvar eyveig eyvindur eyvor eyyub eyyup ezekiel ezell ezequiel
    ezgin ezgutekin ezio ezzard faas fabia fabiana fabienne fabio fabiola fabrice fabricio fabrisius fabrizia
    fabrizio fadekemi faderera fadil fadile fadime fafnir fahari fahmi fahrullah fainche faiq faisa faizah faizan
    faize falak falan falgeir falguni falk falki falko fallon falon falur fami fanaka fannar fannberg fanndis
    fanney fanngeir fannie fannlaug fanny fannye faqid faraj faraja farangiz faras farhan farhiya farhod
    farhunnisa farid farijika fariq faris fariz fariza faron farouk farrah farrell farris farzona fathonah fatigul
    fatih fatime fatinur fatmanur fatmir fatmire faton fatteh faustas faustino faye fayette fayize fazil fazli
    fazul feargal fearghal febe febi februn fedde fedele feden federigo fehim fehintola fehmiye felecia felice
    feliciana feliciano felicidad felicie felicitas feliks felipa felisa felisha felizitas fella felton fema femke
    fengur fenna fenne fenni fenrir fenton ferahdiba ferat feraye ferd ferdi ferdinando feremez ferenc fergal
    ferhan ferhat feriel ferihan ferinaz ferman fermin fermuta fernand fernande ferne ferrell ferris fersan
    fertram feruza feryas ferzi festus fetullah feyha feykir feyruz feyzin feza fiachra fiamma fibikemi fidan
    fidaye fidela fidelia fidelma fidencio fides fidvi fien fiene fifa fifill fiifi fikayomi fildan filipa filipe
    filipia filippa filippia filippo filippus filit filiz filofteia filomena fimar finbar finbarr finian finis
    finna finnbjorg finnbjork finnbjorn finnboga finnbogi finnborg finndis finnegan finney finngeir finnjon
    finnlaug finnlaugur finnros finnur finola fintan fiodor fionan fionna fionntan fionnuala fionnula fiorenzo
    fiorino firdavs firdevis firdovsi firman firudin fisnik fitan fitim fitnat fito fitore fitria fitriani
    fitzgerald fitzhugh fiyaz fjalar fjalldis fjarki fjola fjolar fjolmundur fjolnir fjolvar fjornir flamur
    flannan flavio flaviu fleda fleeta flem fleming flemming fleta fletcher fleur floare floarea floki flonnie
    floortje flor florance florea florencia florencio florene florent florentin florentina florentine florentino
    floretta floriana floriane florica florie florim florin florina florinda florine floris florrie flosi flossie
    flovent floy flurin flurina foch fodil folashade folda folkert folki folu fonda fonn forni fortunata fortunato
    fossmar fotima fouzia frado fran franci francina francisc francisca francisek franciska franciszek franck
    franco francoise franjo franka frankie franklin franklyn frann frans fransiska frantisek frantiska franziska
    frar frauke frazer frazier freda freddy frede frederica fredericka frederico frederik frederika frederike
    frederikke frederique fredi fredie fredo fredric fredrick fredy freeda freeman fregn freia freida freja
    fremont freybjorn freydis freyja freylaug freyleif freymar freymundur freyr freysteinn fricis fridolin
    fridrich friedbert friedemann friedericke friederike friedhelm friedhilde friedhold friedl friedlinde friedo
    frigg frimann frithjof frode frona fronia fronie fronnie frosti frostros frusina fryderyk fugen fulgencio
    fulton fulvio fuma fumiko funi fura furman fusi fuzayl fuzuli fylkir fynn gabe gabel gabi gabino gabriele
    gabrielius gabriella gabrielle gabrielly gada gadang gading gaduh gael gaelle gaetano gagan gage gaia gaida
    gaige gaiman gaither gaja galak galang galar galasso galdur galen galih galilea galina galiono galip galo
    galuh galur gamaliel gaman gamani gamanto gambira gamblang gambo ganda gandewa gandi ganep ganga gangsa
    gangsar gani ganimete ganiye ganjaran gannon gantar gara garan garang garda gardner garech garett garey
    garfield garibaldi garima garner garnett garold garpur garreth garrett garri garrick garry garth garvan garvin
    gaspar gaspare gasti gastone gatis gatot gatra gaui gauja gaukur gaurang gaurangi gauri gaurika gautam gautami
    gauthildur gauti gautrekur gautur gavan gaven gavyn gawati gayathri gaye gayla gayle gaylen gaylene gaylon
    gaylord gaynell gazel gazmend gbadebo gbolahan gbowoade geanina gearld gearldine gearoid gebhard gediminas
    geert geetika gefjun gefn geir geira geirbjorg geirdis geirfinna geirfinnur geirhildur geirhjortur geirhvatur
    geiri geirlaug geirlaugur geirleifur geirmundur geirny geirolfur geirrun geirtryggur geirvaldur geisli gejza
    gelengul gellir gelsomina gelu gema gena genaro gencaslan gencay genevra gennaro gennie geno genovefa genoveva
    genta georganna georgeann georgeanna georgel georgene georgeta georgetta georgette georgian georgiana
    georgiann georgianna georgie georgine georgios geovanni geraldo geralyn gerardine gerardo geray gerd gerdi
    gereon gerfried gerhardt gerhart gerhild geri gerlind gerlinde germaine germana gernot gero gerold gerolf
    geronimo gerrard gerri gerrit gert gerta gertha gerti gertie gertraud gertraude gertraut gertrud gertruda
    gertrude gertrudis gervasio gerwin gesa gesche gesine gestny gestrun gestur geta gethera geza ghaalib ghaazi
    ghaffaar ghafoor ghaith ghalib ghaliyati ghanee ghanem ghani ghannam ghasaan ghauth ghawth ghayoor ghazalan
    ghazanfar ghazanfer ghazawan ghazi ghazzal ghenadie gheorghe gherghina ghilas ghislaine ghiyaath ghiyath
    ghufran ghulaam ghulam ghunayn ghusharib ghusun ghutayf giacinto giacobbe giada giampaolo giampiero gian giana
    giancarlo gianfranco gianina gianluigi gianmarco gianna gianpaolo gianpietro gibson gica gicu gideon gidget
    giedre giedrius giel giesela gifford gigi gigja gigjar gijs gilang gilberte gilberto gilda gilford gillie
    gilman gilmar gilmer gilmore gils gilslaug ginette ginny gino gintare ginyas gioacchino gioachino gioele
    gioffre gioia gion gionata giorgia giorgian giorgiana giosue giovani giovanna giovanny girik girindra girish
    girolamo girtha gisa gisbert gisele gisla gisley gisli gislina gislinde gislny gislrun gislunn gisselle
    gissunn gissur gita gitta giuliana giuliano giulietta giulio giuseppa giuseppina giustino gizela gizur
    gjaflaug gjuki gladis gladstone gladyce glauco glendon glendora glenna glennie glennis glenwood glinda gloa
    globjort glodis gloey gloi glumur glynda glynis glynn gneisti gnupur gnyr goda godfrey godofredo goebel
    goffredo gogo gohar gokay gokbudun gokce gokcebalan gokcil goken gokhan goknur gokperi goksev gokten golda
    goldia goldie goli goma goncafer goncalo gonen gonul gorazd gordan gordana gorden gorgunay gorklu gorm gorsev
    gotthard gotthilf gotthold gottlieb gottlob gottskalk gottsveinn gotz goyo gozel gozem gracelyn gracia
    graciana graciano gracie grady graeme grafton grani grania grankell granville grayce graydon grayling grayson
    grazia graziano graziella grazyna greca grecia greco greene grega gregg greggory gregoire gregor gregoria
    gregorian gregorio grein greipur greppur gret gretar gretchen grete gretel grethe gretl gretta grettir greyson
    grieta griffin griffith grigore grima grimar grimhildur grimkell grimlaugur grimnir grimolfur grimulfur grimur
    grisel griselda groa grzegorz guarino gucal gucluer gucyeter gudula guenter guenther guglielmo gugu gugulethu
    guilford guilherme guillermina guiomar guiseppe gulab gulaga gulay gulbala gulbani gulbeyan gulbiye gulce
    gulcegun gulcin guldam gulder guldunya gulegen gulel gulenay guler gulev gulfaam gulfam gulfari gulfeza gulgen
    gulguzel gulhisar gulinaz gullbra gulluhan gullveig gulmira gulmisal gulnar gulnaz gulnaziye gulnur gulozge
    gulsa gulsahin gulselin gulsen gulseref gulseren gulsevil gulsiye gulsu gulsum gultac gulten gulter gulus
    gulustan gulxar gulzadiye gulzar gumi gumma gumustekin gunar gunars gunay gunaydin gunbir gunda gundel gunden
    gundhild gundi gundolf gundula gunduz gunduzalp gunebakan guneet guneri guney gungordu gungoren gunhild gunita
    gunkurt gunn gunnberg gunnbjorg gunnbjorn gunnbjort gunnborg gunndis gunndor gunndora gunnella gunnfinna
    gunngeir gunnhallur gunnhildur gunnjona gunnlaug gunnlaugur gunnleif gunnleifur gunnolfur gunnoli gunnrun
    gunnsteinn gunnur gunnvaldur gunnveig gunnvor gunny gunsel gunsen gunta guntars gunter gunther guntis guntram
    gunver gurarda gurcuye gurelcem gurli gurney gurry gursal gurten guss gussie gusta gustaf gustas gustave
    gustavus gustaw gusti gustie guthrie gutti guttormur guus guusje guvercin guzey gwenda gwendolen gwendoline
    gwyn gyda gygjar gylfi gymir gyte gytis gytta gzim habib habiba habibe habibu habil haciali hacile hadassa
    hadassah hadda haddi haddur haddy haden hadi hadicha hadija hadithi hadiza hadjer hadrey hafberg hafbjorg
    hafborg hafdis hafey hafgrimur hafiz haflina hafnar hafni hafny hafros hafrun hafsat hafshah hafsteina
    hafsteinn hagalin hagbert hagen haiba haiden hailee hailey hailie hairyanto hajo hakeem haki hakikat hakim
    hakonia halbert haleigh halenur haleygur halfdan hali halid halidun halie halil halim halina halisi haliye
    halla hallbera hallberg hallbjorg hallbjorn hallborg halldis halldor halldora halle halley hallgeir hallgils
    hallgrimur hallgunnur hallie hallkatla hallkell hallmann hallmar hallmundur hallny hallrun hallsteinn hallur
    hallveig hallvor halsey haluk hamar hami hamid hamilton hamima hamis hamiyet hamp hampton hamsini hamundur
    hamzah hana hanako hanbiken hanedan hani hania hanife hanim hanja hannabel hannchen hanne hannelore hannes
    hanney hanni hannibal hanno hanns hanny hanora hansa hansel hansford hansgeorg hansina hansjoachim hansjorg
    hansjurg hansjurgen hanson hanspeter hansruedi hanss hansueli hansultan haralamb haralambie haraldur harambee
    harbinaz hardana hardi hardie hardik hardin harekur harijs harimurti harinakshi harini haris harita hariz
    harja harjasa harjaya harjo harl harlan harland harlaugur harlen harlene harlie harlon harlow harman harmon
    harnail haroldo harpa harrell harri harrie harriett harriette harris harro harrold harsana harsanto harsaya
    harshil hartaka hartana hartley hartmann hartmut hartmuth harto hartvig hartwell hartwig haruka haruko harun
    haruna harve harvie harvy hasan hasbek hasel hasgul hashiki hasim haskell hasna hasret hassie hasso hasta
    hasteinn hatem hatice hatima hatin hauksteinn haukur haukvaldur hauwa hava havali havar havard havarr havse
    hawehindi hayali hayat haydee hayel haylee hayleigh haylie hayret hayrunnisa hayward haywood hazeem hazelle
    hazen hazine hazle hazrat heba heber hebert hedi hedviga hedvika hedwig hedy heide heidelinde heidelore
    heidemarie heiderose heidrun heidy heikir heiko heimir heimo heiner heinfried heini heino heinrekur heisi
    heitor hekima hekime hekla hekmet hektor helaine helan helene helfried helgi heliodoro hella helle hellen
    hellena hellmut hellmuth helma helmar helmtrud helmut helmuth heloisa helyn hema hemang hemangini hemani
    hemmert henderson hendra hendri hendrik hendrikka henife henni hennie henny henretta henrich henrieta
    henrietta henriette henrika henrike henriks henrique henryk hera heracleea heraclio herberto herbjorg herbjorn
    herbjort herborg herdis herfinnur hergeir hergill hergils heribert heriberto herjolfur herlaug herlaugur
    herleifur herlinda herlinde herluf herma herman hermanis hermelinda hermina hermine herminia herminio hermon
    hermundur hernando herrmann herschel hershel hershell hersilia hersir hersteinn hersveinn herta hertha heru
    hervar hervey hervin hervor herwig heryanto hessie hester hesti hettie hetty heva heyvetullah heyward hezekiah
    hezniye hezzie hicran hicsonmez hidaya hidde hideki hideo hidir hilah hilal hilario hilarius hilayda hilbert
    hildar hildburg hilde hildegard hildegarde hildegart hildegund hildegunde hildibergur hildibjorg hildigeir
    hildiglumur hildigunnur hildimar hildimundur hildingur hildir hildisif hildred hildur hillard hillary hilliard
    hilma hilmar hilmer hilmir hilton hiltraud hiltrud himawan himinbjorg himri hinet hinrich hinrik hinrika
    hinrikka hipolito hiral hiram hiroshi hitesh hjallkar hjalmar hjalmdis hjalmer hjalmey hjalmgeir hjalmros
    hjalmrun hjalmtyr hjalmur hjalmveig hjalta hjalte hjaltey hjalti hjarnar hjordis hjorleif hjorleifur hjorny
    hjortur hjorvar hledis hlegestur hler hlif hlifar hlin hlini hljomur hlokk hlynur hnefill hnikar hnikarr
    hobert hobson hocine hodari hodd hogna hogni hoke holden holgeir holger holland holli hollie hollis holm
    holmar holmbert holmbjorg holmdis holmes holmfastur holmgeir holmgrimur holmkell holmsteinn holti homero
    honora honore horacio horatio horea horia hortencia hortensia hortenzia horton horymir hosea hoseas hosie
    hoskadem hoskuldur hosteen houcine houda howell hoyt hrafn hrafna hrafnar hrafnbergur hrafnborg hrafndis
    hrafney hrafnhildur hrafnkatla hrafnkell hrafnlaug hrafntinna hrafntyr hrannar hrappur hraunar hraundis
    hredhaan hrefna hreimur hreindis hreinn hrimnir hringur hritik hroaldur hroar hrobjartur hroi hrolfdis hrolfur
    hrollaugur hrolleifur hromundur hronn hrund hrutur hrvoje huban hubbard hubert hubertine hubertus huda
    hudavent hudson hugberg hugbjorg hugbjort hugborg hugdis hughes hughey hughie hugi huginn hugleikur hugljuf
    hugrun hugues huguette hukumdar huld hulda huldah huldar huldis huldrun hulya humaira humaiya humayra humberto
    humeyra humi humoyun hunalp hunbjorg hunbogi hundis huni hunn hurbert hurdogan hurican hurley hurmet hurside
    huruyet huryasar huseyin huseyn huseynqulu husmen husnuhal huston huxley huzaifa huzuri hvannar hvonn hyltir
    hylur hyman hymen hynek hyrum iacob iancu ianis iara iasmina ibaad iban iben ibidapo ibironke ibraaheem
    ibraheem ibrani ibrohim ibun icha icie idabelle idamae idda idell idella idika idrees idriz ieremia iesa iesha
    ieshia ieva ifeanyi ifechukwu ifeoma ifora iftikhaar iftikhar ifunanya ignac ignacia ignacy ignas ignatz ignaz
    ignazio igne igors ihab ihsaan ihsan ihtesham ihtiram ihtishaam ihtsham ijaya ijli ikbal ikenna ikeoluwa iker
    ikhlaas ikhsan ikin ikraam ikram ikramah ikrimah ikshita ilah ilan ilaria ilarie ilarion ilda ildefonso ildiko
    ileana ilene ilenia ilga ilhan iliana ilias ilie ilija ilinca ilir ilja ilka illa illugi illya ilma ilmars
    ilmur ilonka ilsa ilyas ilyes ilze imam imanol imants imany imara imaran imene imer imke immanuel immo immy
    imogene imona imrich imron inara inaya inda indah indali indra indrajit indre indrek indrikis indy inell inese
    ineta inez ingberg ingbert ingdis ingeborg ingeburg ingelise ingelore ingetraud ingetraut ingey inghildur ingi
    ingiberg ingibergur ingibert ingibjartur ingibjorg ingibjorn ingibjort ingiborg ingifinna ingilaug ingileif
    ingileifur ingilin ingimagn ingimar ingimaria ingimunda ingimundur ingiros ingisol ingivaldur ingiveig
    ingjaldur ingmar ingo ingolf ingolfur ingram ingrida ingried ingrun inguna ingunn ingvaldur ingvar ingveldur
    ingvi inigo inioluwa inka inken inmaculada inna inocencio insa inta intan ioan ioana ioanina ioannis iola
    iolanda iona ionel ionela ionelia ionica iosefina iosif ippazio iren irena iretioluwa irfan iriana iridenta
    iridian irine irinel irja irmantas irmela irmengard irmgard irmhild irmi irmingard irmtraud irmtraut irmtrud
    irmy irnanto irpa irsad irunn irva irven irvin irvine irwan irwin irya iryna isaak isabela isabell isabelly
    isadora isadore isafold isai isaias isak isalind isam isamar isaque isar isarr isaura isaya isbjorg isbjorn
    isdis iseldur iseoluwa isey isfandiyor isfold isgeir isha ishaan isham ishani ishanvi ishildur ishita ishmael
    ishola ishwar isiah isidor isidore isidoro isidro isin isis islaug isleif isleifur islom ismael ismar ismet
    ismey ismoil isol isold isolde isolfur isom isreal isrun issac issack issi issol istvan isveig itanya ituri
    itzel itziar iulia iulian iuliana iuliu iunn iurie iustin iustina iustinian ivah ivanka ivanna ivano ivars
    iver iverson iveta ivette ivey ivica ivie ivka ivona ivonne iwan iyabode iyadunni iyana iyanna iymona izaaz
    izabela izabele izabella izabelle izaiah izayah izetta izidor izola izora iztok jaabir jaafar jaan jaanus
    jabari jabbaar jabbar jabez jabir jabr jabulani jacalyn jace jacey jacintha jacinto jackeline jacki jacklyn
    jacobine jacobo jacoby jacopo jacque jacquelin jacquelyn jacquez jacquline jacqulyn jada jaden jadiel jadon
    jadranka jadyn jaeda jaeden jael jaelyn jaelynn jaeman jafar jafet jaffer jaga jagapati jagaraga jagat jagger
    jagrati jagvi jahangir jahanzeb jahdami jahdari jaheem jaheim jahi jahiem jahir jahiz jahm jahongir jaida
    jaiden jaidyn jailene jailyn jaiman jaimee jaimie jair jairaj jairo jais jajuan jaka jakayla jaki jakobe
    jakobina jakobs jakop jakov jalaal jalal jaleel jalees jaleesa jalen jalia jalil jalisa jalissa jaliyah jalol
    jalon jalsa jalyn jalynn jamaal jamalia jamar jamarcus jamari jamarion jame jameel jamel jameson jamey jami
    jamila jamin jamir jamison jamiya jammie jamshid jamya janae janaki janani janay janeen janel janell janelle
    janene janessa janeta janett janetta janette janey janez jangwa jani janiah janic janick janie janik janin
    janina janis janiya janiyah janja jankat janko jann janna janne jannette janni jannie jannik jannika jannis
    jano janos janosch januja janus janusz janya janyce jaquan jaquelin jaqueline jaquez jara jarad jaren jaret
    jarett jari jarl jarlath jarleth jarmila jarnbra jarngrimur jarod jarolim jaromir jaromira jaron jaroslav
    jaroslava jaroslaw jarrad jarrell jarret jarrett jarrod jarun jaruthip jaruwan jarvis jarwa jarwadi jarwi jase
    jasen jasiah jasin jasiri jaslene jaslyn jasmani jasmijn jasmina jasminka jasmit jasmyn jasmyne jasna jasur
    jaswadi jatgeir jati jatin jatmiko jatmundur jaunita javen javi javiera javion javohir javon javonte jaxen
    jaxon jaxson jaxton jayadi jayce jaycee jaycie jaycob jayda jaydan jayde jaydin jaydon jaye jayeng jayla
    jaylah jaylan jaylee jayleen jaylen jaylene jaylin jaylinn jaylon jaylyn jaylynn jayme jaymes jayson jayvion
    jayvon jazeps jazlene jazlyn jazlynn jazmin jazmine jazmyn jazmyne jeana jeane jeanetta jeanie jeanine
    jeanmarie jeanna jeanne jeannette jeannie jeannine jedediah jedrzej jeet jeevika jefferey jefferson jeffery
    jeffie jeffry jefri jekabs jekaterina jekaubs jelani jele jelita jelka jelle jelte jemal jemima jemma jena
    jenaro jenel jenelle jenetta jenifer jenilee jennette jenni jennie jenniffer jennings jensen jensina jente
    jeppe jeptha jerad jerald jeraldine jeramiah jeramie jeramy jere jered jerel jereme jeremey jeremi jeremias
    jeremie jergus jeri jerica jerilyn jerilynn jerimiah jerimy jermain jermey jermiah jernej jerneja jerod jerold
    jeromy jeronimo jerrad jerrel jerrell jerri jerrica jerrie jerrilyn jerrod jerrold jerusha jeryl jesenia
    jesica jess jesse jessee jessenia jessi jessika jessy jessye jesus jesusa jethro jetmir jeton jett jetta
    jettie jevgeni jevon jewell jezups jhalak jiles jillian jimena jimmie jina jinawi jindra jindrich jindriska
    jinjuta jinnie jinthe jiri jirina jitka jitrin joana joanie joaquim joaquina jobe jobst jocelyne jocelynn
    jochem jochum jodi jodis jody joell joella joelle joellen joep joerg joeseph joesph joetta joette johana
    johannah johanne johans johathan johnathon johney johnie johnna johnnie johnpaul johnson johny jokla joko
    jokubas jokull jokulros jolana jolanta jolanthe joleen jolene jolette jolie jolijn jolin joline jomar jomundur
    jona jonah jonanna jonar jonasina jonatan jonathon jonbjorg jonbjorn jonbjort jondis jondor jondora jonell
    jones joney jongeir jonhildur jonida jonina joninna jonmundur jonna jonnie jono jonsteinn jony joojo joost
    jora jordana jorden jordin jordon jordy jordyn joretta jorfi jorg jorgen jorgina joris jorja jorlaug jormundur
    jorn jorri jort jorundur jorune jorunn jorvar jorvi jory josafat josavin josebina josefa josefin josefine
    josefita joselin joseline joseluis joselyn josep josephus josette joshuah josiah josiane josiephine josip
    josipa josko joslyn joso jossie jost josteinn josua josue jovan jovana jovani jovanni jovanny jovany jovin
    jovina jovita joycelyn joye jozef jozefa jozefina jozica juanito judd jude judea judie judit judita judson
    judyth juelz juergen jula jule juli juliane juliann julianna julianne julieta julietta julija julijana julijs
    julious juliros julisa julissa julita julius juliusz juluis jumaane jumadi jumari juna juni junia juniana
    junie junious junius juozas juraj jure jurek jurg jurgita juri jurij juris jurre justas justen justina
    justinas justiniani juston justus justyn jusuf juul juwan juwon jyoti jytte kaamil kaan kaaren kaashif kaazim
"""
