"""English spellings and set phrases: what is kept, and the variants that become it."""

from typing import Final

NEGATED: Final = {
    "can't": "cannot", "won't": "will not", "shan't": "will not", "cant": "cannot", "cannot": "cannot",
    **{f"{verb}n't": f"{verb} not" for verb in (
        "do", "does", "did", "is", "are", "was", "were", "have", "has", "had", "would", "could", "should", "might", "must", "need"
    )},
    **{f"{verb}nt": f"{verb} not" for verb in ("do", "does", "did", "is", "are", "was", "were", "have", "has", "had", "would", "could", "should")},
}  # fmt: skip

SHORT: Final = {
    "i'm": "I am", "i've": "I have", "i'll": "I will", "im": "I am", "ive": "I have", "let's": "let us", "y'all": "you all",
    "e.g.,": "for example", "e.g.": "for example", "eg.": "for example", "i.e.,": "that is", "i.e.": "that is", "ie.": "that is",
    "etc...": "etc.", "w/o": "without", "w/": "with ", "b/c": "because", "bc": "because", "cuz": "because",
    "thx": "thanks", "pls": "please", "plz": "please", "ppl": "people", "vs.": "versus", "vs": "versus",
    "okay": "OK", "ok": "OK", "o.k.": "OK", "yeah": "yes", "yep": "yes", "yup": "yes", "nope": "no", "nah": "no",
    "gonna": "going to", "wanna": "want to", "gotta": "have to", "kinda": "somewhat", "sorta": "somewhat",
    "kind of like": "like", "tho": "though", "thru": "through", "till": "until", "til": "until",
    "alot": "a lot", "lots of": "a lot of", "plenty of": "a lot of", "loads of": "a lot of",
    "for instance": "for example", "in order to": "to", "so as to": "to", "due to the fact that": "because",
    "owing to": "because of", "in spite of": "despite",
    "whilst": "while", "amongst": "among", "towards": "toward", "afterwards": "afterward", "upwards": "upward",
    "forwards": "forward", "backwards": "backward", "amidst": "amid", "upon": "on",
    "learnt": "learned", "burnt": "burned", "spelt": "spelled", "dreamt": "dreamed", "maths": "math",
    "utilize": "use", "utilise": "use", "utilizes": "uses", "utilises": "uses", "utilized": "used", "utilised": "used",
    "utilizing": "using", "utilising": "using", "frequently": "often", "typically": "usually", "generally": "usually",
    "normally": "usually", "maybe": "perhaps", "possibly": "perhaps", "approximately": "about", "roughly": "about",
    "regarding": "about", "with regard to": "about", "with regards to": "about", "in regards to": "about",
    "at this point": "now", "at the moment": "now", "currently": "now",
    "a bit of": "some", "a bit": "somewhat", "a little bit": "somewhat", "a little": "somewhat", "slightly": "somewhat", "sort of": "somewhat",
    "really": "very", "extremely": "very", "incredibly": "very", "awfully": "very",
    "a number of": "several",
    "it's possible that": "perhaps", "it is possible that": "perhaps", "even though": "although", "though": "although",
    "anyone": "anybody", "everyone": "everybody", "someone": "somebody", "no one": "nobody",
    "each other": "one another", "obtain": "get", "purchase": "buy",
    "purchased": "bought", "assist": "help", "such as": "like",
    "almost": "nearly", "ensure": "make sure", "attempt to": "try to", "sufficient": "enough",
    "entirely": "completely", "totally": "completely", "exact same": "same",
    "apart from": "except", "aside from": "except", "other than": "except", "instead of": "rather than", "any more": "anymore",
    "imo": "I think", "imho": "I think", "in my opinion": "I think", "afaik": "I think",
    "as far as i know": "I think", "it seems to me that": "I think", "i feel like": "I think", "i feel that": "I think", "i feel": "I think",
    "i would say": "I think", "i'd say": "I think", "i think that": "I think", "i'd": "I would", "iirc": "I think", "personally i think": "I think",
}  # fmt: skip

DROPPED: Final = (
    r"actually|basically|literally|honestly|frankly|essentially|obviously|of course|in fact|indeed|anyways?|btw|by the way|fwiw|tbh|"
    r"to be honest|lol|haha+|simply|as a matter of fact|needless to say|"
    r"just(?! (?:as|like|one|two|after|before|because|enough|about|under|over|in|a|the|for|now|right|be)\b)"
)
FIRST_WORDS: Final = {
    "However,": r"However|Nevertheless|Nonetheless|Still,|Yet,|That said|That being said|On the other hand|But|Having said that|Though|Although,|Then again",
    "Also,": r"In addition|Additionally|Moreover|Furthermore|Besides,|Plus|Also|And|On top of that|Further,",
    "So,": r"Therefore|Thus|Hence|Consequently|As a result|Accordingly|So|For this reason|Because of this",
    "For example,": r"For example|For instance|As an example",
    "Usually,": r"Usually|Generally|Typically|Normally|In general|Generally speaking|As a rule",
    "Perhaps": r"Perhaps|Maybe|Possibly",
    "Finally,": r"Finally|Lastly|Last but not least",
    "First,": r"First|Firstly|First of all|First off|To start with|To begin with|For starters",
    "Second,": r"Second,|Secondly",
    "Then,": r"Then|Next,|After that|Afterward|Afterwards",
}  # fmt: skip
EMPTY_STARTS: Final = (
    r"Well|Anyway|Anyways|Now|OK|Okay|Ok|Oh|Ah|Hm+|Um+|Look|See|You know|I mean|Personally|To me|For me|Again|"
    r"To be fair|To be clear|Interestingly|Unfortunately|Fortunately|Luckily|Sadly|Hopefully|Actually|Basically|Honestly|Frankly|Obviously|Clearly|"
    r"Of course|Indeed|In fact|Essentially|Certainly|Definitely|As mentioned|As others have (?:said|mentioned|noted|pointed out)|As I said|As stated|"
    r"Btw|By the way|FWIW|Incidentally|As an aside|Side note|Just|Edit|EDIT|Update|UPDATE|PS|P\.S\.|Note|NB"
)
GREETINGS: Final = (
    r"(?:Hi|Hello|Hey|Hiya|Greetings|Howdy|Dear|Good (?:morning|day|evening))(?: (?:all|everyone|everybody|there|guys|folks|friends|team|colleagues))*|"
    r"Welcome to (?:the )?[\w .]{1,30}|(?:(?:Many |Much )?Thanks?|Thank you|Thx|Cheers|Ta)(?: (?:you|all|everyone|so much|very much|a lot|a bunch|a million|again|"
    r"in advance|for (?:your|any|the|all)[\w ]{1,40}|to (?:all|everyone)[\w ]{0,20}|guys|!))*|(?:Best|Kind|Warm)? ?(?:Regards|regards|wishes|Wishes)|Best|Sincerely|Yours|"
    r"(?:I )?[Hh]ope (?:this|that|it|these)[\w ]{0,12}(?:helps?|is helpful|is useful|clarif(?:y|ies))[\w ]{0,20}|HTH|(?:Just )?[Mm]y (?:two|2) cents|Good luck[\w ]{0,24}|"
    r"(?:Any|All) (?:help|advice|suggestions?|thoughts|ideas|input|tips)[\w ,]{0,30}(?:appreciated|welcome)|Great question|Good question|Interesting question|"
    r"(?:Have fun|Enjoy|Happy brewing|Take care|Prost|Just my opinion|Let (?:me|us) know[\w ]{0,30}|Does (?:this|that) help|Sorry for[\w ]{0,30})"
)

# British stems and endings; the American one is kept
BRITISH: Final[list[tuple[str, str]]] = [
    (r"\b(col|flav|fav|behavi|hon|lab|neighb|od|rum|vap|hum|harb|vig|rig|arm|end?eav|sav|tum|cand|ferv|parl|splend)our(?=s|ed|ing|ful|less|able|ably|ite|ites|hood|y|ies|er|\b)", r"\1or"),
    (r"\b(organ|recogn|real|special|emphas|summar|general|categor|minim|maxim|optim|standard|character|memor|critic|apolog|final|normal|util|visual|initial|modern|priorit|custom|local|central|author|hypothes|formal|capital|steril|fertil|oxid|caramel|neutral|stabil|pasteur|carbon|polar|familiar|symbol|crystall|equal|ideal|social|theor|popular|mobil|improv?)is(?=e|es|ed|ing|er|ers|ation|ations)", r"\1iz"),
    (r"\banalys(?=e|es|ed|ing)(?!es\b)", "analyz"),
    (r"\b(cent|lit|fib|theat|met|kilomet|millimet|centimet|millilit|cal[ií]b|meag|somb|spect|lust)re(s?)\b", r"\1er\2"),
    (r"\b(travel|model|label|cancel|level|fuel|signal|channel|counsel|total|equal|marvel|quarrel|shovel|jewel)l(?=ed|ing|er|ers)", r"\1"),
    (r"\bgrey(?=s|ish|ed|er|\b)", "gray"),
    (r"\b(def|off|lic|pret)ence(s?)\b", r"\1ense\2"),
    (r"\b(catal|dial|anal|monol)ogue(s?)\b", r"\1og\2"),
    (r"\bprogramme(s?)\b", r"program\1"),
    (r"\baluminium\b", "aluminum"),
    (r"\bmould(?=s|y|ed|ing|\b)", "mold"),
    (r"\b(acknowledg|judg)ement", r"\1ment"),
    (r"\bskilful", "skillful"),
    (r"\bfulfil(?=s?\b|ment)", "fulfill"),
    (r"\btyre(s?)\b", r"tire\1"),
    (r"\bcosy\b", "cozy"),
    (r"\bsceptic", "skeptic"),
    (r"\b(practis)(?=e|es|ed|ing)", "practic"),
    (r"\bplough", "plow"),
]  # fmt: skip
