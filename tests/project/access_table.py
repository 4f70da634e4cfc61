"""Who may call what, a line a route, and what is sent where a form wants something."""

from tests.app.questions.makers import FORM

# ok    a page                               in     to the sign-in page, and back here afterwards
# go    done, and on to another page         no     the role does not include it
# fix   read, and shown again with messages  none   not there, or not yours: the two look the same
#
# member is alice, the asker; other is bob, an expert who was asked; colleague is dave, of alice's organisation.
# Roles act in the order of the head, in one world: two flags hide an answer from the third reader.
# {hers}, {to_experts}, {to_company}, {unpublished} are alice's threads, {theirs} is bob's; {nothing} is nobody's.
TABLE = """
                                          anonymous  member  other  colleague  coordinator  analyst  waiting
GET  /static/css/base.css                 ok         ok      ok     ok         ok           ok       ok
GET  /static/{nothing}                    none       none    none   none       none         none     none
GET  /                                    ok         ok      ok     ok         ok           ok       ok
GET  /who-sees-what                       ok         ok      ok     ok         ok           ok       ok
GET  /charter                             ok         ok      ok     ok         ok           ok       ok
GET  /contact                             ok         ok      ok     ok         ok           ok       ok
GET  /outbox                              none       none    none   none       none         none     none
GET  /log-heads                           ok         ok      ok     ok         ok           ok       ok
GET  /unsubscribe/{nothing}               ok         ok      ok     ok         ok           ok       ok
POST /unsubscribe/{nothing}               ok         ok      ok     ok         ok           ok       ok
GET  /inbox                               in         ok      ok     ok         ok           no       no
GET  /inbox/first                         in         go      go     go         go           no       no
POST /inbox/read                          in         go      go     go         go           no       no
GET  /account/mail                        in         ok      ok     ok         ok           no       no
POST /account/mail                        in         go      go     go         go           no       no
GET  /break-glass                         in         ok      ok     ok         ok           ok       ok
GET  /break-glass/told                    in         go      go     go         go           go       go
POST /break-glass/told                    in         go      go     go         go           go       go
GET  /robots.txt                          ok         ok      ok     ok         ok           ok       ok
GET  /sw.js                               ok         ok      ok     ok         ok           ok       ok
GET  /offline                             ok         ok      ok     ok         ok           ok       ok
GET  /healthz                             ok         ok      ok     ok         ok           ok       ok
GET  /readyz                              ok         ok      ok     ok         ok           ok       ok
POST /language                            go         go      go     go         go           go       go

GET  /sign-in                             ok         go      go     go         go           go       go
POST /sign-in                             fix        fix     fix    fix        fix          fix      fix
POST /sign-in/passkey/challenge           ok         ok      ok     ok         ok           ok       ok
POST /sign-in/passkey                     fix        fix     fix    fix        fix          fix      fix
GET  /recover                             ok         ok      ok     ok         ok           ok       ok
POST /recover                             fix        fix     fix    fix        fix          fix      fix
GET  /start-afresh                        ok         ok      ok     ok         ok           ok       ok
POST /start-afresh                        fix        fix     fix    fix        fix          fix      fix
GET  /start-afresh/code                   go         go      go     go         go           go       go
POST /start-afresh/code                   go         go      go     go         go           go       go
GET  /start-afresh/password               go         go      go     go         go           go       go
POST /start-afresh/password               go         go      go     go         go           go       go
GET  /start-afresh/recovery               go         go      go     go         go           go       go
POST /start-afresh/recovery               go         go      go     go         go           go       go
GET  /sign-up                             ok         ok      ok     ok         ok           ok       ok
POST /sign-up                             fix        fix     fix    fix        fix          fix      fix
GET  /sign-up/code                        go         go      go     go         go           go       go
POST /sign-up/code                        go         go      go     go         go           go       go
GET  /sign-up/link/{nothing}              go         go      go     go         go           go       go
POST /sign-up/link/{nothing}              go         go      go     go         go           go       go
GET  /sign-up/organisation                go         go      go     go         go           go       go
POST /sign-up/organisation                go         go      go     go         go           go       go
GET  /sign-up/about                       go         go      go     go         go           go       go
POST /sign-up/about                       go         go      go     go         go           go       go
GET  /sign-up/promise                     go         go      go     go         go           go       go
POST /sign-up/promise                     go         go      go     go         go           go       go
GET  /sign-up/recovery                    go         go      go     go         go           go       go
POST /sign-up/recovery                    go         go      go     go         go           go       go

GET  /waiting                             in         go      go     go         go           go       ok
GET  /_design                             in         ok      ok     ok         ok           ok       ok
GET  /_design/states.css                  in         ok      ok     ok         ok           ok       ok
GET  /account                             in         ok      ok     ok         ok           ok       ok
GET  /account/password                    in         ok      ok     ok         ok           ok       ok
POST /account/password                    in         fix     fix    fix        fix          fix      fix
GET  /account/recovery-code               in         ok      ok     ok         ok           ok       ok
POST /account/recovery-code               in         fix     fix    fix        fix          fix      fix
GET  /account/recovery-code/confirm       in         go      go     go         go           go       go
POST /account/recovery-code/confirm       in         go      go     go         go           go       go
GET  /account/passkeys/add                in         ok      ok     ok         ok           ok       ok
POST /account/passkeys/add                in         fix     fix    fix        fix          fix      fix
GET  /account/passkeys/add/confirm        in         go      go     go         go           go       go
POST /account/passkeys/add/confirm        in         go      go     go         go           go       go
POST /account/passkeys/{her_passkey}/remove in       go      none   none       none         none     none
POST /account/passkeys/{nothing}/remove   in         none    none   none       none         none     none
POST /account/devices/{her_device}/revoke in         go      none   none       none         none     none
POST /account/devices/{nothing}/revoke    in         none    none   none       none         none     none
POST /account/sign-out-everywhere         in         go      go     go         go           go       go
POST /account/digest                      in         go      go     go         go           no       no
POST /sign-out                            in         go      go     go         go           go       go

GET  /privacy-report                      in         ok      ok     ok         ok           ok       ok

GET  /disclosure                          in         ok      ok     ok         ok           no       no
POST /disclosure                          in         go      go     go         go           no       no
GET  /pen-name                            in         ok      ok     ok         ok           no       no
POST /pen-name                            in         fix     fix    fix        fix          no       no
POST /pen-name/give-up                    in         go      go     go         go           no       no
GET  /ask                                 in         ok      ok     ok         ok           no       no
POST /ask/preview                         in         go      go     go         go           no       no
GET  /ask/preview                         in         ok      go     go         go           no       no
POST /ask/check                           in         go      go     go         go           no       no
GET  /ask/photos/{nothing}                in         none    none   none       none         no       no
POST /ask/coarser                         in         go      go     go         go           no       no
POST /ask/publish                         in         go      go     go         go           no       no
POST /ask/discard                         in         go      go     go         go           no       no
POST /ask/solved                          in         go      go     go         go           no       no
GET  /ask/solved                          in         ok      ok     ok         ok           no       no
POST /ask/restore                         in         go      go     go         go           no       no
POST /ask/draft                           in         go      go     go         go           no       no
POST /ask/arrive                          in         ok      ok     ok         ok           no       no
GET  /ask/reading                         in         ok      go     go         go           no       no
POST /ask/reading                         in         go      go     go         go           no       no
POST /ask/reading/end                     in         go      go     go         go           no       no
GET  /readings                            in         ok      ok     ok         ok           no       no
GET  /readings/{nothing}                  in         none    none   none       none         no       no
POST /readings/{nothing}/answer           in         none    none   none       none         no       no
POST /readings/{nothing}/pass             in         none    none   none       none         no       no
POST /reply-draft                         in         go      go     go         go           no       no
POST /ask/similar                         in         ok      ok     ok         ok           no       no

GET  /threads                             in         ok      ok     ok         ok           no       no
GET  /mine                                in         ok      ok     ok         ok           no       no
GET  /threads/{hers}                      in         ok      ok     none       ok           no       no
GET  /threads/{theirs}                    in         ok      ok     ok         ok           no       no
GET  /threads/{to_experts}                in         ok      none   none       none         no       no
GET  /threads/{to_company}                in         ok      ok     none       ok           no       no
GET  /threads/{unpublished}               in         ok      none   none       none         no       no
GET  /threads/{nothing}                   in         none    none   none       none         no       no
GET  /threads/{hers}/photos/{nothing}     in         none    none   none       none         no       no
GET  /threads/{nothing}/photos/{nothing}  in         none    none   none       none         no       no
POST /threads/{hers}/answer               in         no      go     none       go           no       no
POST /threads/{to_experts}/answer         in         no      none   none       none         no       no
POST /threads/{unpublished}/answer        in         none    none   none       none         no       no
POST /threads/{nothing}/answer            in         none    none   none       none         no       no
POST /threads/{hers}/followup             in         go      none   none       none         no       no
POST /threads/{nothing}/followup          in         none    none   none       none         no       no
POST /threads/{hers}/accept               in         go      none   none       none         no       no
POST /threads/{nothing}/accept            in         none    none   none       none         no       no
POST /threads/{hers}/worked               in         no      go     none       go           no       no
POST /threads/{nothing}/worked            in         none    none   none       none         no       no
POST /threads/{hers}/untap                in         go      go     none       go           no       no
POST /threads/{nothing}/untap             in         none    none   none       none         no       no
GET  /threads/{hers}/posts/{answer}/outdated in      ok      ok     none       ok           no       no
GET  /threads/{nothing}/posts/{nothing}/outdated in  none    none   none       none         no       no
POST /threads/{hers}/posts/{answer}/outdated in      go      go     none       go           no       no
POST /threads/{nothing}/posts/{nothing}/outdated in  none    none   none       none         no       no
GET  /threads/{hers}/posts/{answer}/thanks in        ok      none   none       none         no       no
GET  /threads/{nothing}/posts/{nothing}/thanks in    none    none   none       none         no       no
POST /threads/{hers}/posts/{answer}/thanks in        go      no     none       no           no       no
POST /threads/{nothing}/posts/{nothing}/thanks in    none    none   none       none         no       no
GET  /threads/{hers}/helped               in         ok      none   none       none         no       no
GET  /threads/{nothing}/helped            in         none    none   none       none         no       no
POST /threads/{hers}/not-yet              in         go      none   none       none         no       no
POST /threads/{nothing}/not-yet           in         none    none   none       none         no       no
GET  /threads/{hers}/outcome              in         ok      none   none       none         no       no
GET  /threads/{nothing}/outcome           in         none    none   none       none         no       no
POST /threads/{hers}/outcome              in         go      none   none       none         no       no
POST /threads/{nothing}/outcome           in         none    none   none       none         no       no
POST /threads/{hers}/endorse              in         go      go     none       go           no       no
POST /threads/{nothing}/endorse           in         none    none   none       none         no       no
POST /threads/{hers}/endorse/undo         in         go      go     none       go           no       no
POST /threads/{nothing}/endorse/undo      in         none    none   none       none         no       no
POST /threads/{hers}/close                in         go      none   none       none         no       no
GET  /how-to-write                        in         ok      ok     ok         ok           no       no
POST /look                                in         ok      ok     ok         ok           no       no
GET  /threads/{hers}/edit                 in         go      none   none       none         no       no
GET  /threads/{unpublished}/edit          in         ok      none   none       none         no       no
POST /threads/{unpublished}/edit          in         fix     none   none       none         no       no
GET  /threads/{unpublished}/withdraw      in         ok     none   none       none         no       no
POST /threads/{unpublished}/withdraw      in         go      none   none       none         no       no
GET  /threads/{nothing}/edit              in         none    none   none       none         no       no
POST /threads/{hers}/edit                 in         409     none   none       none         no       no
POST /threads/{nothing}/edit              in         none    none   none       none         no       no
GET  /threads/{hers}/add                  in         ok      none   none       none         no       no
GET  /threads/{nothing}/add               in         none    none   none       none         no       no
POST /threads/{hers}/add                  in         fix     none   none       none         no       no
POST /threads/{nothing}/add               in         none    none   none       none         no       no
GET  /threads/{hers}/posts/{nothing}/edit in         none    none   none       none         no       no
POST /threads/{hers}/posts/{nothing}/edit in         none    none   none       none         no       no
GET  /threads/{hers}/posts/{nothing}/add  in         none    none   none       none         no       no
POST /threads/{hers}/posts/{nothing}/add  in         none    none   none       none         no       no
GET  /threads/{hers}/words                in         ok      none   none       none         no       no
GET  /threads/{nothing}/words             in         none    none   none       none         no       no
POST /threads/{hers}/words                in         fix     none   none       none         no       no
POST /threads/{nothing}/words             in         none    none   none       none         no       no
GET  /threads/{hers}/same                 in         ok      ok     none       ok           no       no
GET  /threads/{nothing}/same              in         none    none   none       none         no       no
POST /threads/{hers}/same                 in         none    none   none       none         no       no
POST /threads/{nothing}/same              in         none    none   none       none         no       no
POST /threads/{hers}/same/decide          in         none    none   none       none         no       no
POST /threads/{nothing}/same/decide       in         none    none   none       none         no       no
POST /threads/{hers}/same/undo            in         none    none   none       none         no       no
POST /threads/{nothing}/same/undo         in         none    none   none       none         no       no
GET  /threads/{hers}/withdraw             in         ok      none   none       none         no       no
GET  /threads/{theirs}/withdraw           in         none    ok     none       none         no       no
POST /threads/{theirs}/withdraw           in         none    go     none       none         no       no
GET  /threads/{nothing}/withdraw          in         none    none   none       none         no       no
POST /threads/{hers}/withdraw             in         409     none   none       none         no       no
POST /threads/{nothing}/withdraw          in         none    none   none       none         no       no
POST /threads/{theirs}/close              in         none    go     none       none         no       no
POST /threads/{nothing}/close             in         none    none   none       none         no       no
POST /threads/{hers}/mail                 in         go      none   none       none         no       no
POST /threads/{nothing}/mail              in         none    none   none       none         no       no
POST /threads/{ended}/choose              in         go      none   none       none         no       no
GET  /threads/{to_company}/audience       in         ok      none   none       none         no       no
POST /threads/{to_company}/audience       in         go      none   none       none         no       no
GET  /threads/{to_company}/proposal       in         ok      none   none       none         no       no
GET  /threads/{hers}/proposal             in         none    none   none       none         no       no
POST /threads/{to_company}/proposal       in         go      none   none       none         no       no
POST /threads/{hers}/proposal             in         none    none   none       none         no       no
GET  /desk/questions                      in         no      no     no         ok           no       no
GET  /desk/questions/{to_company}         in         no      no     no         ok           no       no
GET  /desk/questions/{hers}               in         no      no     no         none         no       no
POST /desk/questions/{to_experts}/reword  in         no      no     no         go           no       no
POST /desk/questions/{to_experts}/outside in         no      no     no         go           no       no
POST /desk/questions/{to_experts}/invite  in         no      no     no         go           no       no
POST /desk/questions/{wished}/wish        in         no      no     no         go           no       no
POST /desk/questions/{hers}/invite        in         no      no     no         none         no       no
GET  /desk                                in         no      no     no         ok           no       no
GET  /desk/cases/{case}                   in         no      no     no         ok           no       no
GET  /desk/cases/{nothing}                in         no      no     no         none         no       no
POST /desk/cases/{case}                   in         no      no     no         go           no       no
POST /desk/cases/{nothing}                in         no      no     no         none         no       no
GET  /desk/cases/{case}/photos/{nothing}  in         no      no     no         none         no       no
GET  /desk/held/{held}                    in         no      no     no         ok           no       no
GET  /desk/held/{refused}                 in         no      no     no         none         no       no
GET  /desk/held/{nothing}                 in         no      no     no         none         no       no
POST /desk/held/{held}                    in         no      no     no         go           no       no
POST /desk/held/{refused}                 in         no      no     no         none         no       no
POST /desk/held/{nothing}                 in         no      no     no         none         no       no
GET  /desk/held/{held}/photos/{nothing}   in         no      no     no         none         no       no
GET  /threads/{hers}/flag/{hers}          in         none    ok     none       ok           no       no
GET  /threads/{to_experts}/flag/{to_experts} in       none    ok     none       none         no       no
GET  /threads/{hers}/flag/{answer}        in         ok      ok     none       ok           no       no
POST /threads/{hers}/flag/{answer}        in         go      go     none       none         no       no
GET  /threads/{nothing}/flag/{nothing}    in         none    none   none       none         no       no
POST /threads/{hers}/flag/{hers}          in         none    go     none       go           no       no
POST /threads/{to_experts}/flag/{to_experts} in      none    go     none       none         no       no
POST /threads/{nothing}/flag/{nothing}    in         none    none   none       none         no       no
POST /threads/{hers}/flag/{hers}/undo     in         none    none   none       none         no       no
POST /threads/{nothing}/flag/{nothing}/undo in       none    none   none       none         no       no
GET  /threads/{kept}/reviews              in         ok      none   none       none         no       no
GET  /threads/{nothing}/reviews           in         none    none   none       none         no       no
POST /threads/{wordy}/reviews/{wordy}/done in        go      none   none       none         no       no
POST /threads/{nothing}/reviews/{nothing}/done in    none    none   none       none         no       no
POST /threads/{kept}/reviews/{kept}/appeal in        go      none   none       none         no       no
POST /threads/{nothing}/reviews/{nothing}/appeal in  none    none   none       none         no       no
POST /threads/{refused_thread}/held/{refused}/appeal in go   none   none       none         no       no
POST /threads/{nothing}/held/{nothing}/appeal in     none    none   none       none         no       no
POST /threads/{refused_thread}/held/{refused}/draft in go    none   none       none         no       no
POST /threads/{nothing}/held/{nothing}/draft in      none    none   none       none         no       no
GET  /conduct                             in         ok      ok     ok         ok           no       no
POST /conduct                             in         go      go     go         go           no       no
POST /company/{to_company}/answer         in         no      no     no         no           go       no
POST /company/{hers}/answer               in         no      no     no         no           none     no
POST /threads/{nothing}/choose            in         none    none   none       none         no       no
GET  /threads/{nothing}/audience          in         none    none   none       none         no       no
POST /threads/{nothing}/audience          in         none    none   none       none         no       no
GET  /threads/{nothing}/proposal          in         none    none   none       none         no       no
POST /threads/{nothing}/proposal          in         none    none   none       none         no       no
GET  /desk/questions/{nothing}            in         no      no     no         none         no       no
POST /desk/questions/{nothing}/reword     in         no      no     no         none         no       no
POST /desk/questions/{nothing}/outside    in         no      no     no         none         no       no
POST /desk/questions/{nothing}/invite     in         no      no     no         none         no       no
POST /desk/questions/{nothing}/wish       in         no      no     no         none         no       no
POST /company/{nothing}/answer            in         no      no     no         no           none     no
GET  /company                             in         no      no     no         no           ok       no
GET  /company/{hers}                      in         no      no     no         no           none     no
GET  /company/{to_company}                in         no      no     no         no           ok       no
GET  /company/{to_company}/photos/{nothing} in       no      no     no         no           none     no
GET  /company/{nothing}                   in         no      no     no         no           none     no

GET  /queue                               in         ok      ok     ok         ok           no       no
GET  /queue/{bobs_offer}                  in         none    ok     none       none         no       no
GET  /queue/{carols_offer}                in         none    none   none       none         no       no
GET  /queue/{bobs_offer}/photos/{nothing} in         none    none   none       none         no       no
GET  /queue/{nothing}                     in         none    none   none       none         no       no
POST /queue/{bobs_offer}/claim            in         none    go     none       none         no       no
POST /queue/{carols_offer}/claim          in         none    none   none       none         no       no
POST /queue/{nothing}/claim               in         none    none   none       none         no       no
POST /queue/{bobs_offer}/mute             in         none    go     none       none         no       no
POST /queue/{bobs_offer}/mute-group       in         none    go     none       none         no       no
POST /queue/{carols_offer}/mute           in         none    none   none       none         no       no
POST /queue/{carols_offer}/mute-group     in         none    none   none       none         no       no
POST /queue/{nothing}/mute                in         none    none   none       none         no       no
POST /queue/{nothing}/mute-group          in         none    none   none       none         no       no
POST /queue/{bobs_offer}/pass             in         none    go     none       none         no       no
POST /queue/{carols_offer}/pass           in         none    none   none       none         no       no
POST /queue/{nothing}/pass                in         none    none   none       none         no       no
POST /queue/{bobs_offer}/answer           in         none    go     none       none         no       no
POST /queue/{carols_offer}/answer         in         none    none   none       none         no       no
POST /queue/{nothing}/answer              in         none    none   none       none         no       no
GET  /queue/settings                      in         ok      ok     ok         ok           no       no
POST /queue/inboxes/rest                  in         go      go     go         go           no       no
POST /queue/settings/rainbow-trout        in         go      go     go         go           no       no
POST /queue/settings/oyster               in         none    none   none       none         no       no
POST /queue/settings/{nothing}            in         none    none   none       none         no       no
GET  /queue/settings/rainbow-trout/afresh in         ok      ok     ok         ok           no       no
POST /queue/settings/rainbow-trout/afresh in         go      go     go         go           no       no
GET  /queue/settings/{nothing}/afresh     in         none    none   none       none         no       no
POST /queue/settings/{nothing}/afresh     in         none    none   none       none         no       no
POST /queue/evidence/remove               in         none    none   none       none         no       no
POST /queue/passes/remove                 in         none    none   none       none         no       no
GET  /map                                 in         ok      ok     ok         ok           no       no
GET  /unrouted                            in         no      no     no         ok           no       no
GET  /synonyms                            in         no      no     no         ok           no       no
POST /synonyms                            in         no      no     no         go           no       no
POST /synonyms/remove                     in         no      no     no         none         no       no

GET  /leaving                             in         ok      ok     ok         ok           ok       ok
POST /leaving/pause                       in         go      go     go         go           no       no
POST /leaving/resume                      in         go      go     go         go           no       no
GET  /leaving/export                      in         ok      ok     ok         ok           ok       ok
POST /leaving/export                      in         fix     fix    fix        fix          fix      fix
GET  /leaving/leave                       in         ok      ok     ok         ok           ok       ok
POST /leaving/leave                       in         fix     fix    fix        fix          fix      fix
GET  /leaving/goodbye                     ok         ok      ok     ok         ok           ok       ok
"""
FORMS: dict[str, dict[str, str]] = {
    "/ask/preview": FORM,
    "/threads/{hers}/answer": {"text": "夜明け前に酸素を測ってみてください。"},
    "/threads/{hers}/followup": {"text": "測ってみました。"},
    "/threads/{ended}/choose": {"choice": "idea"},
    "/threads/{to_company}/audience": {"audience": "all"},
    "/threads/{to_company}/proposal": {"answer": "yes"},
    "/desk/questions/{to_experts}/reword": {"title": "朝だけ魚が弱ります", "field_situation": "池の水が澄んでいます。"},
    "/desk/questions/{to_experts}/outside": {"words": "朝だけ魚が弱ることはありますか。"},
    "/desk/questions/{wished}/wish": {"became": "taken"},
    "/desk/cases/{case}": {"do": "put_back"},
    "/desk/held/{held}": {"do": "release"},
    "/threads/{hers}/flag/{hers}": {"reason": "charter"},
    "/threads/{hers}/flag/{answer}": {"reason": "charter"},
    "/threads/{to_experts}/flag/{to_experts}": {"reason": "charter"},
    "/threads/{kept}/reviews/{kept}/appeal": {"sentence": "船の名前ではありません。"},
    "/threads/{refused_thread}/held/{refused}/appeal": {"sentence": "売るためではありません。"},
    "/company/{to_company}/answer": {"text": "飼料の説明書に書いてあります。"},
    "/company/{hers}/answer": {"text": "飼料の説明書に書いてあります。"},
    "/threads/{hers}/accept": {"post": "{answer}"},
    "/threads/{hers}/worked": {"post": "{answer}"},
    "/threads/{nothing}/worked": {"post": "{answer}"},
    "/threads/{hers}/untap": {"post": "{answer}", "kind": "worked"},
    "/threads/{nothing}/untap": {"post": "{answer}", "kind": "worked"},
    "/threads/{hers}/posts/{answer}/thanks": {"choice": "helped"},
    "/threads/{nothing}/posts/{nothing}/thanks": {"choice": "helped"},
    "/threads/{hers}/outcome": {"result": "recovered", "answer": "{answer}"},
    "/threads/{hers}/endorse": {"post": "{answer}"},
    "/threads/{nothing}/endorse": {"post": "{answer}"},
    "/threads/{hers}/endorse/undo": {"post": "{answer}"},
    "/threads/{nothing}/endorse/undo": {"post": "{answer}"},
    "/threads/{hers}/mail": {"wanted": "1"},
    "/threads/{nothing}/mail": {"wanted": "1"},
    "/queue/{bobs_offer}/pass": {"reason": "no_time"},
    "/queue/{carols_offer}/pass": {"reason": "no_time"},
    "/queue/{nothing}/pass": {"reason": "no_time"},
    "/queue/inboxes/rest": {"back_on": "2026-12-04"},
    "/queue/settings/rainbow-trout": {"capacity": "3"},
    "/synonyms": {"term": "赤潮", "word": "アカシオ"},
    "/synonyms/remove": {"term": "赤潮", "word": "アカシオ"},
}
for _path in ("/threads/{to_experts}", "/threads/{unpublished}", "/threads/{nothing}"):
    FORMS[f"{_path}/answer"] = FORMS[f"{_path}/followup"] = {"text": "ためしの文です。"}
for _path in ("/queue/{bobs_offer}", "/queue/{carols_offer}", "/queue/{nothing}"):
    FORMS[f"{_path}/answer"] = {"text": "ためしの文です。"}
for _path in ("/queue/settings/oyster", "/queue/settings/{nothing}"):
    FORMS[_path] = {"capacity": "3"}
