"""Capitalised English words that tell nobody who wrote: products everybody uses, peoples and tongues, feasts, kinds."""

from __future__ import annotations

from typing import Final

from privacy.redaction.lists import words

# Tools and norms spoken of in every trade: "we track it in Jira".
TOOLS: Final = words(
    """
    excel powerpoint outlook onenote sharepoint onedrive teams windows linux macos macbook ubuntu debian android iphone ipad ios
    gmail chrome firefox safari edge google youtube facebook instagram whatsapp linkedin twitter tiktok wikipedia reddit discord
    zoom slack jira trello asana notion confluence airtable miro figma canva dropbox evernote github gitlab bitbucket docker
    kubernetes jenkins git apache nginx postgres postgresql mysql sqlite mongodb redis kafka terraform ansible grafana prometheus
    python javascript typescript java kotlin rust golang fortran cobol matlab arduino raspberry scratch wordpress shopify zapier
    salesforce hubspot zendesk intercom freshdesk servicenow marketo mailchimp looker tableau snowflake databricks stata spss
    autocad solidworks revit photoshop illustrator acrobat pdf bluetooth wifi wi-fi ethernet usb hdmi json xml html css http https
    csv sql yaml api sdk saas crm erp haccp iso gmp osha gdpr kpi kpis roi nps arr mrr sla slas okr okrs qbr qbrs faq faqs
    alexa siri chatgpt copilot kindle xbox playstation netflix spotify paypal visa mastercard bitcoin ethereum qr
    velcro teflon plexiglas styrofoam kevlar nylon lycra gore-tex perspex
    """
)
# Peoples, tongues, lands' adjectives, feasts, seasons and faiths.
PEOPLES: Final = words(
    """
    vietnamese filipino thai indonesian malaysian burmese nepali nepalese bengali hindi urdu tamil mandarin cantonese taiwanese
    polish czech slovak hungarian romanian bulgarian serbian croatian slovenian ukrainian lithuanian latvian estonian greek
    turkish arabic hebrew persian farsi kurdish egyptian moroccan tunisian algerian nigerian ghanaian kenyan ethiopian somali
    swahili zulu brazilian portuguese mexican peruvian colombian argentinian argentine cuban welsh english scots gaelic irish
    icelandic faroese swiss austrian belgian flemish catalan basque latin asian african european arctic antarctic nordic
    scandinavian mediterranean baltic caribbean alpine victorian celtic israeli lebanese syrian iraqi iranian pakistani
    christmas easter ramadan diwali hanukkah thanksgiving halloween eid lent sabbath passover christian muslim jewish buddhist
    hindu catholic protestant god bible quran olympic olympics covid covid-19 brexit nobel internet earth
    monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday sundays
    nile chinook coho sockeye mahi-mahi pangasius angus holstein friesian jersey hereford merino leghorn guernsey simmental
    labrador dalmatian arabica robusta cheddar gouda mozzarella parmesan camembert champagne bordeaux chardonnay riesling merlot
    celsius fahrenheit kelvin newton pascal joule hertz watt ohm fermat euler gauss gaussian euclidean boolean bayesian cartesian
    laplace fourier monte carlo turing doppler petri bunsen gantt pareto kanban kaizen poka-yoke ishikawa likert gini markov poisson
    weibull student bernoulli darwin einstein parkinson alzheimer alzheimer's parkinson's crohn's addison apgar barthel braden
    waterlow glasgow norton heimlich montessori maslow bloom bloom's pomodoro
    adam ale ctrl alt shift tab esc fax phone tel mobile ok mahi citra cascade mosaic simcoe
    philips phillips allen torx stanley thermos biro hoover
    euro euros yen krone fintech asap fyi eta vat gst q1 q2 q3 q4 hq tv pc pcs dvd cd diy
    """
)
# Lands: they tell no more than the area that would stand instead.
COUNTRIES: Final = words(
    """
    korea china india japan norway chile vietnam thailand indonesia australia canada america usa uk eu britain scotland ireland
    wales england france germany spain italy portugal greece turkey iceland denmark sweden finland poland russia ukraine brazil
    mexico peru ecuador argentina egypt morocco kenya nigeria ghana africa asia europe malaysia singapore philippines taiwan
    bangladesh pakistan nepal netherlands belgium austria switzerland hungary romania bulgaria croatia serbia israel iran iraq
    """
)
# Departments and ranks that are written with a capital at work: "reports to Sales".
OFFICES: Final = words(
    """
    sales marketing finance legal engineering operations procurement purchasing logistics compliance quality security success support
    customer product research development human resources board management production planning accounting payroll it admin
    administration maintenance safety reception housekeeping security head chief senior junior vice president director manager
    executive officer team lead staff group department division office
    """
)
# What organisations do in a sentence, and things and words hardly ever do.
ACTS: Final = (
    "wants?|wanted|sent|says|said|asks?|asked|visited|visits?|audits?|audited|charges?|charged|quoted|quotes?|insists?|insisted|refuses?|refused|"
    "offers?|offered|pays|paid|sells?|sold|hired|hires|buys|bought|dropped|drops|closed|closes|opened|opens|inspected|inspects|rolled|"
    "launched|launches|announced|acquired|merged|promised|promises|delivered|delivers|supplied|supplies|supply|withdrew|cancelled|canceled|"
    "lost|won|owns|owned|runs|ran|uses|used to|holds|helped|recalled|raised|raises|rejected|approved|confirmed|published|changed|"
    "stopped|stocks|stocked|makes|ships|shipped|invoiced|invoices|overbooks|bans|banned|came|went|took|takes|keeps|kept|gave|gives|has had|"
    "told|claims?|claimed|replaced|repaired|serviced|services|installed|installs|designed|built|sponsors?|sponsored|trains|trained|"
    "introduced|requires?|required|recommends?|recommended|never|always|still|just|also|does|did|shares?|left|outsources|outsourced|"
    "fixed|mends?|mended|caters?|fills|filled|responded|replied|apologised|apologized|updated|updates|issued|issues|pulled|cut|denied|denies|sets|set|demands?|demanded|fined|fines|lets?|pushed|terminated|renewed|churned|signed|poached|sued"
)
# Ends of drugs, microbes and kinds, whose names are capitalised.
KINDS: Final = (
    "ella|ium|bacter|bacterium|coccus|monas|vibrio|virus|viridae|myces|phyton|cillin|mycin|floxacin|cycline|azole|statin|idae|aceae|plasma|soma|"
    "spora|thrix|nema|phora|stoma|tella|odon|ichthys|cephalus|phyceae"
)
