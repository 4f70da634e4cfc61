"""Who may call what: the API. A cookie opens nothing there; what a token opens stands in tests/app/api/test_access.py."""

API = """
GET  /api/v1/domain                       401        401     401    401        401          401      401      401       401
GET  /api/v1/threads                      401        401     401    401        401          401      401      401       401
GET  /api/v1/threads/{nothing}            401        401     401    401        401          401      401      401       401
GET  /api/v1/mine                         401        401     401    401        401          401      401      401       401
GET  /api/v1/notes                        401        401     401    401        401          401      401      401       401
POST /api/v1/threads/preview              401        401     401    401        401          401      401      401       401
POST /api/v1/threads                      401        401     401    401        401          401      401      401       401
POST /api/v1/replies/preview              401        401     401    401        401          401      401      401       401
POST /api/v1/threads/{nothing}/answers    401        401     401    401        401          401      401      401       401
POST /api/v1/threads/{nothing}/followups  401        401     401    401        401          401      401      401       401
GET  /api/v1/queue                        401        401     401    401        401          401      401      401       401
POST /api/v1/queue/{nothing}/claim        401        401     401    401        401          401      401      401       401
POST /api/v1/queue/{nothing}/pass         401        401     401    401        401          401      401      401       401
POST /api/v1/queue/{nothing}/answer       401        401     401    401        401          401      401      401       401
GET  /api/v1/company/threads              401        401     401    401        401          401      401      401       401
GET  /api/v1/company/threads/{nothing}    401        401     401    401        401          401      401      401       401
"""
