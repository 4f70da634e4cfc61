"""Given names and surnames in Latin letters: common ones of many countries. Lower case."""

from __future__ import annotations

from typing import Final

from privacy.redaction.lists import words

GIVEN: Final = words(
    """
    abbie abel ada adaeze adelaide adnan agatha agneta ahmad aileen aimee alba alberta aldo alec aleksandra
    alena alex alexandre alexey alfonso alfredo ali alina allen alonso alvaro alvin amalia amani ambrose amelie
    amos amrit anders anika ankur annabel annabelle annika anselm anton arabella archana aretha ariel armando
    arnaud aron arturo arvind ashish asif audrey aurelie axel ayesha azad barney barry bartosz basma beata
    beatrice beatriz becky belinda benito benny berit bertha bertil bess bettina bilal birgit birgitta bob
    bonnie boris brendan bridie bronwyn bryony burak byron caleb calvin camilla candice cara carey carlo carmel
    carole casey casper cathal cathrine cecile cecily celeste celia celine cerys chang chantelle charlene
    chidinma chloé chris christel christi christos cian ciara ciaran claas clement clementine clifford clinton
    clodagh conrad corinne cornelia craig crispin curt cyril dagmar damon danilo darcy darius dariusz darlene
    davide dawid deanna deborah declan deirdre delia delphine demetrius deniz derrick deshawn desiree desmond
    dev devon dexter dianne didier dilip dion dominik donal donovan doreen dorota dragan duarte dwayne dwight
    edmund edna edoardo efrain egil eirini eivind ekaterina elijah elke elmer eloise elvira emanuel emeka
    emilie emilio emmett eoin ernesto ernst erwin esme estelle ethel eugenia eunice evangeline ewelina ezra
    faisal farah faruk fausto federica federico felicia ferdinand fergus fidel filip finlay finley flavia floyd
    folke franca francine franz frederic frida frieda fritz gaston gaurav genevieve georg georges georgina
    geraldine gerda gerry gianluca giles gilles gisela giselle gitte gladys glenda glenys gottfried graciela
    grainne gudrun guido gulshan gunilla gustavo gwen gwendolyn gwyneth haakon hadley hakan halima hamish hari
    harish harvey hattie hayden hayley hedda hedvig hege heike heinrich heinz hermann hermione hernan horace
    horst hortense hugo humphrey husain iain ida idris ignatius ilana ilse imani imelda imre indira inge inger
    ione irma irving isaiah isidora isobel issa ivar ivor iwona iñigo jacinta jaclyn jadwiga jagdish jamal
    jameela jamil janine jasmin jaya jayden jedidiah jelena jeremiah jermaine jerzy jitendra joakim jocelyn
    joey johann johnathan jolanda joni jonny jostein juana judah judi jukka julien juliette justyna jutta kalle
    kamala kamila kaneesha kapil kareem karina karla karsten kasper kathrin kaylee keisha kerstin khadija kiara
    kieron kimmo kiran kirk kirsti klara knut konstantin kristofer kristy kunal kurtis lakshman laszlo latoya
    laurie lavinia layla leandro leland lennart leonie leonor leopold leroy leticia lettie lewis lila lilian
    lillian lina linnea lionel lisbeth lisette loretta lottie lourdes luana luciano lucien lucille ludmila
    lydie lyle mads maeve magali magne maisie mandy manfred manoj marcelo marcin margot margrethe mariam marian
    mariano marit marlon martijn martine marvin maryanne masha mathilda mathilde matias mats maud mauro
    maximillian maya mayur meera mehdi melina mercedes merete meryl mia micaela michaël mick mihai milton mindy
    mirela mirko mitch mohan moira monty muriel myrna nadezhda nadja nanette naresh nasir nasreen nate nathalie
    naveen ned nell nellie nestor neville niamh niccolo nicki nicolette niels nilesh niranjan nishant noelle
    noemi nolan norbert noreen norris nuno octavia oddbjørn oddvar olena oliwia olof oluwaseun omari ondrej
    oona oriana orla orlando osman oswald otis ottilie oyvind paavo paddy pankaj parvati patrizia pauline
    pavlos payal pekka perla petr petros philomena phyllis pilar prisca priyanka rachael radek rafe raghav
    rahim raimund raja rajiv ralf ramón randolph raquel rasmus raymundo reggie reinhold remy reuben rhiannon
    rhys ricky riley rishi ritva rizwan rohini rolando ronja rosalie rosanna roslyn rowena roxana roy ruairi
    rudi rudy rufus rupa rute sadie saeed sahil salim salman salvador salvatore sami sanna santosh sapna saskia
    satish savita scarlet seamus selena selma serge shabnam shahid shanice sharmila shauna shelby sherri shilpa
    sian sidney siegfried sigurd silas silke silvana simona sinead sissel siv slava snezana solange sondre
    sonya staffan stanley stephane stian stina sturla stéphane subhash sudhir sukhdeep sumit sunniva surya
    susann susannah suzie sverre swati sybil sylvain sylvester tabitha tadeusz tage tahir talia tanja tarun
    tasha tatjana taufik teddy temitope terrence thandi thelma theodora thilo thommy tibor tilda tilly timon
    tobiasz toby todor tomás tonje torbjörn torbjørn torgeir torstein tracie traute trude truls trygve tyrone
    ulla ulrike uma unni urs urszula usha vaclav valeria valerio vasily vaughn velma venkat verena verity
    verónica vibeke vickie viggo vikas vilma vince virgil virginie viswanathan vitor vivianne vlad waldemar
    walid walther warwick wes wiebke wilbur wilfred willem winifred wolfram xavi xenia xiao yael yan yannick
    yasir yiannis yolande yosef youssef yuliya yvan yves zack zahra zaid zbigniew zdenek zeynep zofia zuzana
    aaron abby abdul abdullah abigail adam adele aditya adrian adriana agnes agnieszka ahmed aidan aisha ajay
    akshay alan alana alastair albert alberto aleksander alejandra alejandro alessandro alessia alexander
    alexandra alexis alfred alice alicia alison alistair allan allison alyssa amanda amelia amina amir amit amy
    ana anand anastasia anders andré andre andrea andreas andrei andrew andrés andres andrzej andy angela
    angelica angelina angus anil anita anja anjali ankit ann anna anne annette annie anthony antoine anton
    antonia antonio anya archie ariana arjun arne arnold arthur arun arvid asha ashley ashok astrid åsa barbara
    bart ben benedict benjamin bernard bernd bernie beth bethany betty beverly bianca bjorn bjørn björn blake
    bob bobby bogdan brad bradley brandon brenda brendan brent brett brian bridget britt britney bruce bruno
    bryan bryce caitlin caleb callum cameron camila camille carla carlos carmen caroline carolina carolyn
    carsten cassandra catherine catalina cathy cecilia cedric cesar chandra chantal charles charlie cheryl
    chiara chloe chris christa christina christine christoph christopher cindy claire clara clarissa claude
    claudia claudio clive colin colleen connie connor constance corey cristian cristina curtis cynthia dag
    damian damien dan dana daniel daniela danielle danny daphne darren daryl dave david dean-paul debbie
    deborah debra deepak deepika denise dennis derek deepa desmond diana diane diego dieter dimitri dina dinesh
    dirk dmitri dolores dominic dominique donald donna doris dorothy doug douglas duncan dylan ebba ed eddie
    edgar edith eduardo edward edwin eileen einar eirik elaine eleanor elena eli elias elif elin elisa
    elisabeth elise elizabeth ella ellen ellie elliot elliott elsa elsie emil emilia emily emma emmanuel
    enrique eric erica erik erika erin ernest esteban esther ethan eugene eva evan evelyn ewa ewan fabian
    fatima fatma felicity felipe felix fernanda fernando finn fiona florian frances francesca francesco francis
    francisco françois francois fred freddie frederick fredrik freya friedrich gabriel gabriela gail gareth
    gary gavin gemma geoff geoffrey george gerald gerard gerhard giacomo gianni gilbert gillian gina giorgio
    giovanni giulia giuseppe gloria gonzalo gopal gordon goran graham greg gregory greta guadalupe guillaume
    guillermo gunnar gurpreet gustav gustavo håkon hakon haley hamza hanna hannah hans harald harold harriet
    harrison harry hassan heather hector heidi helen helena helga helge henning henri henrik henry herbert
    hilary hilda howard hugh hugo hussein ian ibrahim ignacio igor ilona ilya imogen imran ines inga ingrid
    irene irina isaac isabel isabella isabelle isla ismail ivan ivana jacek jack jackie jackson jacob
    jacqueline jacques jaime jake jakob jakub james jamie jan jana jane janet janice jared jarek jasmine jason
    javier jayne jean jeanette jeff jeffrey jenna jennifer jenny jens jeremy jerome jerry jesper jessica jessie
    jesús jill jim jimmy joachim joan joann joanna joanne joao joão joaquin jochen jodie joe joel johan johanna
    johannes john johnny jon jonas jonathan jordi jorge jörg jose josé josef josefina joseph josephine josh
    joshua josie joyce juan juanita judith judy jules julia julian juliana julie juliet julio jürgen jurgen
    justin justine kai kamal kamil karen kari karim karin karl karolina kasia katarina kate katherine kathleen
    kathryn kathy katie katja katrina katrine kavita kay keiran keith kelly ken kendra kenneth kenny kerry
    kevin khalid kieran kim kimberly kirsten kirsty kjell klaus konrad krishna kristen kristian kristin
    kristina kristine kristoffer krzysztof kumar kurt kyle lachlan lakshmi lana lara larissa larry lars laura
    lauren laurence laurent lea leah leanne lee leif leila lena leo leon leonard leonardo leslie liam lidia
    linda lindsay lisa liv liza lloyd logan lorena lorenzo lorna lorraine louis louisa louise luca lucas lucia
    luciana lucy ludwig luigi luis luisa luka lukas lukasz luke lydia lynda lynn mabel madeleine madison magda
    magdalena magnus mahmoud malcolm malin manish manuel manuela marc marcel marcela marcello marcia marco
    marcos marcus marek margaret margarita maria mariana marianne marie marilyn marina mario marion marius
    marjorie marko markus marlene marta martha martin martina marty mary maryam massimo mateo mathias mathieu
    matilda matt matteo matthew matthias maureen maurice maxim maximilian maxine megan mehmet melanie melinda
    melissa melvin meredith mette mia micah michael michaela michal michel michele michelle miguel mikael mike
    mikhail mikkel mikko milan mildred milena mina minh mira miranda miriam mitchell mohamed mohammad mohammed
    molly mona monica monika monique morgan morten moses muhammad murray mustafa myra nadia nadine nancy naomi
    natalia natalie natasha nathan nathaniel neha neil nelly nelson nicholas nick nicola nicolas nicole nigel
    nikhil niklas nikolai nikos nils nina nisha noah noel nora norma norman odd olaf olav ole oleg olga oliver
    olivia olivier omar oscar oskar otto owen pablo padraig paige pamela paola paolo pascal patricia patrick
    patrik paul paula paulina paulo pavel pedro peggy penelope per pernille perry pete peter petra petter phil
    philip philippa philippe phillip phoebe pia pierre piotr piper pooja prakash pradeep pranav prashant priya
    przemek quentin rachel rafael rafal ragnar rahul raj rajesh rakesh ralph ramesh ramon ramona randall randy
    rania raphael rashid raul ravi raymond rebecca regina reinhard rene renata renee rhonda ricardo richard
    rick rita roar rob robert roberta roberto robyn rocio rodney rodrigo roger rohan rohit roland rolf roman
    ronald ronan ronnie rory rosa rosalind rosario rosemary ross rowan roxanne ruben rudolf rune rupert russell
    ruth ryan sabina sabine sabrina sally salma sam samantha samir samuel sandeep sandra sanjay santiago sara
    sarah sasha saul scott sean sebastian serena sergei sergey sergio seth shane shannon sharon shaun sheila
    shelley sheryl shirley shreya siddharth sigrid silje silvia silvio simon simone siobhan sofia sofie solveig
    sonia sonja sophia sophie søren soren stacey stacy stan stanislav stefan stefania stefano steffen stein
    stella sten stephan stephanie stephen steve steven stewart stig stuart sue sunil sunita suresh susan susana
    susanna susanne suzanne sven svetlana sylvia sylvie tamara tamsin tania tanya tara tariq tatiana ted
    terence teresa terje terry tess thea theo theodore theresa therese thierry thomas thor thorsten tiffany
    tiina tim timo timothy tina tobias todd tom tomas tomasz tommy toni tony tor tore torsten tove tracey tracy
    travis trevor tristan trine trond troy tuan tyler ulf ulrich ulrika ursula uwe valentina valerie vanessa
    vera veronica veronika vicente vicky victor victoria vidar vijay vikram viktor vincent vincenzo viola vivek
    vivian vladimir vivienne walter wanda warren wayne wei wendy wesley wilhelm william willie wilma winston
    wojciech wolfgang xavier yasmin yolanda yusuf yuri yvette yvonne zachary zainab zara zoe zoltan øystein
    ayşe jiwoo minjun seoyeon mei ling xiaoming jing nguyen trung hoang phuong thanh somchai siti putri budi
    agus rina dewi adebayo chidi ngozi kwame amara chinedu funmi tunde zanele sipho thabo
    """
)
# Given names that are also words, months, places or things: they need a surname after them, or a cue before them.
DOUBLE: Final = words(
    """
    ali alex ariel alma aurora axel bo barney casper chang clement clinton darcy devon dexter earl emanuel ezra floyd georgina hank
    hedda kirk kiran lewis lionel lyle malik marian marvin mats maya mercedes mick milton mitch nash ned nell nestor noor orlando
    otis patience perla quinn raja ralf remy rex rhys riley roma roy rufus salvador silas stanley teddy tilda toby uma virgil wes
    xiao yan celeste conrad calvin boris vince amos basma denise-ann franz fritz heinz hugh-ann ida iris-k lila olga-k terry
    abel ace amber angel anna-maria april archer art ash aspen august austin autumn avery bailey basil baron
    bea bill blaze brook brooke buck bud candy carol carter chad charity charlotte chase chelsea cherry chip
    christian chuck clay cliff clover coby cody cole cooper coral crystal cuba daisy dale dallas dawn dean
    denver dick dixie dolly don dorian drew duke earl eden elm ember eve faith fay fern flora florence forest
    forrest francis frank gale gene georgia gin ginger glen glenn grace grant gray guy harley harmony hazel
    heath heather herb holly honey hope hunter iris ivy jade jasper jay jewel jordan joy june kelvin kent kit
    lance lane laurel leigh lily lima lincoln logan lorraine mac mace madison marina mark marshall mason
    maverick max may mercy merlin merry mike miles milo myrtle olive pat pearl penny pepper petunia pierce
    poppy porter power ray reed reef rex rich ripley rob robin rocky rod rose rowan royce ruby rusty sage sandy
    savannah scarlett scout shay sienna skip sky skyler sonny spencer stan sterling stone storm sunny summer
    sydney taylor teal terra thor trinity troy tucker tuna val van vernon vic violet virginia wade wally walker
    wendell west will wolf woody wren jack john-dory oscar adam kai kay odd per rune mina lee kim raj mei ling
    jing wei stein max alexis sam don ana agus putri kumar nelson jackson morgan murray cameron blake piper
    victoria alexandria paris london milan roman jean paul-bot viola roar kari ben ole tor
    """
)
SURNAMES: Final = words(
    """
    aaronson abe abrahams acosta adeyemi agarwal aguilar ahlberg ahmad akhtar albrecht alvarado amundsen anand
    ansari appleby archer arora ashby ashworth asplund astrup atwood avila babu bachmann badger bajwa bakke
    bakker baldwin balogun barber barclay barlow barron barrow bartlett bashir batista bauer baumann beaumont
    becerra beck beckett begum bello benitez benson bentley bergen bergström berntsen bhatia bhatt birch bird
    bishop bjork blackburn blair blanc blanchard blom blum bock boehm bolton bonilla bosch bouchard boucher
    bowman bradshaw brand brandt braun bridges bright britton brock brooke browning bryan buck buckley bull
    burch burgos burnett burrows busch bush byrd caballero cabrera cahill calderon callahan cannon cantu
    cardenas carey carlsen caron carvalho castaneda cervantes chambers chaudhary chavan choi choudhury christie
    chung church clarkson clements cobb cochran cohn colon conley connell conrad contreras conway cooke
    copeland corbett cordova correia corrigan costello cote courtney couto crane crosby crowley cullen cummings
    curran dalton daly dang daniel das dean decker dejong dempsey dennis desmond devries dhillon dickson
    dietrich dillon dominguez donaldson donovan dorsey dougherty drake draper drew dudley dufour duke duran
    durand dyer eaton ebert eckert egan ekström elias ellison emerson engel enriquez erickson ernst escobar
    esposito estrada everett ewing fabian fairbanks farley farooq faulkner fay felix fenton ferrara ferreira
    field fields figueroa finch finley finn fitch fitzpatrick flanagan flynn foley fonseca forbes forsberg
    fournier franco frank franklin frazier frederick freitas friedman frost fry fuentes galindo gallardo gallo
    garner garza gates gauthier geiger gentry george gerber giordano girard glenn glover godfrey goldberg
    golden goldstein goncalves gonzales goodwin gould grande graves greco greenberg greenwood gregory griffith
    gross grossman guerra guerrero guevara gunn gustafson haas hahn haley halloran hampton hancock hanley hanna
    hardy harmon harrington hartley haynes heath hebert helgesen heller herman herring hess hester hinton ho
    hobbs hodge hodges hofer hogan holden holder hollis holloway hong hood hoover horne horton houston howe hu
    hubbard huber huerta huff hull humphrey humphreys hurley hurst hutchinson hyde isaksen iversen jacobson
    jankowski jarvis jefferson johannessen juarez kaiser kane kang kaplan karlsen kaufman kaufmann kay keane
    kearney keith kemp kendall kent kessler kirby kirk klausen knapp knox knutsen koenig kovacs kovalenko
    kowalczyk kraft krause krishnan kristensen krueger kruse kuhn kurz lacroix lam lamb lancaster landry lang
    lange lara lau laurent le lehmann leon leonard leone leroy lester levine levy lewandowski li lindgren
    lindholm lindqvist lindstrom little lockhart lombardi longo lorenz lorenzen love lowery lucas luna lyons ma
    macias mack maguire maher mahoney maier malik mancini mann marino marks marquez marsden marsh martel
    martens martins masood massey mathews mathis maurer maxwell mayer maynard mcbride mccall mccann mcconnell
    mccormack mccormick mccullough mcdaniel mcdermott mcdowell mcfarland mcgee mcgill mcgowan mcguire mcintosh
    mcintyre mckay mckee mckinney mclaughlin mcmahon mcmillan mcnamara mcneil mcpherson mead medina mehra mejia
    melo melton mercado mercer merritt meyers michaud middleton miles millar miranda mishra mohan molina monroe
    montgomery montoya moody moon moran morrow morse mortensen moses moyer mullen mullins munro murillo musa
    nadeem nagy naidu nash navarrete neal neumann newton nicholson nielson nikolaidis noble nolte nordin norman
    norton nunes nyberg o'connell o'keefe o'leary o'malley obi ochoa odom ogden ojeda okeke okoro olofsson
    orozco orr osei osman ostergaard otto pace pacheco padilla page pal palm papadopoulos pappas parikh park
    parks parra parrish patton paul paulsen pavlov peck pena pennington peralta perera person petit pettersen
    petty pfeiffer phan phelps pike pineda pinto piper pitts poole pope potter potts poulsen pratt preston
    prieto prince pugh qureshi rafferty raman ramsey randall rangel rankin ranta rask ravn reilly reinhardt
    rhodes rich richard richmond riley rios ritter rivas roach robbins robles rocha roche roman romano rosales
    rosario rosen rosenberg roth rowland rubio rush rutherford ryder saeed salas salinas sampson sandberg
    sandoval santana santiago savage sawyer schaefer schmitt schmitz schreiber schubert schuster schwarz
    schäfer seidel sepulveda serrano sethi sexton shaffer shaikh shannon sheehan shelton shields short
    sigurdsson silverman simon sims sjöberg slater sloan small soares solberg solis solomon sosa sousa sparks
    spence srinivasan stafford stanley stanton stark steele stein stephenson stern stout strauss strong stuart
    suarez summers sundberg svendsen swanson sweeney sykes talbot tanner tate terry thakur thapa thorne
    thornton thorsen tobin todd torgersen townsend trujillo tuominen tyler underwood upton urban valdez
    valencia valentine vance vaughan vaughn velasco velasquez venter vera vidal villa villanueva vincent voss
    wade waite walden wall waller walton ware weeks weiner weiss welch weller wendt werner whelan whitehead
    whitfield whitney wiggins wilcox wilde wilder wiley wilkerson wilkins willard winkler winters wise wolfe
    wolff woodard woodward wyatt xavier yadav yates york yuan zamora zapata zeller ziegler zielinski zimmer
    zimmerman zuniga
    abbott adams ahmed aitken alexander ali allen alvarez andersen anderson andersson andrews armstrong arnold
    atkinson austin bailey baker banerjee barker barnes barrett barton bates baxter becker bell bennett berg
    berglund bernard berry bianchi bishop black blackwood blake bond booth bowen boyd bradley brady brennan
    briggs brooks brown bruce bryant buchanan burgess burke burns burton butler byrne caldwell cameron campbell
    carlson carpenter carr carroll carson carter castillo castro chan chandler chang chapman chavez chen cheng
    chopra chowdhury christensen clark clarke cohen cole coleman collins connolly cook cooper costa cox craig
    crawford cross cruz cunningham curtis dahl daniels davidson davies davis dawson delgado desai diaz dixon
    doherty donnelly douglas doyle dubois duffy duncan dunn edwards elliott ellis eriksen eriksson espinoza
    evans farrell ferguson fernandes fernandez ferrari fischer fisher fitzgerald fleming fletcher flores ford
    foster fowler fox francis fraser freeman fuchs fuller gallagher garcia gardner garrett gibson gilbert gill
    gomez gonzalez goodman gordon graham grant gray green greene griffin griffiths gupta gustafsson gutierrez
    haddad hagen hale hall halvorsen hamilton hammond hansen hanson hansson harding harper harris harrison hart
    hartmann harvey hassan haugen hawkins hayes henderson henry hernandez herrera hicks higgins hill hoffman
    hoffmann holland holmes holt hopkins horn howard howell huang hudson hughes hunt hussain hussein ibrahim
    ingram iqbal ivanov iyer jackson jacobs jacobsen jain james janssen jenkins jennings jensen jimenez
    johansen johansson johnson johnston jones jordan joseph joshi kapoor karlsson kaur keller kelly kennedy
    kerr khan kim king kjær klein knight knudsen koch kowalski kristiansen kumar lambert lane larsen larsson
    lawrence lawson leblanc lee lewis lim lin lind lindberg liu lloyd long lopez lowe lund lynch macdonald
    mackay mackenzie maclean malone manning marshall martin martinez mason matthews may mccarthy mccoy mcdonald
    mcgrath mckenna mclean mehta mendes mendoza menon meyer miller mills mitchell mohamed moore morales moreau
    moreno morgan morris morrison moser moss müller mueller muller muñoz munoz murphy murray myers nair navarro
    nelson newman nguyen nichols nielsen nilsen nilsson nolan norris novak nowak nunez o'brien o'connor
    o'donnell o'neill o'reilly o'sullivan obrien okafor okonkwo oliveira oliver olsen olson olsson ortega ortiz
    osborne owen owens palmer parker parsons patel paterson patterson payne pearce pearson pedersen pereira
    perez perkins perry persson peters petersen peterson petrov pham phillips pierce popescu porter powell
    price pritchard quinn rahman ramirez ramos rao rasmussen raymond reddy reed reeves reid reyes reynolds rice
    richards richardson rivera roberts robertson robinson robson rodrigues rodriguez rogers romero rose ross
    rossi rowe roy ruiz russell russo ryan salazar sanchez sanders santos sato saunders schmidt schneider
    schroeder schultz schulz schwartz scott shah sharma sharp shaw shepherd silva simmons simpson singh
    sinclair skinner smith smythe snyder soto spencer stephens stevens stevenson stewart stokes stone strand
    sullivan sutherland sutton svensson tan taylor thomas thompson thomson torres tran tucker turner tveit
    vargas vasquez vega verma virtanen vogel wagner walker wallace walsh walters wang ward warner warren
    watkins watson watts weaver webb weber webster wells west wheeler white whitaker wilkinson williams
    williamson willis wilson winter wolf wong wood woods wright wu xu yang yilmaz young yu zhang zhao zhou
    zimmermann lim ng goh hopper connor mccain thatcher winfrey swift musk
    """
)
