"""Who may call what of one's own account, a line a route: read with the head and the words of access_table."""

ACCOUNT = """
GET  /account                             in         ok      ok     ok         ok           ok       ok       ok        ok
GET  /account/work                        in         ok      ok     ok         ok           no       no       no        no
POST /account/work                        in         fix     fix    fix        fix          no       no       no        no
GET  /account/password                    in         ok      ok     ok         ok           ok       ok       ok        ok
POST /account/password                    in         fix     fix    fix        fix          fix      fix      fix       fix
GET  /account/address                     in         ok      ok     ok         ok           ok       ok       ok        ok
POST /account/address                     in         fix     fix    fix        fix          fix      fix      fix       fix
GET  /account/address/code                in         go      go     go         go           go       go       go        go
POST /account/address/code                in         go      go     go         go           go       go       go        go
GET  /account/tokens                      in         ok      ok     ok         ok           ok       ok       ok        ok
POST /account/tokens                      in         fix     fix    fix        fix          fix      fix      fix       fix
GET  /account/tokens/new                  in         go      go     go         go           go       go       go        go
GET  /account/tokens/openapi.json         in         ok      ok     ok         ok           ok       ok       ok        ok
POST /account/tokens/{nothing}/revoke     in         none    none   none       none         none     none     none      none
GET  /account/recovery-code               in         ok      ok     ok         ok           ok       ok       ok        ok
POST /account/recovery-code               in         fix     fix    fix        fix          fix      fix      fix       fix
GET  /account/recovery-code/confirm       in         go      go     go         go           go       go       go        go
POST /account/recovery-code/confirm       in         go      go     go         go           go       go       go        go
GET  /account/passkeys/add                in         ok      ok     ok         ok           ok       ok       ok        ok
POST /account/passkeys/add                in         fix     fix    fix        fix          fix      fix      fix       fix
GET  /account/passkeys/add/confirm        in         go      go     go         go           go       go       go        go
POST /account/passkeys/add/confirm        in         go      go     go         go           go       go       go        go
POST /account/passkeys/{her_passkey}/remove in       go      none   none       none         none     none     none      none
POST /account/passkeys/{nothing}/remove   in         none    none   none       none         none     none     none      none
POST /account/devices/{her_device}/revoke in         go      none   none       none         none     none     none      none
POST /account/devices/{nothing}/revoke    in         none    none   none       none         none     none     none      none
POST /account/sign-out-everywhere         in         go      go     go         go           go       go       go        go
POST /account/digest                      in         go      go     go         go           no       no       no        no
GET  /account/webhook                     in         ok      ok     ok         ok           no       no       no        no
POST /account/webhook                     in         fix     fix    fix        fix          no       no       no        no
GET  /account/webhook/secret              in         go      go     go         go           no       no       no        no
POST /account/webhook/secret/kept         in         go      go     go         go           no       no       no        no
POST /account/webhook/test                in         none    none   none       none         no       no       no        no
POST /account/webhook/remove              in         go      go     go         go           no       no       no        no
"""
