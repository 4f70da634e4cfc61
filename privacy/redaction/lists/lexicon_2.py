"""Ordinary English words, dingy to junction: stems, lower case. From SCOWL, copyright 2000-2011 by Kevin Atkinson (see lexicon)."""

from __future__ import annotations

from typing import Final

WORDS: Final = """
    dingy dinosaur diocese dioxide dip diphtheria diphthong diploid diploma diplomacy diplomat diplomata
    diplomatic dire direct directive directories direst dirge dirt dirtier dirtiest disambiguate disarm disaster
    disastrous disburse disc discern discernible disciple disciplinarian disciplinary discipline disco
    discoloration discolouration disconsolate discordant discoveries discreet discrepancy discrete discretionary
    discriminate discriminatory discus disdain disembarkation disgruntle dish dishwasher disinfectant disingenuous
    disk dismal dismay disown disparage disparate disparity dispel dispensary dispensation dispense dispersal
    disperse disposal dispute disrupt disruptive disseminate dissertation dissident dissipate dissociate dissolute
    dissonance dissuade distance distant distil distillation distilleries distinct distinctive distinguish distort
    distraught distress distributor district disturb disturbance disuse ditch dither ditto ditty dive diverge
    divergence divergent diverse diversify diversities divert divest divide dividend divine divinest divinity
    divisible division divisive divisor divorce divulge dizzier dizziest dizziness dizzy do docile dock doctor
    doctorate doctrine document documentary documentation dodge dodo doe doer dog doggerel doghouse dogma dogmatic
    dogwood doily doing doldrums dole doll dollar dolphin domain dome domestic domesticate domicile dominance
    dominant dominate dominion domino don donate done donkey doodle doom door doorman doormen doorstep doorway
    dope dopier dopiest dormant dormitory dorsal dos dosage dose dot dote double doubly doubt dough doughnut dour
    douse dove dowdier dowdiest dowdy down downcast downfall downgrade downhearted downhill downier downiest
    downpour downright downstairs downstream downtime downtown downward dowry doze dozen drab drabbest draconian
    draft draftier draftiest draftsman draftsmen drag dragon dragonfly drain drainage drama dramatic dramatisation
    dramatise dramatist dramatization dramatize drank drape draperies drastic draught draughtier draughtiest
    draughtsman draughtsmen draw drawback drawbridge drawl drawn dread dream dreamier dreamiest dreamt drearier
    dreariest dreary dredge dregs drench dress dressier dressiest dressmaker drew dribble dried drier dries driest
    drift driftwood drill drily drink drip drive drivel driven driveway drizzle droll drone drool droop drop
    dropout dross drought drove drown drowse drowsier drowsiest drowsiness drowsy drudge drug druggist drugstore
    drum drumstick drunk drunkard drunken dry drywall dual dub dubious duchess duck duckling duct dud dude due
    duel duet duff dug dugout duke dull duly dumb dumbbell dumbfound dummy dump dumpier dumpiest dumpling dumpster
    dunce dune dung dungeon dunk dunno duo dupe duplex duplicate duplicity durability durable duration duress
    during dusk duskier duskiest dust dustbin dustier dustiest dustmen dustpan dutiful duty duvet dwarf dwell
    dwelt dwindle dye dyed dying dyked dyking dynamic dynamite dynamo dynasty dysentery dyslexia each eager eagle
    ear earache eardrum earl earlier earliest earmark earn earshot earth earthier earthiest earthlier earthliest
    earthquake earthworm ease easel easier easiest east easterlies eastern eastward easy easygoing eat eaten eave
    eavesdrop ebb ebony eccentric ecclesiastical echo eclectic eclipse ecological ecologist ecology economic
    economise economist economize economy ecosystem ecstasy ecstatic ecumenical eczema eddy edge edgewise edgier
    edgiest edgy edible edict edifice edit editorial editorship educate educator eel eerie eeriest effect
    effective effectual effeminate effervescent efficiency efficient effigy effluent effort effusive egalitarian
    egg eggplant ego egocentric egotism egotist eh eigenvalue eight eighteen eighteenth eighth eightieth either
    ejaculate eject eke eked eking elaborate elapse elastic elation elbow elder eldest elect elective electorate
    electric electrician electrify electrocute electrode electrolysis electromagnetic electron electronic
    electrostatic elegance elegant elegy element elementary elephant elevate elevator eleven eleventh elf elicit
    eligibility eligible eliminate elite elitism elitist elk ellipse ellipsis elliptic elm elongate elope
    eloquence eloquent else elsewhere elucidate elude elusive elves em email emanate emancipate embalm embankment
    embargo embark embarrass embassy embed embellish ember embezzle embitter emblem embodiment embody emboss
    embrace embroider embryo embryonic emerald emerge emergence emergency emergent emigrant emigrate eminence
    eminent emir emissary emission emit emotion emotive empathy emperor emphases emphasis emphasise emphasize
    emphatic emphysema empire empirical employ employee emporium empower empress emptier emptiest emptiness empty
    emulate emulator emulsion enable enact enamel encapsulate encase enchant encircle enclose enclosure encode
    encompass encore encounter encourage encroach encrypted encryption encumber encumbrance encyclopaedia
    encyclopedia end endanger endear endeavor endeavour endemic endive endorse endow endpoint endurance endure
    endways enema enemy energetic energy enforce engage engender engine engrave engross engulf enhance enigma
    enigmatic enjoy enlarge enlighten enlist enliven enmity enormity enormous enough enquire enquiry enrage enrich
    enrol enroll ensemble enshrine ensign enslave ensue ensure entail entangle enter enterprise entertain enthral
    enthrall enthusiasm enthusiast enthusiastic entice entire entirety entitle entity entomologist entomology
    entrails entrance entrant entrap entreat entrench entropy entrust entry entwine enumerate enunciate envelop
    envelope enviable envious environment environs envisage envoy envy enzyme eon epaulet epaulette ephemeral epic
    epidemic epidermis epilepsy epileptic epilogue episode epitaph epithet epitome epoch epsilon equal equalise
    equalize equanimity equate equator equatorial equestrian equilateral equilibrium equine equinox equip
    equitable equity equivalence equivalent equivocal era eradicate erase erasure erect ergo ergonomic erode
    erosion erotic err errand errant erratic erroneous erstwhile erudite erupt escalate escalator escapade escape
    escapism escort esophagi esophagus esoteric especial espionage essay essence essential establish estate esteem
    estimate estrangement etch eternal eternity ether ethereal ethic ethnic ethos etiquette etymological etymology
    eulogise eulogize eulogy euphemism eureka euthanasia evacuate evade evaluate evangelical evangelism evangelist
    evangelistic evaporate evasion evasive eve even event eventual ever evergreen everlasting evermore everybody
    everyday everyone everything everywhere evict evidence evident evil evillest evocative evoke evolution
    evolutionary evolve ewe exacerbate exact exaggerate exalt exaltation exam examination examine example
    exasperate excavate excavator exceed excel excellence excellent except exceptionally excerpt excess excessive
    exchange excise excite exclaim exclamation exclude exclusion exclusive excommunicate excrement excrete
    excruciating excursion excuse execute executive executor exemplary exemplify exempt exercise exert exhale
    exhaust exhaustive exhibit exhilarate exhort exhortation exhume exile exist existence existent existential
    exit exodus exonerate exorbitant exotic expand expanse expansive expatriate expect expectancy expectant
    expectation expediency expedient expedite expel expend expenditure expense expensive experience experiment
    experimentation expert expertise expiration expire expiry explain explanation explanatory expletive explicable
    explicit explode exploit exploitation exploration explore explosion explosive exponent exponential export
    expose exposition exposure expound express expressive expressway expulsion exquisite extant extemporaneous
    extend extension extensive extent exterior exterminate external extinct extinguish extol extort extortionate
    extra extract extracurricular extradite extraneous extraordinary extrapolate extraterrestrial extravagance
    extravagant extreme extremest extremist extremity extricate extrovert exuberance exuberant exude exult
    exultant exultation eye eyeball eyebrow eyed eyelash eyelid eyesight eyesore eyewitness fable fabric fabricate
    fabulous facade face facet facetious facial facile facilitate facility facsimile fact factorial factories
    factorisation factorization factual faculty fad fade faeces faggot fagot fail failure faint fair faith fake
    falcon fall fallacious fallacy fallen fallible fallout false falsehood falsest falsetto falsification falsify
    falsity falter fame familiar familiarise familiarize family famine famous fan fanatic fancier fanciest
    fanciful fancy fanfare fang fantastic fantasy far faraway farce fare farewell farm farmland farther farthest
    fascinate fascism fascist fashion fashionably fast fasten fastidious fat fatalistic fatalities fate father
    fatherhood fatherland fathom fatigue fatten fattest fattier fattiest fatty fatuous faucet fault faultier
    faultiest fauna favor favorably favorite favoritism favour favourably favourite favouritism fawn faze fear
    fearsome feasibility feasible feast feat feather featherier featheriest feature feces fed federalism
    federalist federals federation fee feeble feeblest feed feedback feel feet feign feint feline fell fellow
    fellowship felon felt female feminine femininity feminism feminist fen fence fend ferment fermentation fern
    ferocious ferocity ferret ferry fertile fertilise fertility fertilize fervent fervor fervour fester festival
    festive festivity festoon fetch feted fetid feting fetish fetter fetus feud fever feverish few fez fezzes
    fiasco fib fiberglass fibre fibreglass fiche fickle ficklest fiction fictitious fiddle fiddly fidelity fidget
    field fiend fiendish fierce fiercest fierier fieriest fiery fiesta fifteen fifteenth fifth fiftieth fifty fig
    fight figurative figure figurehead filament filch file filet fill fillet film filmier filmiest filter filth
    filthier filthiest fin finale finalise finalize finance financial financier finch find fine finesse finger
    fingerling fingernail fingerprint fingertip finickier finickiest finicky finish finite fir fire firearm
    firecracker firefighter firefly fireman firemen fireplace fireproof fireside firewood firework firm firmware
    first firsthand fiscal fish fisheries fisherman fishermen fishier fishiest fishmeal fission fissure fist fit
    fittest five fix fixation fixture fizz fizzle flabbier flabbiest flabby flag flagpole flagrant flagship
    flagstone flail flair flak flake flakier flakiest flamboyance flamboyant flame flamingo flammable flank
    flannel flap flapjack flare flash flashback flashier flashiest flashlight flask flat flatten flattest flaunt
    flautist flavor flavour flaw flea fleck fled fledged fledgling flee fleece fleecier fleeciest fleecy fleet
    flesh fleshier fleshiest flew flex flexibility flexible flexibly flick flied flier flies fliest flight
    flightier flightiest flimsier flimsiest flimsiness flimsy flinch fling flint flip flippant flippest flirt
    flirtation flirtatious flit float flock flog flood floodlight floor flop floppier floppiest floppy flora
    floral florid florist floss flotilla flounce flounder flour flourish flout flow flowerier floweriest flown flu
    fluctuate flue fluency fluent fluff fluffier fluffiest fluid fluke flung flunk fluorescent flurry flush
    fluster flute flutist flutter flux fly flyover foal foam foamier foamiest focal focus fodder foe fog fogey
    foggier foggiest foggy foghorn foible foil foist fold foliage folk folklore folksier folksiest follow folly
    foment fond fondle font food foodstuff fool foolhardier foolhardiest foolhardy foolish foolproof foot footage
    football footfall foothill foothold footlights footnote footpath footprint footstep footstool footwear
    footwork for forage foray forbade forbear forbearance forbid forbidden forbore forborne force forceps forcible
    forcibly ford fore forearm forebode forecast forefather forefinger forefront forego foregone foreground
    forehead foreign foreleg foreman foremen foremost forensic foreplay forerunner foresaw foresee foreseen
    foreshadow foresight foreskin forestall forestry foretaste foretell forethought foretold forever forewarn
    forewent foreword forfeit forgave forge forgeries forget forgive forgiven forgo forgone forgot forgotten fork
    forklift forlorn form formalin formalise formalities formalize format formative formidable formula formulae
    formulate formwork fornication forsake forsaken forsook forswear forswore forsworn fort forte forth
    forthcoming forthright forthwith fortieth fortification fortify fortitude fortnight fortress fortuitous
    fortunate fortune forum forward forwent fossil fossilise fossilize foster fought foul found foundation
    foundling foundry fount fountain four fourteen fourteenth fourth fowl fox foxier foxiest foyer fracas fractal
    fraction fracture fragile fragility fragment fragmentary fragmentation fragrance fragrant frail frailty frame
    framework franc franchise frank frankfurter frantic fraternal fraternise fraternity fraternize fraud
    fraudulent fraught fray freak freckle free freedom freehand freelance freest freeway freeze freight french
    frenzy frequency frequent fresh freshen freshman freshmen freshwater fret friar friction fried friend
    friendlier friendliest friendliness friendship fries frieze frigate fright frighten frigid frill frillier
    frilliest fringe frisk friskier friskiest fritter frivolity frivolous frizzier frizziest frizzy fro frock frog
    frolic frolicked frolicking from frond front frontage frontend frontier frost frostbit frostbite frostbitten
    frostier frostiest froth frothier frothiest frown froze frozen frugal fruit fruitier fruitiest frustrate fry
    fudge fuel fugitive fulcrum fulfil fulfill full fumble fume fumigate fun function fund fundamental funerals
    fungi fungicide fungus funnel funnest funnier funniest funny fur furious furl furlong furlough furnace furnish
    furniture furore furrier furriest furrow furry further furthermore furthest furtive fuse fuselage fuss fussier
    fussiest futile futility future futuristic fuzz fuzzier fuzziest gab gable gadget gag gaiety gaily gain gait
    gal gala galactic galaxy gale gall gallant gallantry galleries galley gallivant gallon gallop gallows galore
    galvanise galvanize gambit gamble game gamest gamma gamut gander gang gangling gangplank gangrene gangster
    gangway gap gape garage garb garbage garble garden gardenia gargle gargoyle garish garland garlic garment
    garnet garnish garret garrison garrulous garter gas gaseous gash gasket gasoline gasp gastric gate gateway
    gather gaudier gaudiest gaudy gauge gaunt gauntlet gauze gave gavel gawk gawkier gawkiest gay gaze gazelle
    gazette gear gee geed geese gel gelatin geld gem gender gene genealogical genealogy genera generalisation
    generalise generality generalization generalize generally generals generate generator generic generosity
    generous genesis genetic genial genie genii genital genius genocide genre gent gentile gentility gentle
    gentleman gentlemen gentlest gentry genuine genus geographic geography geological geologist geology geometric
    geometry geranium gerbil germ germicide germinate gestation gesticulate gesture get getaway geyser ghastlier
    ghastliest ghastly ghetto ghost ghostlier ghostliest ghoul giant gibber gibberish gibe giddier giddiest
    giddiness giddy gift gig gigantic giggle gild gill gilt gimme gimmick gin ginger gingerbread gingham giraffe
    girder girdle girl girlfriend girlhood girlish girth gist give given gizzard glacial glacier glad gladden
    gladdest glade gladiator glamorise glamorize glamorous glamour glance gland glandular glare glass glassier
    glassiest glassware glaze gleam glean glee glen glib glibbest glide glimmer glimpse glint glisten glitter
    gloat global globe globular globule gloom gloomier gloomiest glorification glorify glorious glory gloss
    glossary glossier glossiest glove glow glucose glue glum glummest glut glutton glycerin glycerine gnarl gnash
    gnat gnaw gnome gnu go goad goal goalie goalkeeper goat goatee gob gobble goblet goblin god godchild
    godchildren goddess godfather godlier godliest godlike godmother godparent godsend goes goggle going gold
    golden goldfish goldsmith golf gondola gone gong gonna goo good goodbye goodnight goodwill gooey goof goofier
    goofiest gooier gooiest goon goose gopher gore gorge gorgeous gorier goriest gorilla gory gosh gosling gospel
    gossamer gossip got gotten gouge goulash gourd gourmet gout govern governesses gown grab grace gracious
    gradation grade gradient gradual graduate graffiti graffito graft grain gram grammar grammatical gramophone
    grand grandchild grandchildren granddaughter grandeur grandfather grandiose grandmother grandparent grandson
    grandstand granite granny granola grant granular granule grape grapefruit grapevine graph graphic graphite
    grapple grasp grass grasshopper grassier grassiest grate gratification gratify gratitude gratuitous gratuity
    grave gravel graven gravest gravestone graveyard gravitate gravity gravy gray graze grease greasier greasiest
    greasy great greed greedier greediest greediness green greenback greenhorn greenhouse greet gregarious gremlin
    grenade grew grey greyhound grid griddle gridiron grief grievance grieve grievous grill grille grim grimace
    grime grimier grimiest grimmest grin grind grindstone grip gripe grislier grisliest grisly gristle grit
    grittier grittiest gritty grizzled grizzlier grizzliest grizzly groan grocer groggier groggiest groggy groin
    groom groove groovier grooviest groovy grope gross grotesque grotto grouch grouchier grouchiest ground
    groundwork group grouse grove grovel grow growl grown growth groyne grub grubbier grubbiest grubby grudge
    gruel gruesome gruesomest gruff grumble grumpier grumpiest grumpy grunt guarantee guarantor guard guardian
    gubernatorial guerrilla guess guesswork guest guffaw guidance guide guidebook guideline guild guile guillotine
    guilt guiltier guiltiest guinea guise guitar gulch gulf gull gullet gullible gulp gum gumdrop gummier gummiest
    gummy gumption gun gunfire gunman gunmen gunpowder gunshot guppy gurgle guru gush gust gustier gustiest gut
    guy guzzle gybe gym gymnasium gymnast gymnastics gynaecologist gynaecology gynecologist gynecology gyrate
    gyroscope ha habit habitat habitual hack hackney hacksaw had haddock haemoglobin haemophilia haemorrhage hag
    haggard haggle hail hailstone hair haircut hairdo hairdresser hairier hairiest hairline hale halest half
    halfway halibut hall hallelujah hallmark hallucination hallway halo halon halt halve ham hamburger hamlet
    hammock hamper hamster hamstring hamstrung hand handbag handbook handcuff handicap handicraft handier handiest
    handiwork handkerchief handle handlebar handmade handout handover handrail handshake handsome handsomest
    handwriting hang hangar hangout hangover hanker haphazard hapless happen happier happiest happiness happy
    harangue harass harbor harbour hard hardback harden hardier hardiest hardliner hardship hardware hardwood hare
    harebrained harem hark harlot harm harmonic harmonica harmonious harmonise harmonize harmony harness harp
    harpoon harpsichord harrow harry harsh hart harvest has hash hassle haste hasten hastier hastiest hasty hat
    hatch hatchet hate hatred haughtier haughtiest haughtiness haughty haul haulage haulier haunt have haven havoc
    hawk hay haystack haywire hazard hazardous haze hazel hazier haziest hazy he head headache headfirst headier
    headiest headland headlight headline headlong headmaster headphone headquarter headrest headroom headstone
    headstrong headway heal health healthcare healthier healthiest heap hear heard hearsay hearse heart heartache
    heartbeat heartbreak heartbroken heartburn hearten heartfelt hearth heartier heartiest heat heath heathen
    heave heaven heavenlier heavenliest heavier heaviest heaviness heavy heavyweight heckle hectic hedge hedgehog
    heed heel heftier heftiest hefty heifer height heighten heinous heir heirloom held helicopter heliport helium
    hell hellish hello helm helmet help helpdesk hem hemisphere hemlock hemoglobin hemophilia hemorrhage hemp hen
    hence henceforth henchman henchmen hepatitis her herald herb herbicide herbivorous herd here hereabouts
    hereafter hereby hereditary herein heresies heretic herewith heritage hermaphrodite hermit hernia hero heroic
    heroin heroine heron herpes herself hes hesitancy hesitant hesitate heterogeneous heterosexual heuristic hew
    hexadecimal hexagon hey heyday hi hiatus hibernate hiccup hick hickories hid hidden hide hideaway hideous
    hierarchical hierarchy hieroglyphic high highbrow highland highlight highway hijack hike hilarious hilarity
    hill hillbilly hillier hilliest hillside hilt him himself hind hindrance hindsight hinge hint hinterland hip
    hippest hippie hippopotamus hippy hire his histogram historian historic history hit hitch hitchhike hither
    hitherto hive ho hoard hoarse hoarsest hoax hobbit hobble hobby hobbyhorse hobgoblin hobnob hobo hock hockey
    hodgepodge hoe hoed hog hoist hold holdup hole holiday holier holiest holiness holler hollow holly holocaust
    holster holy homage home homeland homelier homeliest homemade homesick homespun homestead homeward homework
    homicidal homicide homier homiest homogeneous homogenise homogenize homonym homophobic homosexual hone honest
    honeycomb honeymoon honeysuckle honk honor honorary honour hood hoodlum hoodwink hoof hook hoop hooray hoot
    hooves hop hope hopscotch horde horizon horizontal hormone horn hornet hornier horniest horoscope horrendous
    horrible horribly horrid horrific horrify horror horse horseback horseman horseplay horsepower horseradish
    horseshoe horticultural horticulture hose hosiery hospitable hospital hospitalisation hospitalise
    hospitalization hospitalize host hostage hostel hostessed hostesses hostessing hostile hostility hot hotbed
    hotel hothead hottest hound hour hourglass house houseboat household housekeeper housewarming housewife
    housewives housework hove hovel how however howl hub hubbub huddle hue hued huff huffier huffiest hug huge huh
    hulk hull hullabaloo hum human humane humanise humanitarian humanize humble humblest humbly humbug humdrum
    humid humidify humiliate humility hummingbird humorous humour hump hunch hunchback hundred hundredth hung
    hungrier hungriest hungry hunk hunt hurdle hurl hurrah hurricane hurry hurt hurtle husband hush husk huskier
    huskiest huskiness hustle hut hutch hyacinth hybrid hydrant hydraulic hydroelectric hydrogen hydroplane hyena
    hygiene hygienic hymn hyperbole hypertension hyphen hyphenate hypnosis hypnotic hypnotise hypnotism hypnotist
    hypnotize hypochondria hypochondriac hypocrisy hypocrite hypocritical hypotenuse hypotheses hypothesis
    hypothesise hypothesize hypothetical hysteria hysteric ice iceberg icebreaker iced icicle icier iciest icing
    icon icy id idea ideal idealise idealistic idealize identical identifiable identification identifier identify
    identity ideological ideology idiocy idiom idiomatic idiosyncrasy idiosyncratic idiot idiotic idle idlest idly
    idol idolise idolize idyllic if ifs igloo ignite ignorance ignorant ignore iguana ilk ill illegal illegible
    illegibly illegitimate illicit illiteracy illiterate illogical illuminate illusion illusory illustrate
    illustrative illustrator illustrious image imaginary imagination imaginative imagine imbalance imbecile
    imitate imitative imitator immaculate immaterial immature immaturity immeasurable immeasurably immediate
    immense immensity immerse immigrant immigrate imminent immobile immobilise immobilize immoral immortal
    immovable immune immunise immunity immunize imp impact impair impale impart impartial impasse impassive
    impatience impatient impeach impeccable impedance impede impediment impel impend impenetrable imperative
    imperceptible imperceptibly imperfect imperial imperil impersonal impersonate impertinence impertinent
    impervious impetuous impetus impinge impish implacable implant implausible implement implementation implicate
    implicit implore impolite import importance important importation impose imposition impossibility impossible
    impossibly impostor impotence impotent impound impoverish impractical imprecise impregnable impregnate impress
    impressive imprint imprison improbability improbable improbably impromptu improper impropriety improve
    improvise impudence impudent impulse impulsive impunity impure impurest impurity in inability inaccessible
    inaccuracy inaccurate inaction inactive inactivity inadequacy inadequate inadmissible inadvertent inadvisable
    inalienable inane inanest inanimate inapplicable inappropriate inarticulate inasmuch inaudible inaugural
    inaugurate inauspicious inborn inbred inbreed inbuilt incalculable incandescence incandescent incantation
    incapable incapacitate incapacity incarcerate incarnate incendiary incense incentive inception incessant
    incest incestuous inch incidence incident incinerate incinerator incision incisive incisor incite inclination
    incline include inclusion inclusive incognito incoherence incoherent income incomparable incompatibility
    incompatible incompatibly incompetence incompetent incomplete incomprehensible inconceivable inconclusive
    incongruity incongruous inconsequential inconsiderable inconsiderate inconsistency inconsistent inconsolable
    inconspicuous inconvenience inconvenient incorporate incorrect incorrigible increase incredible incredibly
    incredulity incredulous increment incriminate incubate incubator incumbent incur indebted indecency indecent
    indecision indecisive indeed indefensible indefinable indefinite indelible indelibly indelicate indent
    indentation independence independent indescribable indestructible indeterminate index indicate indicative
    indicator indices indict indifference indifferent indigenous indigestible indigestion indignant indignation
    indignity indigo indirect indiscreet indiscretion indiscriminate indispensable indisposed indisputable
    indistinct indistinguishable individual indivisible indoctrinate indolence indolent indomitable indoor induce
    induct indulge indulgence indulgent industrial industrialisation industrialise industrialization industrialize
    industrious industry inedible ineffective ineffectual inefficiency inefficient inelegant ineligible inept
    ineptitude inequality inert inertia inertial inescapable inevitable inevitably inexact inexcusable
    inexhaustible inexorable inexorably inexpensive inexperience inexplicable inexplicably inextricably infallible
    infamous infamy infancy infant infantile infantry infatuation infeasible infect infectious infelicity infer
    inference inferior inferno infertile infest infestation infidel infield infiltrate infinite infinitesimal
    infinitive infinity infirm infirmary infix inflame inflammable inflammation inflammatory inflate inflationary
    inflection inflexible inflexion inflict influence influential influenza influx info inform informant
    information informative infraction infrared infrastructure infrequent infringe infuriate infuse ingenious
    ingenuity ingest ingrain ingratiate ingratitude ingredient inhabit inhabitant inhale inherent inherit
    inheritance inhibit inhospitable inhuman inhumane initial initialisation initialise initialization initialize
    initiate initiative initiator inject injunction injure injurious injury injustice ink inkier inkiest inkling
    inlaid inland inlay inlet inmate inn innards innate innermost innkeeper innocence innocent innocuous
    innovation innovative innuendo innumerable inoculate inoffensive inoperative inopportune inordinate input
    inquest inquire inquiry inquisition inquisitive ins insane insanest insanity insatiable inscribe inscription
    inscrutable insect insecticide insecure insecurity insensitive insensitivity inseparable insert inside
    insidious insight insignia insignificance insignificant insincere insincerity insinuate insipid insistence
    insistent insofar insolence insolent insoluble insolvency insolvent insomnia inspect inspiration inspire
    instability install installation instalment instance instant instantaneous instead instep instigate instil
    instill instinct instinctive institute institutionalise institutionalize instruct instructive instrument
    insubordinate insubstantial insufferable insufficient insular insulate insulator insulin insult insurance
    insure insurgent insurmountable insurrection intact intake intangible integer integral integrate integrity
    intellect intellectual intelligence intelligent intelligible intelligibly intend intense intensest intensify
    intensity intensive intent intentionally inter interact intercept intercom interestingly interfere
    interference interim interior interject interlude intermediary interminably intermittent intern internet
    interpolation interpret interpretation interrogate interrogator interrupt intersperse interval intervene
    intestinal intestine intimacy intimate intimidate into intolerable intolerably intolerance intolerant
    intonation intoxicate intractable intramural intransitive intravenous intrepid intricacy intricate intrigue
    intrinsic introduce introduction introductory introspective introvert intrude intrusion intrusive intuition
    intuitive inundate invade invalid invalidate invaluable invariable invariably invariant invasion invective
    invent inventive inventoried inventories inventorying inverse invert invertebrate invest investigate
    investigator inveterate invigorate invincible invisibility invisible invisibly invitation invite invocation
    invoice invoke involuntary involve invulnerable inward iodine ion iota irascible irate ire iridescence
    iridescent iris irk iron ironic irradiate irrational irreconcilable irrefutable irregular irrelevance
    irrelevant irreparable irreplaceable irrepressible irreproachable irresistible irrespective irresponsibility
    irresponsible irretrievable irretrievably irreverence irreverent irreversible irrevocable irrevocably irrigate
    irritability irritable irritably irritant irritate is island isle isolate issue isthmus it italic italicise
    italicize itch itchier itchiest item itemise itemize iterate iterative itinerant itinerary its itself ivies
    ivory ivy jab jack jackass jackdaw jacket jackknife jackknives jackpot jade jagged jaguar jail jalopy jam jamb
    jamboree jangle janitor jar jargon jaundice jaunt jauntier jauntiest javelin jaw jawbone jay jaywalk jazz
    jealous jeans jeer jell jellyfish jeopardise jeopardize jeopardy jerk jerkier jerkiest jersey jest jet
    jettison jetty jewel jewelry jibe jiffy jig jiggle jigsaw jilt jingle jinx jitterier jitteriest jitters
    jittery job jockey jocular jog join joint joist joke jollier jolliest jolly jolt jostle jot journal journey
    jovial joy joyfullest joyous joystick jubilant jubilation jubilee judge judgment judicial judiciary judicious
    judo jug juggernaut juggle jugular juice juicier juiciest juicy jumble jumbo jump jumpier jumpiest junction
"""
