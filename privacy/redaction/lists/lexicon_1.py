"""Ordinary English words, aardvark to dingiest: stems, lower case. From SCOWL, copyright 2000-2011 by Kevin Atkinson (see lexicon)."""

from __future__ import annotations

from typing import Final

WORDS: Final = """
    aardvark aback abacus abandon abate abbey abbot abbreviate abdicate abdomen abdominal abduct aberration abet
    abhor abhorrence abhorrent abide ability abject ablaze able ablest ably abnormal aboard abode abolish
    abolition abominable abomination aboriginal aborigine abort abortive abound about above aboveboard abrasive
    abreast abridge abroad abrupt abscess abscond absence absent absentee absolute absolutest absolve absorb
    absorbent absorption abstain abstention abstinence abstract abstruse absurd abundance abundant abuse abusive
    abysmal abyss academic academy accede accelerate accelerator accent accentuate accept acceptability acceptably
    acceptance access accessibility accessible accessories accident acclaim acclimate acclimatise acclimatize
    accolade accommodate accompaniment accompanist accompany accomplice accomplish accord accordance accost
    account accountability accountancy accountant accredit accrual accrue accumulate accuracy accurate accusation
    accuse accustom ace aced ache achieve acid acing acknowledge acknowledgment acne acorn acoustic acquaint
    acquaintance acquiesce acquiescence acquire acquisition acquit acquittal acre acreage acrid acrimonious
    acrimony acrobat acrobatic acronym across acrylic act activate active activist activity actress actual actuary
    acumen acupuncture acute acutest ad adage adamant adapt adaptation adaptive add addendum addict addictive
    addition additive address addressee adept adequate adhere adherence adherent adhesion adhesive adjacent
    adjective adjoin adjourn adjunct adjust admin administered administering administration administrative
    administrator admirably admiral admiration admire admissible admission admit admittance admonish admonition
    ado adobe adolescence adolescent adopt adoration adore adorn adrift adroit ads adulation adult adulterate
    adulteries adulthood advance advantage advantageous advent adventure adventurous adverb adverbial adversary
    adverse adversest adversity advert advertise advice advise advisor advocate aeon aerator aerial aerodynamic
    aeroplane aerosol aerospace aesthetic afar affable affably affair affect affectation affectionate affidavit
    affiliate affinity affirm affirmation affirmative affix afflict affluence affluent afford affront afield
    aflame afloat afoot aforementioned aforesaid afraid afresh after aftereffect afterlife afterlives aftermath
    afternoon afterthought afterward again against age aged agency agenda agent aggravate aggregate aggression
    aggressive aggressor aghast agile agility aging agitate agitator aglow agnostic ago agonise agonize agony
    agree agreeably agricultural agriculture agronomist agronomy aground ah ahead ahoy aid aide ail aim air
    airborne aircraft airfield airier airiest airline airmail airplane airport airstrip airtight aisle ajar akin
    alarm alas albeit albino album alcohol alcoholic alcove ale alert alfalfa alga algae algebra algebraic
    algorithm alias alibi alien alienate alight align alike alimony alive alkali alkaline alkalinity all allay
    allegation allege allegiance allegorical allegory allergen allergic allergy alleviate alley alliance alligator
    allocate allot allow allowance alloy allude allure allusion almanac almighty almond almost alms aloft alone
    along alongside aloof aloud alpha alphabet alphabetic alphanumeric already also altar alter alteration
    alternate alternative alternator although altitude alto altogether altruism altruistic aluminium aluminum
    always am amalgamate amass amateur amateurish amaze ambassador amber ambiance ambidextrous ambience ambient
    ambiguity ambiguous ambition ambitious ambivalence ambivalent amble ambulance ambush amen amend amethyst
    amiable amiably amicable amicably amid amidst amiss ammonia ammunition amnesia amnesty amoeba amoebae amok
    among amongst amoral amorous amorphous amount amp ampere ampersand amphetamine amphibian amphibious
    amphitheater amphitheatre ample amplest amplification amplifier amplify amplitude amputate amulet amuse an
    anachronism anaemia anaemic anaesthesia anaesthetic anagram anal analgesic analog analogous analogue analyse
    analysis analyst analytic analyze anarchic anarchism anarchist anarchy anathema anatomical anatomy ancestor
    ancestral ancestry anchor anchorage anchovy ancient and android anecdote anemia anemic anesthesia anesthetic
    anew angel angelic anger angle angrier angriest angry angst anguish angular animal animate animosity ankle
    annals annex annexation annihilate anniversary annotate announce annoy annoyance annual annuity annul anodise
    anoint anomalous anomaly anon anonymity anonymous anorak another answer ant antagonise antagonism antagonist
    antagonistic antagonize anteater antelope antenna antennae anthem anthill anthology anthrax anthropological
    anthropologist anthropology antibiotic antibody antic anticipate anticlimax antidote antifoulant antifreeze
    antipathy antiquate antique antiquity antiseptic antisocial antitheses antithesis antler antonym anus anvil
    anxiety anxious any anybody anyhow anyone anyplace anything anyway anywhere aorta apart apartheid apathetic
    apathy ape aped aperture apex aphorism apiece aping aplomb apocryphal apologetic apologise apologize apology
    apostle apostrophe app appall apparatus apparel apparent apparition appeal appear appearance appease append
    appendage appendices appendicitis appendix appetiser appetising appetite appetizer appetizing applaud applause
    apple appliance applicability applicable applicant application applicator appoint appointee apposite appraisal
    appraise appreciable appreciate appreciative apprehend apprehension apprehensive apprentice apprenticeship
    approach appropriate approval approve approximate apricot apron apt aptitude aquamarine aquarium aquatic
    aqueduct arable arbiter arbitrary arbitrate arbitrator arbor arbour arc arcade arcane arch archaeological
    archaeologist archaeology archaic archbishop archetypal archipelago architect architectural architecture
    archive archway ardent ardor ardour arduous are area arena arguably argue argument argumentative aria arid
    arise arisen aristocracy aristocrat aristocratic arithmetic ark arm armadillo armament armchair armistice
    armories armour armpit aroma aromatic arose around arouse arraign arrange array arrears arrest arrival arrive
    arrogance arrogant arrow arse arsenal arsenic arson art artefact arterial arteries arthritic arthritis
    artichoke article articulate artifact artifice artificial artillery artisan artistic artistry artwork as
    asbestos ascend ascension ascent ascertain ascetic ascribe asexual ash ashamed ashcan ashen ashore ashtray
    aside ask askance askew asleep asparagus aspect aspen aspersion asphalt asphyxiate aspirant aspiration aspire
    aspirin ass assail assailant assassin assassinate assault assemble assembly assent assert assertive assessed
    assesses assessing assessment assessor asset assign assimilate assistance assistant associate associative
    assort assume assumption assurance assure asterisk asteroid asthma astonish astound astray astride astringent
    astrological astrology astronaut astronomer astronomical astronomy astute astutest asylum asymmetry
    asynchronous at ate atheism atheist atheistic athlete athletic atlas atmosphere atmospheric atom atomic atone
    atrocious atrocity attach attack attain attempt attend attendance attendant attention attentive attest attic
    attire attitude attorney attract attractive attribute aubergine auburn auction auctioneer audacious audacity
    audible audibly audience audio audit auditorium augment august aunt aura aural auspicious austere austerest
    austerity authentic authenticate author authorisation authorise authoritarian authoritative authorization
    authorize authorship auto autobiographical autobiography autocracy autocrat autocratic autograph automate
    automatic automobile automotive autonomous autonomy autopsy autumn auxiliary avail availability avalanche
    avarice avaricious avenge avenue average averse avert aviation aviator avid avocado avoid avoidance avow await
    awake awaken award aware away awe awed awesome awful awfullest awhile awing awkward awning awoke awoken awry
    ax axe axed axing axiom axiomatic axis axle aye azalea azure babble babe babier babiest baboon baby babyish
    bachelor back backbone backend backfire backgammon background backhand backlash backlog backpack backside
    backslash backspace backstage backtrack backward backwoods bacon bacteria bacterial bacterium bad baddest bade
    badge badminton baffle bag bagel baggage baggier baggiest baggy bail bait bake bakeries balance balcony bald
    bale balk ball ballad ballast ballerina ballet ballistics balloon ballot ballroom balm balmier balmiest
    baloney bamboo bamboozle ban banana band bandage bandanna bandier bandiest bandit bandstand bandwagon
    bandwidth bang bani banish banjo bank banknote bankrupt bankruptcy banquet banter baptise baptism baptize bar
    barb barbarian barbaric barbarous barbecue barbiturate barcode bard bare bareback barefoot bargain barge
    baritone bark barley barman barn barnacle barnyard barometer baron baroque barrage barrel barren barrette
    barricade barrier barrister bartender barter base baseball baseline basest bash basic basil basin basis bask
    basket basketball bass bassoon bastard baste bat batch bath bathe bathroom bathtub baton batsman battalion
    batteries battle battlefield battleship baud baulk bawdier bawdiest bawdy bawl bay bayonet bayou bazaar be
    beach beacon bead beadier beadiest beagle beak beam bean bear beard beast beat beaten beautician beautiful
    beautify beauty beaver became because beckon become bed bedbug bedclothes bedlam bedridden bedrock bedroom
    bedside bedspread bedtime bee beech beef beefier beefiest beehive been beeper beer beeswax beet beetle beeves
    befall befallen befell befit before beforehand befriend beg began beggar begin begrudge beguile begun behalf
    behalves behave behavior behaviour behead beheld behind behold beige being belabor belabour belated belch
    belfry belie belief believe belittle bell bellboy bellhop belligerent bellow belong beloved below belt belying
    bemoan bemuse bench benchmark bend beneath benediction benefactor beneficial beneficiary benefit benevolence
    benevolent benighted benign bent bequeath bequest bereave bereft beret berry berserk berth beseech beset
    beside besiege besought best bestial bestow bet beta betcha betray betrothal bettor between beverage beware
    bewilder bewitch beyond bias bib bible biblical bibliographic bibliography bicentennial bicker bicycle bid
    bidden bide biennial bifocals big bigamist bigamous bigamy biggest bigot bigotry bike bikini bilateral bile
    bilingual bill billboard billfold billiards billow bin binary bind bingo binomial biochemical biochemistry
    biodegradable biofilter biographer biographical biography biological biologist biology biomass biosecurity
    bipartisan biped biplane birch bird birdcage birth birthday birthmark birthplace biscuit bisect bisexual
    bishop bison bit bitch bite bitmap bitten bittersweet bizarre blab black blackberry blackbird blackboard
    blacken blackhead blackjack blacklist blackmail blackout blacksmith blacktop bladder blade blame blanch
    blancmange bland blank blanket blare blaspheme blasphemous blasphemy blast blatant blaze bleach bleak blearier
    bleariest bleary bleat bled bleed blemish blend bless blew blight blimp blind blindfold blink blip bliss
    blister blithe blithest blitz blizzard blob bloc block blockade blockage blockbuster blockhead blog blond
    blonde blood bloodhound bloodier bloodiest bloodshed bloodshot bloodstream bloodthirstier bloodthirstiest
    bloodthirsty bloom blossom blot blotch blouse blow blown blowout blowtorch blubber bludgeon blue bluebell
    blueberry bluebird bluegrass blueprint bluest bluff blunder blunt blur blurb blurt blush bluster boa boar
    board boardwalk boast boat bob bobbin bobcat bobsled bode bodice body bodyguard bodywork bog boggle bogus boil
    boisterous bold bologna bolster bolt bomb bombard bond bondage bone bonfire bonier boniest bonnet bonus bony
    boo booby book bookcase bookend bookkeeper bookkeeping booklet bookmark bookshelf bookshop bookstore bookworm
    boom boomerang boon boor boorish boost boot bootee booth bootleg bootstrap booze bop border borderline bore
    boredom born borne borough borrow bosom boss bossier bossiest botanical botanist botany botch both bothersome
    bottle bottleneck bottom bough bought boulder boulevard bounce bound boundary bountiful bounty bouquet bourbon
    bourgeois bourgeoisie bout boutique bovine bow bowel bowl bowlegged box boxcar boy boycott boyfriend boyhood
    boyish bra brace bracelet bracket brackish brag braggart braid brain brainier brainiest brainstorm brainwash
    braise brake bran branch brand brandish brash brasses brassica brassier brassiere brassiest brassy brat
    bravado brave bravest bravo brawl brawn brawnier brawniest brazen brazier breach bread breadth breadwinner
    break breakdown breakfast breakneck breakpoints breakthrough breakwater bream breast breath breathe
    breathtaking bred breed breeze breezier breeziest breezy brethren brevity brew breweries bribe brick
    bricklayer bridal bride bridegroom bridesmaid bridge bridle brief briefcase brigade bright brighten brilliance
    brilliant brim brimstone brine bring brinier briniest brink briny brisk bristle britches brittle brittlest
    broach broad broadcast broaden broadside brocade broccoli brochure broil broke broken bronchitis bronco bronze
    brooch brood broodstock brook broom broth brotherhood brought brow browbeat browbeaten brown brownie browse
    bruise brunch brunette brunt brush brusque brusquest brutal brute brutish bubble bubblier bubbliest bubbly
    buck bucket buckle bud buddy budge budget buff buffalo buffet buffoon bug buggier buggiest buggy bugle build
    built bulb bulbous bulge bulk bulkier bulkiest bull bulldog bulldoze bullet bulletin bullfight bullfrog bum
    bumblebee bummest bump bumpier bumpiest bun bunch bundle bung bungalow bungle bunk bunny buoy buoyancy buoyant
    burble burden burdensome bureau bureaucracy bureaucrat bureaucratic burger burglar burgle burial burlap
    burlier burliest burly burn burnish burnt burp burr burro burrow bursar burst bury bus bush bushel bushier
    bushiest busier busiest business businessman businessmen businesswoman businesswomen bust bustle busybody but
    butcher butler butt butte buttercup butterfat butterfly buttermilk butterscotch buttock button buttonhole
    buttress buxom buy buzz buzzard by bye bygone bypass bystander byte byway cab cabaret cabbage cabin cabinet
    cable caboose cacao cache cackle cacti cactus cad caddie caddying cadence cadet cafeteria caffeine cage cagier
    cagiest cajole cake calamity calcium calculate calculator calculi calculus calendar calf caliber calibrate
    calibre calico calk call calligraphy callous callow callus calm calorie calve cam camaraderie came camel cameo
    camera camouflage camp campaign campus can canary cancel cancellation cancer candid candidacy candidate candle
    candlestick candor candour candy cane canine canker canneries cannibal cannier canniest cannon cannot canny
    canoe canola canon canonical canopy cant cantaloupe cantankerous canteen canvas canyon cap capability capably
    capacitance capacitor capacity cape capillary capital capitalisation capitalise capitalization capitalize
    capitulate caprice capricious capsize capsule captain caption captivate captive captivity captor capture car
    caramel carat caravan carbohydrate carbon carburetor carburettor carcass carcinogenic card cardboard cardiac
    cardigan cardinal care carefree carefullest caregiver caressed caresses caressing caretaker cargo caribou
    caricature carnage carnal carnation carnival carnivore carnivorous carol carouse carp carpenter carpentry
    carpet carriage carriageway carrier carrion carrot carry cart cartel cartilage cartographer cartography carton
    cartoon cartridge cartwheel carve cascade case cash cashew cashier cashmere casino cask casket casserole
    cassette cast castaway caste castigate castle castoff castrate casual casualty cat cataclysm cataclysmic
    catalog catalogue catapult cataract catastrophe catastrophic catcall catch catchier catchiest catechism
    categorical categorise categorize category caterpillar catfish cathedral catheter catholic catnap catnip
    cattle catwalk caucus caught cauliflower caulk causal cause causeway caustic caution cautious cavalier cavalry
    cave caveat cavern caviar cavity cavort caw cease ceasefire cedar cede ceiling celebrate celebrity celery
    celestial celibacy celibate cell cellar cello cellophane cellular cellulose cement cemetery censor censorship
    censure census cent centennial centerpiece centimeter centimetre centipede central centralise centralize
    centre centrepiece centrifuge century ceramic cereal cerebral ceremonial ceremonious ceremony certain
    certainty certificate certify cervical cessation chafe chaff chagrin chain chainsaw chair chairman chairmen
    chairperson chalet chalice chalk chalkier chalkiest challenge chamber chameleon champ champagne championship
    chance chancellor chandelier change changeover channel chant chaos chaotic chap chapel chaperon chaperone
    chaplain chapter char character characterisation characterise characteristic characterization characterize
    charcoal charge chariot charisma charismatic charitable charitably charlatan charm chart chase chasm chassis
    chaste chasten chastest chastise chastity chat chatbot chatterbox chattier chattiest chatty chauffeur
    chauvinist cheap cheapen cheat check checklist checkout checkpoint checkup cheek cheep cheer cheerfullest
    cheerier cheeriest cheese cheesecloth cheetah chef chemical chemist chemistry cheque cherish cherry cherub
    cherubim chess chest chestnut chew chewier chewiest chi chic chick chicken chide chief chieftain child
    childbirth childhood childish childlike children chili chill chilli chime chimney chimp chimpanzee chin china
    chink chintz chip chipmunk chiropractor chirp chisel chivalrous chivalry chlorine chloroform chlorophyll
    chocolate choice choicest choir choke cholera cholesterol choose choosier choosiest choosy chop choppier
    choppiest choppy choral chord chore choreographer choreography chortle chorus chose chosen chow chowder
    christen chrome chromium chromosome chronic chronicle chronological chronology chrysanthemum chubbier
    chubbiest chubby chuck chuckle chug chum chummier chummiest chummy chunk chunkier chunkiest church churn chute
    cider cigar cigarette cinch cinder cinema cinnamon cipher circa circle circuit circuitous circuitry circular
    circulate circulatory circumcise circumference circumflex circumstance circumstantial circumvent circus
    cistern citation cite citizen citizenship citric citrus city civic civil civilian civilisation civilise
    civilization civilize clack clad claim clairvoyance clairvoyant clam clamber clammier clammiest clammy clamour
    clamp clan clandestine clang clank clap claptrap claret clarification clarify clarinet clarity clash clasp
    class classic classification classify classmate classroom clatter clause claustrophobia claw clay clean
    cleanlier cleanliest cleanliness cleanse clear clearance cleat cleavage cleave clef cleft clemency clench
    clergy clergyman clergymen cleric clerk clever click client cliff climactic climate climax climb clime clinch
    cling clinic clink clip clipboard clique clitoris cloak clock clockwise clockwork clod clog cloister clone
    close closest closet closure clot cloth clothe clothespin cloud cloudburst cloudier cloudiest clout clove
    cloven clown club clubhouse cluck clue clump clumsier clumsiest clumsiness clumsy clung cluster clutch clutter
    coach coagulate coal coalesce coalition coarse coarsen coarsest coast coastline coat coax cob cobalt cobble
    cobra cobweb cocaine cock cockeyed cockier cockiest cockpit cockroach cocktail cocoa coconut cocoon cod code
    coefficient coerce coexist coexistence coffee coffer coffin cog cogency cogent cognac cognitive coherence
    coherent coil coin coinage coincide coincidence coincidental coke colander cold colic collaborate
    collaborative collaborator collage collapse collapsible collar collarbone collate colleague collect collective
    college collegiate collide collie collision colloquial collusion colon colonel colonial colonisation colonise
    colonization colonize color colossal colostrum colour colt column coma comb combat combatant combination
    combine combustible combustion come comeback comedian comedies comelier comeliest comestible comet comfort
    comfortably comic comma command commandant commandeer commando commemorate commence commend commendation
    comment commentary commentator commerce commercial commercialise commercialize commiserate commission commit
    committee commodity commodore common commonplace commonwealth commotion communal commune communicable
    communicate communicative communicator communique communism communist community commutative commute compact
    companion companionship company comparative compare comparison compartment compass compassionate compatibility
    compatible compatriot compel compensate compete competence competent competition competitive competitor
    compilation compile complacency complacent complain complaint complement complementary complete completest
    complex compliance compliant complicate compliment complimentary comply component compose composite compost
    composure compound comprehend comprehensible comprehension comprehensive compress comprise compromise
    compulsion compulsive compulsory compunction computation compute computerise computerize comrade comradeship
    con concatenate concave conceal concede conceit conceivably conceive concentrate concentric concept conceptual
    concern concert concerto concession concierge conciliate concise concisest conclude conclusion conclusive
    concoct concord concordance concourse concrete concur concurrence concurrency concurrent concussion condemn
    condemnation condensation condense condescend condiment condition condolence condom condominium condone condor
    conducive conduct cone confection confederacy confederate confer conference confess confetti confidant confide
    confidence confident confidential config configuration configure confine confirm confirmation confiscate
    conflict conform confound confront confrontation confuse congeal congenial congest conglomerate congratulate
    congregate congress congressman congressmen congresswoman congresswomen congruent conical conifer coniferous
    conjecture conjugal conjugate conjunction conjure connect connective connectivity connoisseur connotation
    connote conquer conquest conscience conscientious conscious consecrate consecutive consensus consent
    consequence consequent consequential conservation conservatism conservative conservatory conserve consider
    considerably considerate consign consisted consistency consistent consisting consolation console consolidate
    consonant consort consortium conspicuous conspiracy conspirator conspire constancy constant constellation
    consternation constipation constituency constituent constitute constitutionally constitutionals constrain
    constraint constrict construct constructive construe consul consular consulate consult consultancy consultant
    consultation consume consummate consumption contact contagion contagious contain contaminate contemplate
    contemplative contemporary contempt contemptible contemptuous contend content contentious contest contestant
    context contextual contiguous continent contingency contingent continual continuation continue continuity
    continuous continuum contort contour contraband contraception contraceptive contract contractual contradict
    contraption contrary contrast contravene contravention contribute contributor contrite contrive control
    controllable controversial controversy convalesce convalescence convalescent convection convene convenience
    convenient convent conventionally converge convergence conversant conversation converse convert convertible
    convex convey conveyance convict convince convoluted convoy convulse convulsive coo cook cookbook cookie cool
    coolant coop cooperate cooperative coordinate coordinator cop cope copier copious copperhead copulate
    copyright coral cord cordial cordon corduroy core cork corkscrew corn cornea cornet cornflakes cornier
    corniest cornmeal cornstarch corollary coronary coronation coroner corporal corporate corps corpse corpulent
    corpus corpuscle corral correct corrective correlate correspond correspondence correspondent corridor
    corroborate corrode corrosion corrosive corrupt corruptible corsage corset cortex cosier cosiest cosiness
    cosmetic cosmic cosmology cosmonaut cosmopolitan cosmos cost costlier costliest costume cosy cot cottage
    cotton cottontail cottonwood couch cougar cough could council councillor counsel counsellor count countdown
    countenance counteract counterattack counterbalance counterclockwise counterexample counterfeit counterpart
    countersign countesses country countryman countrymen countryside coup couple coupon courage courageous
    courgette courier course court courteous courtesies courthouse courtroom courtship courtyard cousin cove
    covenant coverage covert covet covetous cow coward cowardice cowboy cowgirl cowhide cox coy coyote cozier
    coziest coziness cozy crab crabbier crabbiest crabby crack crackle crackpot cradle craft craftier craftiest
    craftsman craftsmen crag craggier craggiest craggy cram cramp cranberry crane cranium crank crankier crankiest
    crap crash crass crate crave crawl crayfish crayon craze crazier craziest craziness crazy creak creakier
    creakiest cream creamier creamiest crease create creative creativity creator creature credence credential
    credibility credible credit credulous creed creek creep creepier creepiest cremate crepe crept crescendo
    crescent crest crestfallen cretin cretinous crevasse crevice crew crib cricket cried cries crime criminal
    crimson cringe crinkle cripple crises crisis crisp crisscross criteria criterion critic criticise criticize
    critique croak crochet crock crocodile crocus crofts crony crook croon crop croquet cross crossbow crossroad
    crosswalk crossword crotch crouch crow crowbar crowd crown crucial crucifix crucify crude crudest crudity
    cruel cruellest cruelty cruise crumb crumble crumblier crumbliest crummier crummiest crummy crumple crunch
    crusade crush crust crustacean crustier crustiest crutch crux cry crybaby crypt cryptic crystal
    crystallisation crystallise crystallization crystallize cs cub cube cubic cubicle cuckoo cucumber cuddle
    cuddly cue cued cuff cuing cuisine culinary cull culminate culpable culprit cult cultivate cultural culture
    cumbersome cumming cums cumulative cunning cup cupboard cur curator curb curd curdle cure curfew curio
    curiosities curious curl currant currency current curricula curriculum curry curse cursory curt curtail
    curtain curtsied curtsies curtsying curvature curve cushion custard custodian custody custom customary
    customisation customise customization customize cut cutback cute cuticle cutlery cutlet cutthroat cyanide
    cybernetics cycle cyclic cyclist cyclone cylinder cylindrical cymbal cynic cypress cyst czar dab dabble
    dachshund dad daddy daemon daffodil daft dagger daily daintier daintiest dainty dairy dais dally dam damage
    dame damn damnation damp dampen damsel dance dandelion dandier dandiest dandruff dandy danger dangerous dangle
    dank dapper dare daredevil dark darken darling darn dart dash dashboard dastardly data database dataset date
    datum daub daughter daunt dawdle dawn day daybreak daydream daylight daytime daze dazzle deacon dead deaden
    deadlier deadliest deadline deadlock deaf deal dealt dean dear dearth death deathbed deaves debase debate
    debauchery debilitate debility debit debonair debrief debris debt debug debunk deburr debut decade decadence
    decadent decanter decapitate decay decease deceit deceive decency decent decentralisation decentralise
    decentralization decentralize deception deceptive decibel decide deciduous decimal decimate decipher decision
    decisive deck declaration declare declension decline decode decompose decomposition decorate decorative
    decorator decorous decorum decoy decrease decree decrepit decry dedicate deduce deduct deductive deed deem
    deep deepen deer deface defamation defamatory defame default defeat defecate defect defective defence defend
    defendant defense defensible defensive defer deference deferential defiance defiant deficiency deficient
    deficit defile define definite definitive deflate deflect deform defraud defrost deft defunct defy degenerate
    degradation degrade degree dehydrate deify deign deity deject delay delectable delegate delete deleterious
    deli deliberate delicacy delicate delicatessen delicious delight delimit delinquency delinquent delirious
    delirium deliver deliverance delta delude deluge delusion deluxe delve demagogue demand demean demeanour
    demented dementia demerit demise democracy democrat democratic demolish demolition demon demonstrably
    demonstrate demonstrative demonstrator demoralise demoralize demote demount demure demurest demurrage den
    denial denigrate denim denitrification denomination denominator denote denounce dense densities dent dentistry
    denunciation deodorant deodorise deodorize depart departure depend dependant dependence dependency dependent
    depict deplete deplore deport deportation depose deposit depot deprave depravity deprecate depreciate depress
    deprivation deprive depth deputy derail derange derelict deride derision derivation derivative derive
    derogatory derrick descend descendant descendent descent describe description descriptive descriptor desecrate
    desegregation desert deserve design designate desirability desire desirous desist desk desktop desolate
    despair desperate despicable despise despite despondent despot despotic dessert destabilise destabilize
    destination destine destiny destitute destroy destruction destructive detach detail detain detect detective
    detention deter detergent deteriorate determination determine determinism deterministic deterrent detest
    dethrone detonate detonator detour detract detriment devalue devastate develop deviant deviate device devil
    devious devise devoid devolution devolve devote devotee devour devout dew dexterity dexterous diabetes
    diabetic diabolical diagnose diagnosis diagnostic diagonal diagram dial dialect dialog dialogue dialysis
    diameter diametrically diamond diaper diaphragm diarrhea diarrhoea diary diatribe dice dictate dictator
    dictatorial dictatorship diction dictionary did die died diesel diet dietary differ difference different
    differential differentiate difficult diffuse dig digestible digestive digit digitise digitize dignify
    dignitary dignity digress dike dilapidated dilate dilemma diligence diligent dill dilute dim dime dimension
    diminish diminutive dimmest dimple din dine dinghy dingier dingiest
"""
