"""Ordinary English words, juncture to revamp: stems, lower case. From SCOWL, copyright 2000-2011 by Kevin Atkinson (see lexicon)."""

from __future__ import annotations

from typing import Final

WORDS: Final = """
    juncture jungle junior juniper junk junket junkie junta jurisdiction juror jury just justice justifiable
    justifiably justification justify jut jute juvenile juxtapose juxtaposition kale kaleidoscope kanban kangaroo
    karat karate kayak keel keen keep keepsake keg kelp ken kennel kept kerb kerchief kernel kerosene ketchup
    kettle key keyboard keyhole keynote keystone keystroke keyword khaki kick kickback kickoff kid kidnap kidney
    kill kiln kilo kilobyte kilogram kilometer kilometre kilowatt kilt kimono kin kind kinda kindergarten kindle
    kindlier kindliest kindred kinfolk king kingdom kingfisher kink kinkier kinkiest kinship kiosk kipper kiss kit
    kitchen kitchenette kite kitten kitty kiwi knack knapsack knead knee kneecap kneel knelt knew knickers knife
    knight knighthood knit knives knob knock knockout knoll knot knottier knottiest knotty know knowledge known
    knuckle koala kosher kowtow kudos lab label laboratory laborious labour labyrinth lace lacerate lacier laciest
    lack lackluster lacklustre lacquer lacrosse lacy lad lade laden ladle ladybug ladylike lag laggard lagoon laid
    lain lair lake lamb lambda lame lament lamentation lamest lamp lampoon lance land landlady landlocked landlord
    landmark landowner landscape landslid landslide lane language languid languish languor languorous lankier
    lankiest lanky lantern lap lapel lapse laptop larceny lard large largest lark larva larvae larynges laryngitis
    larynx lascivious laser lash lass last latch late latent lateraled lateraling laterals latest latex lath lathe
    latitude latrine latter lattice laud laugh laughingstock laughter launch launder laundry laureate laurel lava
    lavatory lavender lavish law lawmaker lawn lawsuit lax laxative lay layman laymen layout lazier laziest
    laziness lazy leach lead leaden leadership leaf leafier leafiest leaflet league leak leakage lean leap
    leapfrog leapt learn learnt lease leash least leather leave lectern lecture led ledge lee leech leek leer
    leerier leeriest leeway left leftmost leg legacy legalise legalistic legalize legend legendary legibility
    legible legibly legislate legislative legislator legislature legitimacy legitimate legume leisure lemme lemon
    lemonade lend length lengthen lengthier lengthiest lengthwise leniency lenient lens lent lentil leopard
    leotard leper leprosy lesbian lesion less lessen lesson lest let letdown lethal lethargic lethargy letterhead
    lettuce letup leukaemia leukemia levee level lever leverage levity levy lewd lexical lexicon liability liable
    liaison liar libel libellous libelous liberal liberalisation liberalise liberalization liberalize liberate
    libertarian liberty librarian library libretto lice licence license lichen lick licorice lid lie lied lieu
    lieutenant life lifeboat lifeforms lifeguard lifelike lifeline lifelong lifespan lifestyle lifetime lift
    ligament ligature light lighten lighthouse lightning lightweight like likelier likeliest likelihood liken
    likest likewise lilac lilt lily limb limbo lime limelight limerick limestone limit limitation limousine limp
    linchpin line lineage linear linefeed linen linger lingerie lingo linguist linguistic liniment link linkage
    linoleum lint lion lionesses lip lipstick liquefy liqueur liquid liquidate liquor liquorice lisp list listen
    lit litany literacy literally literals literary literate literature lithe lithest lithium litigation litre
    litterbug little littlest liturgical liturgy live livelier liveliest livelihood liveliness liven livest
    livestock livid lizard llama load loaf loam loan loath loathe loathsome loaves lob lobby lobe lobotomy lobster
    local locale localise localize locate lock locket locksmith locomotion locomotive locust lodge loft loftier
    loftiest loftiness log logarithm logarithmic logic logician login logo logout loin loincloth loiter loll
    lollipop lone lonelier loneliest loneliness lonesome long longevity longhand longish longitude longitudinal
    longshoreman longshoremen look lookout loom loon loonie looniest loop loophole loose loosen loosest loot lop
    lope lopsided lord lore lorry lose loss lost lot lotteries lotus loud loudspeaker lounge louse lousier
    lousiest lousy love lovelier loveliest loveliness low lowdown lowlier lowliest loyal loyalty lozenge lubricant
    lubricate lucerne lucid luck luckier luckiest lucrative ludicrous lug luggage lukewarm lull lullaby lumber
    lumberjack luminary luminous lump lumpfish lumpier lumpiest lunacy lunar lunatic lunch luncheon lunchtime lung
    lunge lupin lupine lurch lure lurid lurk luscious lush lust lustier lustiest lustre lustrous lute luxuriant
    luxuriate luxurious luxury lye lying lymph lymphatic lynch lyre lyric ma macabre macaroni mace machete machine
    machinist macho mackerel macroscopic mad madam madame madcap madden maddest made madhouse madman madmen
    maelstrom magazine magenta maggot magic magician magistrate magnanimity magnanimous magnate magnesium magnet
    magnetic magnetise magnetize magnificence magnificent magnify magnitude magnolia magnum magpie mahogany maid
    maiden mail mailbox mailman mailmen maim main mainframe mainland mainline mainstay mainstream maintain
    maintainability maintenance maize majestic majesty major make makeshift makeup maladjusted malady malaria male
    malevolence malevolent malformed malfunction malice malicious malign malignancy malignant mall mallard
    malleable mallet malnutrition malpractice malt maltreat mama mamma mammal mammalian mammoth man manacle manage
    managerial mandate mandatory mandible mandolin mane maneuver mange mangier mangiest mangle mango mangrove
    mangy manhandle manhole manhood mania maniac manic manicure manicurist manifest manifestation manifesto
    manifold manipulate mankind manlier manliest manliness mannequin mannerisms mannish manoeuvre manpower
    manslaughter mantel mantelpiece mantle manual manufacture manure manuscript map maple mar marathon marble
    march mare margarine margin maria marigold marijuana marina marinate marine marionette marital maritime mark
    markdown market marketplace marksman marksmen marmalade maroon marquee marriage marrow marry marsh marshier
    marshiest marshmallow marsupial mart martial martin martyr martyrdom marvel marvellous marvelous mas mascara
    mascot masculine mash mask masochist mason masonry masquerade massacre massage massive mast mastermind
    masterpiece masticate mastitis masturbation mat matador match matchbook matchmaker mate material materialise
    materialistic materialize maternal maternity math mathematical mathematician mathematics matriarch matrices
    matriculate matrimonial matrimony matrix matron matt matte mattress mature maturest maturity maudlin maul
    mausoleum mauve maverick maxim maxima maximise maximize maximum may maybe mayhem mayonnaise maze me meadow
    meager meagre meal mealier mealiest mean meander meant meantime meanwhile measles measlier measliest measly
    measure meat mechanic mechanise mechanism mechanize medal medallion meddle meddlesome media median mediate
    mediator medical medicate medicinal medicine medieval mediocre mediocrity meditate medium medley meek meet
    megabyte megalomaniac megaphone megaton melancholy mellow melodic melodious melodrama melodramatic melody
    melon melt member membership membrane memento memo memoir memorable memorably memorandum memorial memorise
    memorize memory men menace menagerie mend menial menopause menstrual menstruate mental mentee menthol mention
    mentor menu meow mercantile mercenary merchandise merchant merciful merciless mercury mercy mere merest merge
    meridian meringue merit mermaid merrier merriest merriment merry mes mesdames mesh message messenger messier
    messiest met metabolic metabolism metadata metallic metallurgy metamorphose metamorphosis metaphor
    metaphorical metaphysical metaphysics mete meteoric meteorite meteorologist meteorology method methodical
    methodology meticulous metre metric metro metropolis metropolitan mettle mew mezzanine miaow mice microbe
    microbiology microcode microcomputer microfiche microfilm micrometer micrometre microorganism microphone
    microprocessor microscope microscopic microsecond microwave midday middle middleman middlemen middleware
    midget midnight midriff midst midstream midsummer midway midwife midwives mien might mightier mightiest
    migraine migrant migrate migratory mike mild mildew mile mileage milestone militancy militant military
    militate militia milk milkier milkiest milkman milkmen mill milligram millimeter millimetre milliner
    millionaire millionth millisecond mime mimic mimicked mimicking mimicry mince mincemeat mind mindbogglingly
    mine minefield minerals mingle miniature minibus minicomputer minimal minimise minimize minimum minister
    ministerial ministry mink minnow minor minstrel mint minuet minus minuscule minute minutest miracle miraculous
    mirage mire mirror mirth miscellaneous miscellany mischievous miser miserably misfit mishap mislay misled
    misnomer miss misshapen missile missionary missive mist mistiest mistletoe mistress misuse mite mitigate mitt
    mitten mix mixture mnemonic moan moat mob mobile mobilise mobility mobilize moccasin mock mockeries
    mockingbird mod mode model moderate moderator modern modernisation modernise modernization modernize modicum
    modification modifier modify modular modulate module mohair moist moisten moisture molar molasses mold moldier
    moldiest mole molecular molecule molest mollify mollusc mollusk molt molten mom moment momentary momentous
    momentum monarch monastery monastic monetarism monetary money mongoose mongrel monies monitor monk monkey
    monochrome monogamous monogamy monogram monolithic monologue monopolise monopolize monopoly monorail
    monosyllable monotonically monotonous monotony monsoon monster monstrosity monstrous month monument moo mood
    moodier moodiest moon moonbeam moonlight moor moose moot mop mope moral morale morass moratorium morbid more
    moreover morgue morn moron moronic morose morphine morphology morsel mortal mortar mortgage mortification
    mortify morts mortuary mosaic mosque mosquito moss mossier mossiest most motel moth mothball motherhood motif
    motion motivate motive motley motlier motliest motor motorbike motorcade motorcycle motorise motorize motorway
    motto mould mouldier mouldiest moult mound mount mountain mountaineer mountainous mourn mouse mousier mousiest
    mousse moustache mousy mouth mouthpiece move movie mow ms mu much muck mucous mucus mud muddier muddiest
    muddle muddy muff muffin muffle mug muggier muggiest mugginess muggy mulch mule mull multi multinational
    multiple multiplication multiplicative multiplicity multiply multiprocessing multitasking multitude mum mumble
    mummify mummy mumps munch mundane municipal mural murder murderous murkier murkiest murky murmur muscle
    muscular muse museum mush mushier mushiest mushroom music musician musk musket muss mussel must mustache
    mustang mustard mustier mustiest mutant mutate mute mutest mutilate mutinous mutiny mutt mutton mutual muzzle
    my myopic myriad myself mysterious mystery mystic mystify myth mythical mythological mythology nab nag nail
    naive naivest naivety naked name namesake nap napalm nape napkin nappy narcotic narrate narrative narrator
    narrow nasal nastier nastiest nastiness nasty nation nationalise nationalistic nationalities nationalize
    nationwide native nativity nattier nattiest natty natural naturalisation naturalise naturalization naturalize
    nature naught naughtier naughtiest naughtiness nausea nauseate nauseous nautical naval navel navigable
    navigate navigator navy nay near nearby nearsighted neat nebula nebulae nebulous necessary necessitate
    necessity neck neckerchief necklace neckline necktie necrophilia nectar nectarine need needier neediest needle
    needlework negate negative neglect negligee negligence negligent negligible negotiable negotiate negotiator
    neigh neighbor neighborhood neighborliness neighbour neighbourhood neighbourliness neither neon neophyte
    nephew nepotism nerve nervous nest nestle net nether nettle network neural neurologist neurology neuron
    neuroses neurosis neurotic neuter neutral neutralise neutralize neutron never nevertheless new newbie newborn
    newcomer newfangled newsagents newscast newsier newsiest newsletter newspaper newsprint newsstand newt newton
    next nibble nice nicest nicety niche nick nickel nickname nicotine niece niftier niftiest nifty nigh night
    nightclub nightfall nightgown nightingale nightmare nightmarish nighttime nil nimble nimblest nimbly
    nincompoop nine nineteen nineteenth ninetieth ninety ninny ninth nip nippier nippiest nipple nippy nit nitrate
    nitrite nitrogen nitwit no nobility noble nobleman noblemen noblest noblewoman noblewomen nobly nobody
    nocturnal nod node noes noise noisier noisiest noisiness noisy nomad nomadic nomenclature nominal nominate
    nominative nominee non nonchalance nonchalant noncommittal nondescript none nonetheless nonsensical noodle
    nook noon noose nor norm norovirus north northeast northeastern northerlies northern northward northwest
    northwestern nose nosebleed nosier nosiest nostalgia nostalgic nostril nosy not notably notation notch note
    notebook noteworthy nothing notice noticeably noticeboard notification notify notoriety notorious
    notwithstanding nougat nought noun nourish nova novel novelty novice now nowadays nowhere noxious nozzle
    nuance nuclear nuclei nucleus nude nudest nudge nudity nugget nuisance null nullify numb numeracy numeral
    numerate numerator numeric numerous nun nuptial nurse nursemaid nurseries nurture nut nutcracker nutmeg
    nutrient nutriment nutrition nutritious nutshell nuttier nuttiest nutty nuzzle nylon nymph oaf oak oar oases
    oasis oath oatmeal oats obedience obedient obelisk obese obesity obey obfuscation obituary object objective
    objectivity obligate obligatory oblige oblique obliterate oblivion oblivious oblong obnoxious oboe obscene
    obscenest obscenity obscure obscurest obscurity observance observant observation observatory observe obsess
    obsessive obsolescence obsolescent obsolete obstacle obstetrician obstetrics obstinacy obstinate obstruct
    obstructive obtain obtrusive obtuse obtusest obvious occasion occupancy occupant occupation occupy occur
    occurrence ocean oceanic oceanography octagon octal octave octopus ocular odd ode odious odometer odor odour
    oesophagi oesophagus of off offbeat offence offend offense offensive offerings offhand office official
    officiate officious offline offload offset offshoot offshore offspring offstage often ogle ogre oh ohm ohs oil
    oilier oiliest ointment okay okra old olden olfactory olive omega omelet omelette omen ominous omission omit
    omnibus omnipotence omnipotent omnipresent omniscient on onboard once oncoming one onerous oneself ongoing
    onion online onlooker only onomatopoeia onrush onset onslaught onto onus onward oodles ooze opal opaque
    opaquest open opera operand operate operatic operative operator ophthalmologist ophthalmology opinion
    opinionated opium opossum opponent opportune opportunist opportunity oppose opposite oppress oppressive opt
    optic optician optima optimal optimisation optimise optimism optimist optimistic optimization optimize optimum
    optionally optometrist opulent opus or oracle oral orange orangutan oration orator orbit orchard orchestra
    orchestral orchestrate orchid ordain ordeal order ordinance ordinary ordination ore organ organic organisation
    organise organization organize orgasm orgy orient orientate orifice origin originate originator ornament
    ornate ornithologist ornithology orphan orphanage orthodontist orthodox orthogonal orthography orthopaedics
    orthopedics oscillate oscilloscope osmosis ostensible ostensibly ostentation ostentatious ostracise ostracize
    ostrich other otherwise otter ouch ought ounce our ourselves oust out outcry outdid outdo outermost outfit
    outlandish outlaw outlay outlet output outrageous outran outrun outset outwit ova oval ovary ovation oven over
    overall overate overdid overdo overdue overeat overlap overlay overlie overpass overran overrun oversaw
    overseas oversee overt overture overuse overwhelm ovum owe owed owing owl own ownership ox oxen oxidation
    oxide oxidise oxidize oxygen oyster ozone pa pace pacemaker pacific pacifier pacifism pacifist pacify pack
    package packet pact pad paddle paddock paddy padlock paediatrician paediatrics pagan page pageant pageantry
    pagination pagoda paid pail pain painfullest painstaking paint pair pajamas pal palace palaeontologist
    palaeontology palate palatial pale paleontologist paleontology palette pall pallbearer pallet pallid palm
    palomino palpable palpably paltrier paltriest paltry pamper pamphlet pan panacea pancake pancreas pancreatic
    panda pandemonium pander pane panel pang panhandle panic panicked panicking panicky panorama panoramic pansies
    pant panther pantie pantomime pantry pap papa papacy papaya paperback paperweight paperwork paprika papyri
    papyrus par parachute parade paradigm paradise paradox paradoxical paraffin paragon paragraph parakeet
    parallel paralyse paralysis paralytic paralyze parameter paramount paranoia paranoid paraphernalia paraphrase
    paraplegic parasite parasitic parasol paratrooper parcel parch pardon pare parent parentage parentheses
    parenthesis parenthetical parenthood parish park parka parkway parliament parliamentary parlor parlour
    parochial parody parole parrot parse parsec parsley parsnip parson parsonage part partake partaken partial
    participant participate participle particle particular partisan partition partner partnership partook
    partridge pas passage passageway passbook passenger passionate passive passport password past pasta paste
    pastel pasteurisation pasteurise pasteurization pasteurize pastiche pastier pastiest pastime pastorals pastry
    pasture pat patch patchwork pate patent paternal paternity path pathetic pathogen pathological pathologist
    pathology pathos pathway patience patient patio patriarch patrimony patriot patriotic patrol patron patronage
    patronise patronize pattern patty paucity paunch paunchier paunchiest pauper pause pave pavilion paw pawn
    pawnbroker pay payload payoff payroll pea peace peacemaker peach peacock peak peal peanut pear pearl peasant
    peat pebble pecan peck peculiar pedagogy pedal pedant pedantic pedantry peddle pedestal pedestrian
    pediatrician pediatrics pedigree pedlar peek peel peep peer peeve peevish peg pelican pellet pelt pelvic
    pelvis pen penalise penalize penalty penance pence penchant pencil pendant pended pending pends pendulum
    penetrate penguin penicillin peninsula penis penitence penitent penitentiary penknife penknives penmanship
    pennant penniless penny pensioned pensioner pensioning pensive pentagon penthouse penultimate peon people pep
    peppermint per perceive percent percentage perceptible perception perceptive perch perchance percolate
    percolator percussion peremptory perennial perfect perforate perform performance perfume perfunctory perhaps
    peril perilous perimeter period periodic peripheral periphery periscope perish perjure perjury perk perkier
    perkiest permanence permanent permeate permissible permission permissive permit permutation pernicious
    peroxide perpendicular perpetrate perpetrator perpetual perpetuate perplex persecute persecutor perseverance
    persevere persisted persistence persistent persisting person persona personalise personalities personalize
    personification personify personnel perspective perspiration perspire persuade persuasion persuasive pert
    pertain pertinent perturb perusal peruse pervade pervasive perverse pervert peskier peskiest pesky pessimism
    pessimist pessimistic pest pesticide pestilence pet petite petrify petrol petroleum petticoat pettier pettiest
    pettiness petty petulant petunia pew pewter phantom pharmaceutical pharmacist pharmacy phase pheasant
    phenomena phenomenal phenomenon philanthropic philanthropist philanthropy philosopher philosophical
    philosophise philosophize philosophy phlegm phlegmatic phobia phoenix phone phonetic phonics phonier phoniest
    phonograph phony phosphor phosphorescence phosphorescent phosphorus photo photocopier photocopy photogenic
    photograph photographic photon photosynthesis phototypesetter phrase phraseology physic physician
    physiological physiology physique phytoplankton pi pianist piano piccolo pick pickax picket pickier pickiest
    pickle pickpocket pickup picnic picnicked picnicking pictorial picture picturesque piddle pie piece piecemeal
    piecework pier pierce piety pig pigeon pigeonhole piggish piggyback pigheaded piglet pigpen pigtail pike pile
    pilfer pilgrim pilgrimage pill pillage pillar pillow pillowcase pilot pimple pimplier pimpliest pimply pin
    pinch pincushion pine pineapple pink pinnacle pinpoint pint pioneer pious pipe pipeline pique piracy piranha
    pirate pirouette pis pistachio pistol piston pit pitch pitchfork piteous pitfall pithier pithiest pithy
    pitiful pitiless pittance pivot pixie pizza placard placate place placenta placid plagiarise plagiarism
    plagiarist plagiarize plague plaice plaid plain plaintiff plaintive plan planar plane planet planetarium
    planetary plank plankton planogram plant plantain plantation plaque plasma plaster plastic plate plateau
    platform platinum platitude platoon platter plausibility plausible plausibly play playback playground
    playhouse playmate playpen plaything playwright plaza plea plead pleasant pleasantry please pleasure pleat
    pledge plentiful plenty plethora pliable pliant plied pliers plies plight plod plop plot plough plow ploy
    pluck plug plugin plum plumage plumb plume plummet plump plunder plunge plural plus plush plutonium ply
    plywood pneumatic pneumonia poach pocket pocketbook pockmark pod podium poem poet poetic poetry poignancy
    poignant poinsettia point poise poison poisonous poke pokier pokiest poky polar polarisation polarise
    polarization polarize pole polemic police policeman policemen policewoman policewomen policy polio polish
    polite politest political politician politics polka poll pollen pollinate pollster pollutant pollute polo
    polygamous polygamy polygon polynomial polyp polytechnic polytunnel pomegranate pomp pompous poncho pond
    ponderous pontoon pony poodle pool poop poor pop popcorn pope poplar poppy populace popular popularise
    popularize populate populous popup porcelain porch porcupine pore pork pornographic pornography porous
    porpoise porridge port portability portend portent portfolio porthole portico portlier portliest portrait
    portray pose position positive positivism possess possessive possibility possible possibly possum post postage
    postbox postcard postcode posterior postgraduate posthumous postman postmark postmaster postmen postpone
    postscript postulate posture posy pot potassium potato potency potent potential pothole potteries pouch
    poultry pounce pound pour pout poverty powder power powerhouse powwow practical practice practise practitioner
    pragmatic pragmatism prairie praise praiseworthy pram prance prank prattle prawn pray preach precarious
    precautionary precedence precedent precinct precious precipice precipitate precipitous precise precisest
    preclude precocious precursor predator predecessor predicament predicate predict predictably preempt preen
    prefab prefect prefer preferably preference preferential prefix pregnancy pregnant prejudice preliminary
    prelude premier premiere premise premium premonition prenatal preparation preparatory prepay preponderance
    preposterous prerogative presence presentation preservation preservative presidency president presidential
    press pressure prestige prestigious presto presumably presume presumption pretence pretentious prettier
    prettiest pretty pretzel prevail prevalence prevalent preventive previous prey price prick prickle pricklier
    prickliest pride pried pries priest priestesses priesthood prim primary primate prime primeval primitive
    primmest primp primrose prince princesses principal principle print printout prior prise prism prison privacy
    private privatest privatise privatize privier priviest privilege privy prize pro probabilistic probability
    probably probation probe probiotic problem problematic procedural procedure proceed process processionals
    proclaim proclamation procrastinate procure prod prodigal prodigious prodigy produce product productive
    productivity profane profanity profess professionally professionals proffer proficiency proficient profile
    profit profiteer profound profundity profuse progeny prognoses prognosis program programme progress
    progressive prohibit prohibitive project projectile proletarian proletariat proliferate prolific prologue
    prolong prom promenade prominence prominent promiscuity promiscuous promise promontory promote prompt
    promulgate prone prong pronoun pronounce pronunciation proof proofread prop propaganda propagate propel
    propensity property prophecy prophesy prophet prophetic proponent proportion proportionate proposal propose
    proposition proprietary proprietor propriety propulsion prose prosecute prosecutor prospect prospective
    prospectus prosper prosperous prostitute prostrate protagonist protect protective protein protest protestant
    protocol proton prototype protract protrude protrusion proud provably prove proven provenance proverb
    proverbial provide providence province provincial provision proviso provocation provocative provoke prow prowl
    proximity proxy prude prudence prudent prudish prune pry psalm pseudo pseudonym psych psyche psychedelic
    psychiatric psychiatrist psychiatry psychic psychoanalysis psychoanalyst psychological psychologist psychology
    psychopath psychoses psychosis psychotherapy psychotic pub puberty public publication publicise publicize
    publish puck pudding puddle pudgier pudgiest pudgy pueblo puff puffier puffiest pugnacious puke pull pulley
    pullover pulmonary pulp pulpit pulsate pulse pulverise pulverize puma pumice pummel pump pumpernickel pumpkin
    pun punch punchline punctual punctuate puncture pundit pungent punier puniest punish punitive punk punt pup
    pupil puppet puppy purchase pure puree purest purgatory purge purification purify puritanical purity purple
    purplest purport purpose purr purse pursue pursuit purveyor pus push pushier pushiest pushover pussier pussies
    pussiest put putative putrid putt puzzle pyjamas pyramid pyre python qua quack quadrangle quadrant quadratic
    quadrilateral quadruped quadruple quadruplet quagmire quail quaint quake qualification qualifier qualify
    qualitative quality qualm quandary quantifier quantify quantitative quantity quantum quarantine quark quarrel
    quarrelsome quarry quart quarterback quarterlies quartet quartz quash quaver queasier queasiest queasy queen
    queenlier queenliest queer quell quench query quest questionnaire queue quibble quiche quick quicken quicksand
    quiet quill quilt quinine quintessence quintet quintuplet quip quirk quit quite quiver quiz quizzed quizzes
    quizzical quizzing quorum quota quotation quote quotient rabbi rabbit rabble rabid rabies raccoon race
    racetrack racial racier raciest racism racist rack racket racketeer racy radar radial radiance radiant radiate
    radiator radical radii radio radioactive radioactivity radish radium radius raffle raft rag ragamuffin rage
    ragtime raid rail railroad railway rain rainbow raincoat raindrop rainfall rainier rainiest rainstorm
    rainwater raise raisin rake rally ram ramble ramification ramp rampage rampant ramrod ramshackle ran ranch
    rancid rancor rancorous rancour random rang range rank rankle ransack ransom rant rap rape rapid rapport rapt
    rapture rapturous rare rarest rarity rascal rash rasp raspberry raster rat rate rather ratification ratify
    ratio rationale rationalise rationality rationalize rationally rationals rattle rattlesnake ratty raucous
    ravage rave ravel raven ravenous ravine ravish raw ray rayon raze razor re reach react reactionary read
    readability readership readier readiest readiness real realisation realise realistic realization realize realm
    realty ream reap rear reason reasonably rebar rebate rebel rebellious rebuke rebut recalcitrant recap receipt
    receive receptacle reception receptive recess recipe recipient reciprocal reciprocate recital reckless reckon
    reclamation recline recluse recognise recognition recognize recompense reconcile reconnaissance recoveries
    recruit rectal rectangle rectangular rectify rector rectum recuperate recur recurrence recursive red redden
    reddest redemption redhead redid redo reduce redundancy redundant reed reef reek reel refer referee reference
    referendum refineries reflect reflective reflexive refrain refrigerate refrigerator refuge refugee refurbish
    refusal refutation refute regal regalia regard regatta regime regimen regiment region registrar registration
    registry regress regret regrettable regrettably regular regulate regurgitate rehabilitate rehearsals reign
    reimburse rein reindeer reinforce reinstate reject rejoice rejoinder rejuvenate relationship relative
    relativistic relativity relax relaxation relay relegate relevance relevant reliably reliance reliant relic
    relief relieve religion religious relinquish relish reluctance reluctant rely remainder remarkably remedial
    remedy remembrance reminisce reminiscence reminiscent remit remittance remnant remorse remote remotest removal
    remunerate renaissance rend rendezvous rendition renegade renege renew rennet renounce renovate renown rent
    renunciation reparation repatriate repay repel repellent repent repentance repentant repertoire repetitious
    repetitive replenish replete replica replicate reply repository reprehensible representative repressive
    reprieve reprimand reprisal reproach reptile republican repudiate repugnance repugnant repulsive reputation
    repute requiem require requisite rescind rescue resemble reservation reservoir reset residence resident
    residential residual residue resignation resilience resilient resin resist resistance resistant resolute
    resonance resonant respect respectability respectably respective respiration respirator resplendent respond
    response responsibility responsible responsibly responsive rest restaurant restfullest restitution restive
    restoration restraint restrictive result resultant resume resumption resurgence resurrect resuscitate retain
    retaliate retard retch reticence reticent retina retort retrieval retrieve retroactive retrograde retrospect
    retrospective retry reuse rev revamp
"""
