"""Invented sentences in which every country and bloc is marked: "[Kazakh=KZ]-[Russian=RU] trade rose."

A sentence without a mark means no country and no bloc. A text may have several sentences, where one tells what a name
in another one means.
"""

NAMES = (
    "[Kazakhstan=KZ] and [Armenia=AM] signed a treaty on transit.",
    "The minister flew from [France=FR] to the [United Kingdom=GB] on Friday.",
    "Exports to [Côte d'Ivoire=CI] doubled.",
    "Voters in [Trinidad and Tobago=TT] go to the polls in May.",
    "A court in [Bosnia and Herzegovina=BA] heard the case.",
    "The [People's Republic of China=CN] objected.",
    "The [Russian Federation=RU] has withdrawn its text.",
    "Wheat from [Ukraine=UA] reached the [Netherlands=NL].",
    "[Türkiye=TR] abstained.",
    "[South Sudan=SS] and [Sudan=SD] share a pipeline.",
    "The ferry to [Northern Ireland=GB] was late, the one to [Ireland=IE] on time.",
    "[England=GB], [Scotland=GB] and [Wales=GB] have laws of their own.",
    "[Hong Kong=HK] and [Taiwan=TW] closed their schools.",
    "[Palestine=PS] has asked to be a member.",
    "[Papua New Guinea=PG] sent two ships.",
    "[Equatorial Guinea=GQ] sells gas.",
    "[Guinea-Bissau=GW] held a vote.",
    "[Guinea=GN] closed its border with [Sierra Leone=SL].",
    "The envoy left [Niger=NE] for [Mali=ML].",
    "[Georgia=GE] wants to buy gas from [Azerbaijan=AZ], as does [Armenia=AM].",
    "Refugees crossed into [Jordan=JO] from [Syria=SY].",
    "Troops from [Chad=TD] entered [Cameroon=CM].",
    "The talks in [Turkey=TR] were about grain.",
    "The [Democratic Republic of the Congo=CD] lost two villages. Rebels in [Congo=CD] took them.",
    "Ships wait off [Congo=CG]. The [Republic of the Congo=CG] exports oil from Brazzaville's coast."
    .replace("Brazzaville", "[Brazzaville=CG]"),
    "[North Macedonia=MK] joined the talks.",
    "The [Republic of Korea=KR] will host the games.",
    "[North Korea=KP] fired two rockets over the sea.",
    "The [Dominican Republic=DO] closed its border with [Haiti=HT].",
    "[Micronesia=FM] sent its president to the talks with [Palau=PW].",
    "The [Holy See=VA] named a new envoy.",
    "Pirates boarded a ship of [São Tomé and Príncipe=ST].",
)

FORMER_AND_SHORT = (
    "Monks in [Burma=MM] marched for a week.",
    "The colony of [Ceylon=LK] grew tea.",
    "Mobutu ruled [Zaire=CD] for decades.",
    "The king of [Swaziland=SZ] gave the country a new name.",
    "The [U.S.=US] has left the accord.",
    "The [US=US] has left the accord, the [UK=GB] has not.",
    "Troops from the [USA=US] will train there.",
    "The [UAE=AE] and the [DPRK=KP] have no embassies.",
    "The [PRC=CN] sent a note.",
    "A [U.S.=US]-[China=CN] trade deal is near.",
)

DEMONYMS = (
    "[French=FR] farmers blocked the road.",
    "[Kazakh=KZ]-[Russian=RU] trade rose by a tenth.",
    "The [Franco=FR]-[German=DE] motor is stalling.".replace("[Franco=FR]-", ""),
    "The [Russia=RU]-[Ukraine=UA] talks broke off.",
    'We are not "anti-[Russia=RU]" in any way.',
    "The [Russian=RU]-backed force withdrew.",
    "Two [Americans=US] and a [Briton=GB] were freed.",
    "The [Dutch=NL] and the [Swiss=CH] voted against it.",
    "[Somali=SO] pirates freed the crew.",
    "[Malian=ML] troops arrived.",
    "[Nigerien=NE] and [Nigerian=NG] officers met.",
    "[Spaniards=ES] vote on Sunday.",
    "[American=US] companies will pay more.",
    "[North Korean=KP] workers came home.",
    "[South Korean=KR] cars sell well.",
    "[South African=ZA] miners went on strike.",
    "[Palestinian=PS] families left the camp.",
    "[Sri Lankan=LK] tea is dear this year.",
    "[Saudi=SA] and [Iranian=IR] envoys shook hands.",
    "[British=GB] and [Scottish=GB] ministers disagree.",
    "[Taiwanese=TW] chips are in demand.",
    "The [Turkish=TR] parliament voted on Tuesday.",
    "Most [Finns=FI] and [Swedes=SE] agree.",
    "The [Filipino=PH] crew was rescued.",
    "A [Georgian=GE] minister met envoys from [Armenia=AM].",
    "The [French=FR] were the first to vote.",
)

CAPITALS = (
    "She flew to [Berlin=DE] on Monday.",
    "The fair was held in [Astana=KZ].",
    "Judges in [The Hague=NL] will rule in June.",
    "The summit in [Kyiv=UA] ended early.",
    "The airport of [Addis Ababa=ET] was closed.",
    "[Washington=US] said it would answer.",
    "[Moscow=RU] has rejected the offer.",
    "Floods reached [Port-au-Prince=HT].",
    "Traders in [Buenos Aires=AR] sold the bonds.",
    "The embassy in [Phnom Penh=KH] reopened.",
)

BLOCS = (
    "The [EU=EU] will lift the tariff.",
    "The [European Union=EU] will lift the tariff.",
    "[NATO=NATO] moved two ships.",
    "The [UN=UN] sent observers.",
    "The [United Nations=UN] sent observers.",
    "They accuse us of flirting with [the West=the West].",
    "The [African Union=African Union] suspended the member.",
    "The [CIS=CIS] met in October.",
    "The [Eurasian Economic Union=EAEU] set a new tariff.",
    "The [Shanghai Cooperation Organisation=SCO] will meet in June.",
    "[OPEC=OPEC] cut its output.",
    "The [International Monetary Fund=IMF] lent the money.",
    "[ASEAN=ASEAN] ministers disagreed.",
    "The [European Commission=EU] opened an inquiry.",
)

BODIES_AND_OUTLETS = (
    "The [Kremlin=RU] denied the report.",
    "The [White House=US] had no comment.",
    "The [Pentagon=US] sent more ships.",
    "A spokesman for [Downing Street=GB] declined to say.",
    "The [Bundestag=DE] passed the law.",
    "The harvest was poor, [Xinhua=CN] reported.",
    "The pipeline is closed, [TASS=RU] reported.",
    "The [Knesset=IL] was dissolved.",
)

OFFICES = (
    "President of [Kazakhstan=KZ] [Ardak Omarov=KZ] spoke on Friday.",
    "[French=FR] President [Anne Duval=FR] spoke on Friday.",
    "[Ardak Omarov=KZ], the president of [Kazakhstan=KZ], spoke on Friday. Later [Omarov=KZ] left.",
    "The foreign minister of [Norway=NO], [Kari Lund=NO], flew home.",
    "[Norway=NO]'s foreign minister, [Kari Lund=NO], flew home.",
)

HEADINGS = (
    "[RUSSIA=RU] AND [UKRAINE=UA] AGREE ON GRAIN",
    "[FRENCH=FR] FARMERS BLOCK ROADS",
    "THE [UNITED STATES=US] SENDS SHIPS",
    "[NATO=NATO] SENDS SHIPS TO [ESTONIA=EE]",
)

NO_COUNTRY = (
    # pronouns and small words
    "They told us that the bridge was closed.",
    "LET US PRAY FOR RAIN",
    "Who can help us now, and can it be done?",
    "He can polish the silver before the guests come.",
    "The oman of the play is a misprint.",
    # money
    "The trade reached 25 billion U.S. dollars.",
    "It costs 40 Swiss francs.",
    "She paid in Canadian dollars.",
    "The Russian rouble fell again.",
    "The Turkish lira fell again.",
    "The bill came to US$40 million.",
    # languages
    "She speaks French at home.",
    "The letter was written in English.",
    "He taught himself Russian, and then taught Spanish to others.",
    "They answered in Japanese.",
    "It is a Russian-language channel.",
    "A French-speaking guide met them.",
    "The Spanish language has many readers.",
    # food, things, schools
    "Swiss cheese and French fries were served.",
    "We had Turkish delight with the coffee.",
    "The children at the French School sang.",
    "The roast turkey was dry.",
    "She keeps a guinea pig.",
    "The old china broke.",
    # seas and regions
    "Ships crossed the Indian Ocean.",
    "The fleet is in the South China Sea.",
    "The Gulf of Guinea is rich in fish.",
    "Oil from the Niger Delta was spilled.",
    "The Gulf of Mexico is warm this year.",
    "The Sea of Japan was rough.",
    "It snowed in New England.",
    "Voters in New Mexico chose a sheriff.",
    "The English Channel was calm.",
    "Settlers in the West Bank built a road.",
    "Rain fell on the West Coast.",
    "They sailed west of the island.",
    "Latin America is growing.",
    "Latin American markets fell.",
    "The South American winter is mild.",
    "African Americans voted early.",
    "Native American tribes sued.",
    # persons
    "Michael Jordan scored twice.",
    "Chad Okell asked for a recount.",
    "Mr. Jordan asked for a recount.",
    "Paris Hilton opened the shop.",
    "Denzel Washington played the lead.",
    "Mrs. Ireland was late.",
    "Jack London wrote it.",
    # Georgia, the state of the United States
    "A judge in Georgia ruled on Monday, and Gov. Ada Okell of Georgia appealed.",
    "The storm hit Atlanta and the rest of Georgia.",
    "Voters in Georgia, Florida and Alabama chose their candidates.",
    # cities of the same name
    "Washington State University won the match.",
    "Snow fell in Washington state.",
    "A farm near Paris, Texas, burned down.",
    "Cases rose in Athens, Georgia, and in Atlanta.",
    "The harbour of Hamburg was closed.",
    "Traders in Mumbai sold the bonds.",
    # blocs that are not
    "WHO WILL PAY FOR THE BRIDGE",
    "The Commonwealth of Virginia sued.",
    # two Koreas, two Congos
    "The Korean War ended in 1953.",
    "The mayor took a Dominican friar to court.",
    # compass and time
    "The east wind fell.",
    "Indian summer came late.",
    "She wore a Panama hat.",
    "He grew Brussels sprouts.",
    "A Danish pastry costs too much.",
    "The Trojan horse is a Greek tragedy.".replace("Greek tragedy", "tale"),
    "They played Russian roulette.",
    "The dog is a German shepherd.",
    "She will march in March, and may sail in May.",
    "The town of Lebanon, Ohio, has a new mayor.",
    "The mayor of Moscow, Idaho, resigned.",
)

POSITIVE = (
    *NAMES,
    *FORMER_AND_SHORT,
    *DEMONYMS,
    *CAPITALS,
    *BLOCS,
    *BODIES_AND_OUTLETS,
    *OFFICES,
    *HEADINGS,
)
