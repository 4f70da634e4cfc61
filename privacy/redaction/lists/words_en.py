"""English words that begin sentences, name generic things, or end the names of organisations. Lower case."""

from __future__ import annotations

from typing import Final

from privacy.redaction.lists import words

ORG_ENDS: Final = words(
    """
    products brands concepts creations designers makers workshop workshops
    suisan kensetsu shoji shokai kogyo seisakusho denki sangyo bussan shoten kaiun yakuhin seiyaku
    ginko byoin daigaku gyokyo unyu insatsu shuzo nosan nojo bokujo kaisan gyogyo yoshoku kikai seiki tekko zosen shokuhin yogyo yososhoku jozo seika denshi kasei
    sawmill alliance guild league consortium fund coffee roasters tea pizza grill diner kitchen bistro florist
    florists butchers jewelers jewellers autos auto tyres tires plumbing roofing electrical heating landscaping
    paving flooring interiors furniture appliances hardware lumber timber paper glass ceramics cement concrete
    aggregates quarries aviation aerospace rail railways railway ferries cruises couriers express parcel
    wireless mobile broadband hosting cloud apps games gaming entertainment pictures records music books
    magazine times herald gazette news radio television broadcasting mines minerals fertilizers seeds grain
    flour sugar beverages spirits wines cider cidery meats produce organics naturals cosmetics beauty
    diagnostics therapeutics genetics genomics vaccines imaging orthopaedics rehabilitation hospice childcare
    daycare montessori seminary conservatory machining welding tooling fabrication boats boatworks sailing
    diving nets ropes moorings barges aquatics oysterworks saltworks smokehouse creative surveyors surveying
    notaries translations translators tutoring dance yoga fitness athletics rowing football baseball
    chiropractic acupuncture hospitality vineyard stud ranches apiaries honey mushrooms berries greenhouses
    tractors implements
    seafood seafoods farm farms farming aquaculture aquafarms fisheries fishery hatchery hatcheries aqua salmon
    shellfish oysters mussels trout foods food feeds feed nutrition systems software solutions technologies
    technology tech labs laboratories analytics robotics networks digital interactive studios media publishing
    hospital hospitals clinic clinics medical healthcare health dental dentistry pharmacy pharma
    pharmaceuticals biotech biosciences veterinary school schools academy college university institute
    polytechnic kindergarten nursery bank banking credit insurance assurance capital ventures investments
    securities holdings group groups partners associates consulting consultants consultancy advisory services
    logistics shipping freight transport haulage lines airlines airways marine maritime shipyard shipbuilding
    motors automotive engineering manufacturing industries industrial works steel metals mining chemicals
    plastics textiles apparel fashion energy power electric electronics semiconductors telecom communications
    construction builders contractors architects properties realty estates housing hotels hotel inn resort
    resorts restaurants restaurant bakery brewery breweries brewing winery vineyards distillery cafe dairy
    creamery ranch orchard orchards growers nurseries cooperative co-op coop union association society
    federation foundation trust council agency bureau ministry authority commission department trading traders
    imports exports supply supplies wholesale distributors distribution retail stores store market markets
    supermarket supermarkets mart outfitters brothers bros sons company corporation corp laboratory observatory
    museum library church temple club factory mill mills foundry printing press legal law solicitors attorneys
    lawyers accountants accounting recruitment staffing travel tours security cleaning catering packaging
    recycling waste water gas oil petroleum renewables solar wind enterprises enterprise center centre centers home house lodge manor garage gym salon spa studio theatre theater gallery cinema zoo aquarium kennels
    stables quarry refinery boatyard yard plantation nurserymen farmers oyster optics optical instruments machinery tools
    design designs creative group's realtors surgery pharmacies opticians physiotherapy vets orthodontics international
    worldwide global ocean oceanic
    """
)
# Ends that also close ordinary phrases in title case: a name needs two capitals before them, or a cue.
WEAK_ENDS: Final = words(
    """
    products brands concepts creations designers makers workshop workshops
    alliance guild league consortium fund coffee tea pizza grill diner kitchen bistro florist autos auto tyres
    tires plumbing roofing electrical heating landscaping paving flooring interiors furniture appliances
    hardware lumber timber paper glass ceramics cement concrete aggregates quarries aviation rail railway
    cruises express parcel wireless mobile broadband hosting cloud apps games gaming entertainment pictures
    records music books magazine times herald gazette news radio television mines minerals seeds grain flour
    sugar beverages spirits wines cider meats produce organics naturals cosmetics beauty genetics vaccines
    imaging orthopaedics rehabilitation hospice childcare daycare montessori seminary conservatory welding
    tooling fabrication boats sailing diving nets ropes moorings barges aquatics oysterworks saltworks creative
    surveying notaries translations translators tutoring dance yoga fitness athletics rowing football baseball
    chiropractic acupuncture hospitality vineyard stud ranches honey mushrooms berries greenhouses tractors
    implements
    home house lodge manor garage gym salon spa studio theatre theater gallery cinema zoo aquarium yard farmers oyster
    tools design designs creative instruments surgery center centre centers aqua salmon shellfish oysters mussels trout food feed nutrition digital interactive media medical health
    credit capital group partners services lines marine power electric works water gas oil wind ocean market
    markets store law security travel waste supply union press mill international global department library
    tech technology club company security distribution accounting cleaning packaging manufacturing engineering
    energy network networks enterprise software systems solutions association council agency authority
    commission society trust communications food farming farm industrial housing legal church temple nursery
    school college hotel inn restaurant cafe factory
    """
)
ORG_HEADS: Final = ("University of", "Bank of", "Institute of", "College of", "Ministry of", "Port Authority of")
STOP: Final = words(
    """
    a about after again all also although am an and another any are as ask at be because been before being best
    both but by call can cc contact could day dear did do does doing done each either email even every everyone
    few first following for from further get given good greetings had has have he hello help hence her here
    hers hey hi his how however i i'd i'll i'm i've if in indeed instead into is it it's its just kind kindly
    last later let like look many maybe me meanwhile might more most mr mrs ms much must my need neither never
    new next no none nor not note now of off often ok okay old on once one only or other our ours out over own
    per perhaps please q re regarding regards same see several shall she should since so some someone sometimes
    soon sorry still such sure than thank thanks that that's the their them then there there's these they
    they're this those though three through thus to today together tomorrow too two under unless until up upon
    us use using usually very via was we we're well were what what's when where whether which while who whom
    whose why will with within without would yes yesterday yet you you're your yours monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september october
    november december jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn winter english
    japanese chinese korean french german spanish norwegian american british european scottish irish italian
    dutch danish swedish finnish russian indian chilean canadian australian atlantic pacific internet google
    microsoft windows linux python java javascript excel word slack zoom github ios android api ceo cto cfo coo
    hr pr it faq pdf csv sql html css http https url usb cpu gpu ram ph dna rna pcr ras do co2 nh3 h2s sla kpi
    crm erp saas did make made take took try tried buy sell feed check keep set add run put ship send read
    write open close
    """
)
# First words that make a phrase ordinary: "Public School", "Operating Systems", "Fish Farms".
GENERIC: Final = words(
    """
    data shopping call service contact visitor training day care power testing test wellness sports community research
    public private primary secondary high middle elementary grammar boarding nursing medical dental local
    regional national federal state general community city county town village rural urban international global
    our your their the a an this that these those any some every each all most many other another no my his her
    its new old big small large major minor fish salmon trout shrimp oyster cod tuna sea land marine offshore
    onshore inland coastal fresh frozen live wild organic commercial industrial family dairy poultry pig cattle
    wind solar water recirculating integrated aquaculture agriculture operating embedded distributed expert
    information management control monitoring support ticketing billing payment billing database file computer
    computing cloud open free source enterprise business customer client user data machine deep artificial web
    mobile online digital customer technical human financial central commercial investment savings food credit
    venture working social health mental emergency teaching university college graduate law business veterinary
    animal art music night summer sunday driving language life car home travel property legal customer managed
    professional field quality fishing shipping supply feed dry wet retail wholesale grocery department farmers
    fish night stock labour labor trade student credit hybrid power electric natural palm olive crude drinking
    waste sewage cooling nuclear renewable chemical heavy light
    """
)
# What a listed one-word name may also be: such a name counts only when cased as listed.
COMMON: Final = words(
    """
    about above access action active after alpha amber anchor apple arena atlas aurora autumn bamboo beacon
    beta blue boat bridge bright brook canvas cedar center central chain circle clear cloud coast cobalt
    compass coral core crest crown crystal current delta drift eagle earth east echo edge ember engine ever
    evergreen falcon farm field first fish fjord flag flame float flow focus forest forge fresh front frontier
    garden gate gold good grand grain granite green grove guide harbor harbour harvest hatch haven hawk heart
    helix high hill home honey horizon house icon idea indigo island ivory jade journey keystone lake land
    lantern layer leaf legacy level light lighthouse line link lion lotus lunar maple marine market mars matrix
    meadow merit metro mint mirror mission momentum moon morning mountain north nova oak oasis ocean olive onyx
    open optic orbit orca origin osprey otter pacific palm park path peak pearl phoenix pine pioneer pilot
    plain planet plant point polar port power prime prism pulse pure quartz quest rain rainbow raven reef relay
    ridge rise river road rock root rose ruby sage sail salmon salt sand scale sea seal shade share shell
    shield shine shore signal silver sky smart snow solar source south spark spectrum sphere spring sprint
    square stack star station steam stone storm stream summit sun surge swift table tern tide tidal tiger torch
    tower trade trail tree true trust tuna unity valley vector vertex view vista vital wave west whale white
    wild willow wind wing winter wolf wood world yard zen zenith zero
    """
)
