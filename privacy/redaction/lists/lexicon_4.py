"""Ordinary English words, revel to zucchini: stems, lower case. From SCOWL, copyright 2000-2011 by Kevin Atkinson (see lexicon)."""

from __future__ import annotations

from typing import Final

WORDS: Final = """
    revel revelation revelry revenge reverberate revere reverence reverent reverie reversals reversible revert
    revival revive revoke revolution revolutionary revolutionise revolutionize revolve revue revulsion revved
    revving rhapsody rhetoric rheumatism rhino rhinoceros rhododendron rhubarb rhyme rhythm rhythmic rib ribbon
    rice rich ricketier ricketiest rickety rickshaw ricochet rid riddance ridden riddle ride ridge ridicule
    ridiculous rife rifest rifle rift rig right righteous rightmost rigid rigorous rigour rile rim rind ring
    ringleader ringlet ringworm rink rinse riot riotous rip ripe ripen riposte ripple rise risen risk riskier
    riskiest rite ritual rival rivalry river rivet roach road roadblock roadmap roadside roam roar roast rob
    robberies robe robin robot robust rock rocket rockier rockiest rod rode rodent rodeo roe rogue roguish role
    roll rollout roman romance romantic romp roof rook rookie room roomier roomiest roommate roost root rootstock
    rope rosary rose rosemary rosier rosiest roster rostrum rosy rot rotary rotate rote rotisserie rotten rotund
    rotunda rouge rough roughage roughen roughhouse roulette round roundabout rouse rout route routine row rowboat
    rowdier rowdiest rowdiness rowdy royal royalty rub rubbish rubble rubier rubiest rubric rucksack ruckus rudder
    ruddier ruddiest ruddy rude rudest rudimentary rue rued ruff ruffian ruffle rug rugby ruin ruing ruinous rule
    rum rumble ruminate rummage rummest rummy rumour rump rumple run runaway rundown rune rung runnier runniest
    runny runt runway rupture rural ruse rush rust rustic rustier rustiest rustle rut ruthless rye ryegrass
    sabbatical saber sabotage saboteur sabre sac sack sacrament sacred sacrifice sacrificial sacrilege
    sacrilegious sad sadden saddest saddle sadistic safari safe safeguard safekeeping safest safety saffron sag
    saga sage sagebrush said sail sailboat saint saintlier saintliest sake saki salad salami salary sale salesman
    salesmen salespeople salesperson saleswoman saleswomen salient salinity saliva salivate sallow sally salmon
    salon saloon salt saltier saltiest salutation salute salvage salvation salve same sample sanatorium sanctify
    sanctimonious sanction sanctity sanctuary sand sandbag sandier sandiest sandman sandmen sandpaper sandstone
    sandstorm sandwich sane sanest sang sanitarium sanitary sanitation sanity sank sanserif sap sapling sapphire
    sarcasm sarcastic sardine sari sash sassier sassiest sassy sat satanic satchel satellite satin satire
    satirical satirise satirist satirize satisfaction satisfactory satisfy saturate sauce saucepan saucier
    sauciest saucy sauerkraut sauna saunter sausage savage savageries savagest save savior saviour savor savorier
    savoriest savour savourier savouriest savvier savviest savvy saw sawdust saxophone say scab scaffold scalar
    scald scale scalier scaliest scallop scalp scalpel scaly scamper scan scandal scandalise scandalize scandalous
    scant scantier scantiest scapegoat scar scarce scarcest scarcity scare scarecrow scarf scarier scariest
    scarlet scarves scathing scatter scatterbrain scavenger scenario scene scenic scent scepter sceptic sceptre
    schedule scheme schizophrenia schizophrenic scholar scholarship scholastic school schoolboy schoolchild
    schoolchildren schoolteacher schooner science scientific scientist scissor scoff scold scoop scoot scope
    scorch score scorn scorpion scotch scoundrel scour scourge scout scowl scrabble scram scramble scrap scrapbook
    scrape scratch scratchier scratchiest scrawl scrawnier scrawniest scrawny scream screech screed screen screw
    screwdriver screwier screwiest scribble scribe script scripture scriptwriter scroll scrounge scrub scruff
    scruffier scruffiest scruple scrupulous scrutinise scrutinize scrutiny scuff scuffle sculptor sculpture scum
    scurrilous scurry scuttle scythe sea seafaring seafood seal seam seaman seamen seamstress seaport sear search
    searchlight seashell seashore seasick seaside season seat seaweed secede secession seclude seclusion second
    secondary secrecy secret secretarial secretary secrete secretive sect secular secure securest security sedan
    sedate sedatest sedative sedentary sediment sedimentary seduce seduction seductive see seed seedier seediest
    seedling seek seem seen seep seepage seer seesaw seethe segment segmentation segregate seize seizure seldom
    select selective self selfish sell selves semantic semblance semen semester semicircle semicolon semiconductor
    semifinal seminar senate senator send senile senility senior sensation sense sensibility sensible sensibly
    sensitive sensitivity sensor sensual sensuous sent sentence sentience sentient sentiment sentry separate
    separator sepsis sepulcher sepulchre sequel sequence sequential sequin serenade serene serenest serenity
    sergeant serial series serious sermon serpent serum servant serve service serviceman servicemen serviette
    servile servitude session set setback settable settle seven seventeen seventeenth seventh seventy sever
    severance severe sew sewage sewn sex sexual shabbier shabbiest shabby shack shackle shade shadier shadiest
    shadow shadowier shadowiest shady shaft shaggier shaggiest shaggy shake shaken shakier shakiest shaky shall
    shallow sham shamble shame shampoo shamrock shanty shape shapelier shapeliest share shareholder shark sharp
    sharpen shatter shave shaven shawl she sheaf shear sheath sheathe sheave shed sheen sheep sheepish sheet
    sheikh shelf shell shellfish shelter shelve shepherd sherbet sheriff sherry shied shield shies shift shiftier
    shiftiest shimmer shin shine shingle shinier shiniest ship shipshape shipwreck shire shirk shirt shiver shoal
    shock shod shoddier shoddiest shoddy shoe shoelace shoestring shone shoo shook shoot shop shopkeeper
    shoplifter shore short shortage shortcoming shorten shortfall shorthand shortlist shot shotgun should shout
    shove shovel show showcase showdown showier showiest showman showmen shown shrank shrapnel shred shrew shrewd
    shriek shrill shrimp shrine shrink shrinkage shrivel shroud shrub shrubberies shrug shrunk shrunken shuck
    shudder shuffle shun shunt shut shutdown shuttle shy sibling sic sick sicken sickle sicklier sickliest side
    sideline sidelong sideshow sidestep sidetrack sidewalk sideways sidle siege sierra siesta sieve sift sigh
    sight sigma sign signature significance significant signify signpost signup silage silence silent silhouette
    silicon silk silken sill sillier silliest silliness silo silt silver silversmith silverware similar simile
    simmer simple simplest simplex simplicity simplification simplify simplistic simply simulate simulator
    simultaneous sin since sincere sine sinew sing singe single singular sink sinus sip siphon sir sire siren
    sirloin sissier sissiest sissy sister sisterhood sit site situate six sixpence sixteen sixteenth sixth
    sixtieth sixty size sizzle skate skateboard skein skeleton skeptic sketch sketchier sketchiest skew ski skid
    skilful skill skillet skim skimp skimpier skimpiest skin skinflint skinnier skinniest skinny skip skirmish
    skirt skit skittish skulk skull skunk sky skylight skyline skyrocket skyscraper slab slack slacken slag slain
    slake slam slander slang slant slap slapstick slash slat slate slaughter slave slavish slay sleazier sleaziest
    sleazy sled sledgehammer sleek sleep sleepier sleepiest sleet sleeve sleigh slender slept slew slice slick
    slid slide slier sliest slight slim slime slimier slimiest slimmest sling slingshot slink slip slipperier
    slipperiest slipshod slit slither sliver slob slog slogan slop slope sloppier sloppiest sloppy slosh slot
    sloth slouch slovenlier slovenliest slovenly slow sludge slug sluggish sluice slum slumber slump slung slunk
    slur slurry slush slut sly smack small smallish smallpox smart smartphone smash smattering smear smell
    smellier smelliest smelt smidgen smile smirk smite smith smithereens smitten smock smog smoke smokestack
    smokier smokiest smoky smolder smolt smooth smote smother smoulder smudge smug smuggest smuggle smut snack
    snag snail snake snap snappier snappiest snappy snapshot snare snarl snatch sneak sneakier sneakiest sneer
    sneeze snicker snide snidest sniff sniffle snip snipe snippet snitch snob snobbish snooker snoop snootier
    snootiest snooty snooze snore snorkel snort snot snout snow snowball snowdrift snowfall snowflake snowier
    snowiest snowplough snowplow snowstorm snub snuff snug snuggest snuggle so soak soap soapier soapiest soar sob
    sobriety soccer sociable social socialise socialize society sociological sociologist sociology sock socket sod
    soda sodden sodium sodomy sofa soft softball soften software soggier soggiest soggy soil sojourn solace solar
    sold soldier sole solemn solicit solicitous solid solidarity solidify solitaire solitary solitude solo soluble
    solution solve solvent somber sombre some somebody someday somehow someone someplace somersault something
    sometime somewhat somewhere son sonata song sonic sonnet sonorous soon soot soothe sootier sootiest sop
    sophisticate sophistry sophomore soprano sorcerer sorceress sorcery sordid sore sorest sorghum sorority
    sorrier sorriest sorrow sorry sort sorta sought soul sound soundproof soundtrack soup sour source sourdough
    south southeast southeastern southerlies southern southpaw southward southwest southwestern souvenir sovereign
    sovereignty sow sown soy soybean spa space spacecraft spaceship spacial spacious spade spaghetti span spangle
    spaniel spank spar spare spark sparkle sparrow sparse spasm spasmodic spat spate spatial spatula spawn speak
    spear spearhead spearmint special specialisation specialise specialization specialize specialty species
    specific specification specifier specify specimen specious speck spectacle spectacular spectator specter
    spectra spectre spectrum speculate speculative speculator sped speech speed speedboat speedier speediest
    speedometer spell spellbind spellbound spelt spend spendthrift spent sperm spew sphere spherical sphinx spice
    spicier spiciest spicy spider spied spies spigot spike spill spilt spin spinach spindle spindlier spindliest
    spindly spine spinster spiral spire spirit spiritual spit spite spitefullest spittle splash splat spleen
    splendid splendor splendour splice splint split splurge spoil spoilt spoke spoken spokesman spokesmen
    spokespeople spokesperson spokeswoman spokeswomen sponge spongier spongiest spongy sponsor sponsorship
    spontaneity spontaneous spoof spook spookier spookiest spool spoon sporadic spore sporran sport sportsmanship
    spot spotlight spottier spottiest spotty spouse spout sprain sprang sprawl spray spread spreadsheet spree
    sprier spriest sprig spring springboard springier springiest springtime sprinkle sprint sprout spruce sprucest
    sprung spry spud spun spunk spur spurious spurn spurt sputter spy squabble squad squadron squalid squall
    squalor squander square squarest squash squat squattest squawk squeak squeakier squeakiest squeal squeamish
    squeeze squelch squid squint squire squirm squirrel squirt stab stabilise stability stabilize stable stablest
    stack stadium staff stag stage stagecoach stagnant stagnate staid stain stair staircase stairway stake stale
    stalemate stalest stalk stall stalwart stamina stammer stamp stampede stance stanch stand standard
    standardisation standardise standardization standardize standby standoff standpoint standstill stank stanza
    staple star starboard starch starchier starchiest stardom stare starfish stark starlight starrier starriest
    starry start startle starvation starve state statelier stateliest statesman statesmanship statesmen static
    stationary stationery statistic statistician statue stature status statute statutory staunch stave stay
    steadfast steadier steadiest steady steak steal stealth stealthier stealthiest steam steamier steamiest
    steamroller steel steep steeple steer stellar stem stench stencil stenographer stenography step stepladder
    stereo stereotype sterile sterilise sterilize sterling stern stethoscope stew steward stewardesses stick
    stickier stickiest stickler stiff stiffen stifle stigma stigmata still stillborn stilted stimulant stimulate
    stimuli stimulus sting stingier stingiest stinginess stink stint stipulate stir stirrup stitch stock stockade
    stockbroker stockholder stockier stockiest stockpile stockyard stodgier stodgiest stodgy stoical stoke stole
    stolen stolid stomach stomp stone stonier stoniest stony stood stool stoop stop stopgap stopover stoppage
    stopwatch storage store storehouse storekeeper storeroom stork storm stormier stormiest story stout stove stow
    stowaway straddle straggle straight straighten straightforward strain strait straitjacket strand strange
    strangest strangle strangulation strap strata stratagem strategic strategy stratify stratosphere stratum straw
    strawberry stray streak stream streamline street streetcar strength strengthen strenuous stress stretch strew
    strewn stricken strict stridden stride strife strike string stringent stringier stringiest strip stripe strive
    striven strode stroke stroll strong stronghold strove struck structural structure struggle strum strung strut
    stub stubbier stubbiest stubble stubborn stubby stuck stud student studentship studio studious stuff stuffier
    stuffiest stumble stump stun stung stunk stunt stupefy stupendous stupid stupor sturdier sturdiest sturdy
    sturgeon stutter style stylish stylistic stylus suave suavest sub subdue subject subjective subjugate
    subjunctive sublet sublimest submersion submit subordinate subsequent subservient subset subsidiary subsidise
    subsidize subsidy subsisted subsistence subsisting substantial substantiate substitute subterfuge subterranean
    subtle subtlest subtlety subtly suburb subversive subvert subway succeed success successive succinct succor
    succour succulent succumb such suck suckle suction sudden suds sue sued suede suffer suffice sufficient suffix
    suffocate suffrage sugar sugarbeet sugarier sugariest suggest suggestive suicidal suicide suing suit
    suitability suitably suitcase suite sulfur sulk sulkier sulkiest sullen sulphur sultan sultrier sultriest
    sultry sum summarise summarize summary summit summon sumptuous sun sunbathe sunburn sundae sundial sundown
    sundry sunflower sung sunglasses sunk sunken sunlight sunlit sunnier sunniest sunny sunrise sunscreen sunset
    sunshine suntan sunup sup superb supercomputer superficial superfluous superhuman superimpose superintendent
    superior superlative supermarket supernatural superscript supersede supersonic superstar superstition
    superstitious superstructure supervise supervisor supplant supple supplementary supplest supplier supply
    support supportive suppose supposition suppress supremacy supreme surcharge sure surest surf surface surfboard
    surge surgeon surgeries surgical surlier surliest surly surmise surmount surname surpass surplus surprise
    surreal surrender surreptitious surround surveillance survey survival survive survivor susceptible suspect
    suspend suspense suspicion suspicious sustain sustenance swab swagger swallow swam swamp swampier swampiest
    swan swap swarm swarthier swarthiest swarthy swat swathe sway swear sweat sweep sweepstake sweet sweeten
    sweetheart swell swept swerve swift swig swill swim swindle swine swing swipe swirl swish switch switchboard
    swivel swollen swoon swoop sword swordfish swore sworn swum swung syllable syllabus symbol symbolic symbolise
    symbolize symmetric symmetry sympathetic sympathise sympathize sympathy symphonic symphony symptom symptomatic
    synagogue synapse synchronisation synchronise synchronization synchronize synchronous syndicate syndrome
    synonym synonymous synopses synopsis syntactic syntax syntheses synthesis synthesise synthesize synthetic
    syphilis syringe syrup system systematic tab tabby tabernacle table tablecloth tablespoon tablet tabloid taboo
    tabulate tacit taciturn tack tackier tackiest tackle taco tact tactic tadpole tag tail tailgate taillight
    tailspin taint take taken takeoff takeover talc tale talent talisman talk talkative tall tallow talon
    tambourine tame tamest tamper tan tandem tang tangent tangential tangerine tangible tangle tango tank tankard
    tannest tantalise tantalize tantamount tantrum tap tape tapestry tar tarantula tardier tardiest tardiness
    tardy target tariff tarnish tarpaulin tarrier tarriest tarry tart tartan tartar task tassel taste tastier
    tastiest tasty tattle tattoo tatty taught taunt taut tautology tavern tawdrier tawdriest tawdry tawnier
    tawniest tawny tax taxation taxi taxicab taxpayer tea teach teacup teak team teammate teamster teamwork teapot
    tear teardrop tease teaspoon teat technical technician technique technological technology tedious tedium tee
    teed teem teen teenage teeter teeth teethe teetotal telecommunications telegram telegraph telepathic telepathy
    telephone telescope teletype televise tell telltale temper temperament temperance temperate temperature
    tempest tempestuous template temple tempo temporal temporary tempt temptation ten tenacious tenacity tenancy
    tenant tend tendency tenderise tenderize tendon tendril tenement tenet tennis tense tensors tent tentacle
    tentative tenth tenuous tenure tepee tepid term terminal terminate terminator termini terminology terminus
    termite terrace terrain terrestrial terrible terribly terrier terrific terrify territorial territory terror
    terrorise terrorize terse tersest test testament testicle testify testimonial testimony testis tetanus tether
    text textbook textile textual texture than thank that thatch thaw the theater theatre theatrical thee theft
    their them theme themselves then thence theologian theological theology theorem theoretic theories theorise
    theorize therapeutic therapist therapy there thereabouts thereafter thereby therefore therein thereof thereon
    thereupon thermal thermocline thermodynamics thermometer thermostat thesauri thesaurus these thesis theta
    thick thicken thicket thief thieve thigh thimble thin thing think thinnest third thirst thirstier thirstiest
    thirteen thirteenth thirtieth thirty this thistle thong thorn thornier thorniest thorough thoroughbred
    thoroughfare those thou though thought thousand thousandth thrash thread threadbare threat threaten three
    thresh threshold threw thrice thrift thriftier thriftiest thrill thrive throat throb throne throng throttle
    through throughout throughput throw throwaway throwback thrown thrust thud thug thumb thumbtack thump thunder
    thunderbolt thunderous thunderstorm thunderstruck thus thwart thy thyme thyroid tiara tick ticket tickle
    ticklish tidal tidbit tide tidier tidiest tidy tie tied tier tiff tiger tight tighten tightrope tightwad
    tilapia tilde tile till tillage tilt timber time timekeeper timelier timeliest timescale timestamp timetable
    timezone timid tin tinder ting tinge tingle tinier tiniest tinker tinkle tinnier tinniest tinny tinsel tint
    tip tipsier tipsiest tiptoe tirade tire tiresome tissue tit titbit titillate title to toad toadstool toast
    tobacco toboggan today toddle toe toed toenail toffee toga together toggle toil toilet token told tolerable
    tolerably tolerance tolerant tolerate toll tomahawk tomato tomb tomboy tombstone tomcat tome tomorrow ton tone
    tong tongue tonic tonight tonnage tonne tonsil tonsillitis too took tool toolkit tooltip toot tooth toothache
    toothbrush toothpaste toothpick top topaz topic topography topology topple torch tore torment torn tornado
    torpedo torque torrent torrential torrid torso tortilla tortoise tortuous torture toss tot totalitarian
    totalities tote totem toucan touch touchdown touchier touchiest tough toughen toupee tour tournament
    tourniquet tousle tout tow toward towel town townspeople toxic toxin toy trace track tract trade trademark
    tradition traffic trafficked trafficking tragedy tragic trail train trainee trait traitorous tramp trample
    trampoline trance tranquil tranquilize tranquillise tranquillity transact transatlantic transcend
    transcontinental transcribe transcript transfer transform transformation transfusion transgress transient
    transistor transit transitive translate translator transliteration translucent transmission transmit
    transparency transparent transpire transplant transport transportation transpose transverse trap trapdoor
    trapeze trapezoid trash trashcan trashier trashiest trauma traumatic traumatise traumatize travel traverse
    travesty trawl tray treacherous treachery treacle tread treadmill treason treasure treasury treat treatise
    treble tree trek trekked trekking trellis tremble tremendous tremor trench trend trendier trendiest
    trepidation trespass trestle triage trial triangle triangular tribal tribe tribulation tribunal tributary
    tribute trick trickier trickiest trickle trickster tricycle tried tries trifle trigger trigonometry trill
    trilogy trim trimmest trinity trinket trio trip tripe triple triplet triplicate triploid tripod tripos trite
    tritest triumph triumphant trivia trivial trod trodden troll trolley trombone troop trophy tropical trot
    trouble troublemaker troublesome trough trounce troupe trouser trout trowel truancy truant truce truck trudge
    true truest truffle truism truly trump trumpet truncate trunk trust trustee trustier trustiest trustworthier
    trustworthiest trustworthy truth try tryout tsar tub tuba tube tuberculosis tubular tuck tuft tug tuition
    tulip tumble tummy tumor tumour tumult tumultuous tuna tundra tune tunic tunnel turban turbidity turbine
    turbulence turbulent tureen turf turgid turkey turmoil turn turnaround turndown turnip turnout turnover
    turnpike turnstile turntable turpentine turquoise turret turtle turtleneck tusk tussle tutor tutorial tuxedo
    twang tweak twee tweet tweezers twelfth twelve twentieth twenty twice twiddle twig twilight twin twine twinge
    twinkle twirl twist twitch twitter two tycoon tying type typeface typescript typeset typewriter typhoid
    typhoon typhus typical typify typist typographic tyrannical tyrannise tyrannize tyranny tyrant tyre ubiquitous
    udder ugh uglier ugliest ugliness ugly ulcer ulterior ultimate ultimatum ultra ultrasonic ultraviolet umbrella
    umpire umpteen unaccountably unanimity unanimous unarmed unbearably unbelievably unchristian uncle uncouth
    uncut undeniable undeniably under undercut underdog undergo underlay underlie underneath underpass
    understandably undertow undid undo undue uneasiness unerring unfit unforgettable ungainlier ungainliest
    ungodly unicorn unicycle unification uniform unify unilateral union unionise unionize unique uniquest unison
    unit unite universal universe university unkempt unlawful unman unmistakably unquestionably unrulier unruliest
    unruly unsay unscathed unseemlier unseemliest unset unsightlier unsightliest untenable untie until unto unwary
    unwieldier unwieldiest unwittingly up upbeat upbringing update upend upgrade upheaval upheld uphill uphold
    upholster upkeep uplift upload upon upped upper uppermost upping upright uprising uproar uproot ups upsell
    upset upshot upside upstairs upstanding upstart upstream uptake uptight uptime uptown upturn upward uranium
    urban urbane urchin urge urgency urgent urinate urine urn us usable usage use used user username usher using
    usual usurp utensil uteri uterus utilisation utilise utilitarian utility utilization utilize utmost utter
    utterance vacancy vacant vacate vaccinate vaccine vacillate vacuous vacuum vagabond vagary vagina vaginae
    vaginal vagrant vague vaguest vain valentine valet valiant valid validate valise valley valor valour value
    valve vampire van vandal vandalise vandalize vane vanguard vanilla vanish vanquish vapor vaporise vaporize
    vapour variable variance variant variation variety various varnish varsity vary vase vast vat vault veal
    vector veer vegetable vegetarian vegetation vehement vehicle veil vein velocity velour velvet vend veneer
    venerable venerate vengeance vengeful venison venom venomous vent ventilate ventilator ventricle ventriloquist
    venture venue veracity veranda verb verbatim verbiage verbose verbosity verdict verge verier veriest
    verification verify veritable vermin vernacular versatile versatility verse versus vertebra vertebrae
    vertebrate vertical vertices vertigo verve very vessel vest vestibule vestige vet veteran veterinarian
    veterinary veto vex vexation via viability viable viaduct vial vibrant vibrate vicar vicarious vice vicinity
    vicious victim victimise victimize victor victorious video videotape vie vied view viewpoint vigil vigilance
    vigilant vigilante vigor vigorous vigour vile vilest vilify villa village villain villainous vindicate
    vindictive vine vinegar vineyard vintage vinyl viola violate violence violent violet violin viper viral virgin
    virile virility virtual virtue virtuoso virtuous virulent virus visa vise visibility visible visibly visionary
    visit visitation visor vista visual visualise visualize vital vitamin vitriolic vivacious vivacity vivid
    vivisection vocabulary vocal vocation vociferous vodka vogue voice void volatile volcanic volcano volition
    volley volleyball volt voltage volume voluminous voluntary volunteer voluptuous vomit voodoo voracious vortex
    vote vouch vow vowel voyage vulgar vulnerability vulnerable vulture vying wad waddle wade wafer waffle waft
    wag wage wagon waif wail waist waistline wait waitress waive wake waken walk walkout wall wallet wallop wallow
    wallpaper walnut walrus waltz wan wand wane wanna wannest want wanton war warble ward warden wardrobe
    warehouse warfare warhead warier wariest warlike warm warmth warn warp warpath warrant warren warrior wart
    wartime was wash washcloth washout washroom wasp wastage waste wastebasket wasteland watch watchdog watchman
    watchmen watchword water watercolor watercolour waterfall waterfront waterier wateriest waterlogged watermark
    watermelon waterproof watershed watertight waterway waterworks watt wave waveform wavelength wavier waviest
    wavy wax waxier waxiest way waylaid waylay wayside wayward we weak weaken weakling wealth wealthier wealthiest
    wean weapon weaponry wear wearier weariest weariness wearisome weasel weather weave web webhook website wed
    wedge wedlock wee weed weedier weediest week weekday weekend weep weer weest weigh weight weightier weightiest
    weird weirdo welcome weld welfare well wellington welt went wept were werewolf werewolves west westerlies
    western westward wet wettest whack whale wharf wharves what whatever whatsoever wheat wheedle wheel
    wheelbarrow wheelchair wheeze when whence whenever where whereabouts whereas whereby wherein whereupon
    wherever wherewithal whet whether whew whey which whichever whiff while whilst whim whimper whimsical whine
    whinny whip whir whirl whirlpool whirlwind whirr whisk whiskey whisper whistle white whiten whitest whitewash
    whittle whiz whizz who whoa whoever whole wholehearted wholesale wholesome wholly whom whoop whopper whore
    whose why wick wicket wide widen widespread widest widow width wield wife wifi wig wiggle wigwam wild wildcat
    wildernesses wildfire wildlife wilful wilier wiliest will willow willpower wilt wily win wince winch wind
    windfall windier windiest windmill window windowpane windpipe windscreen windshield wine wing wink winsome
    winsomest winter wintertime wintrier wintriest wintry wipe wire wirier wiriest wiry wisdom wise wisecrack
    wisest wish wishbone wisp wispier wispiest wist wit witch witchcraft with withdraw withdrawn withdrew withheld
    withhold within without withstand withstood witticism wittier wittiest witty wive wiz wizard wizened wobble
    wobblier wobbliest wobbly woe wok woke woken wolf wolves woman womanhood womankind womb wombat women won
    wonder wonderland wondrous wont woo wood woodchuck wooden woodier woodiest woodland woodpecker woodsman
    woodsmen woodwind woodwork woof wool woolen woollen woollier woolliest word wordier wordiest wore work
    workbench workbook workflow workforce workload workman workmanship workmen workout workplace workshop
    workstation world worldlier worldliest worldwide worm wormhole worn worrisome worry worse worsen worship worst
    worth worthier worthiest worthwhile wot would wound wove woven wow wrangle wrap wrasse wrath wreak wreath
    wreathe wreck wreckage wren wrench wrest wrestle wretch wriggle wright wring wrinkle wrist wristwatch writ
    write writhe written wrong wrongdoer wrongdoing wrote wrought wrung wry xenophobia xylophone yacht yak yakked
    yakking yam yank yap yard yardstick yarn yawn year yearling yearn yeast yell yellow yelp yen yes yesterday yet
    yeti yew yield yodel yoga yogurt yoke yokel yolk yonder you young youngster your yourself yourselves youth
    yowl yuck zanier zaniest zany zeal zealous zebra zenith zero zest zeta zigzag zillion zinc zincked zincking
    zip zodiac zombie zone zoo zoological zoologist zoology zoom zooplankton zucchini
"""
