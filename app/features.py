"""The ordered list of features. Importing it loads every table."""

from typing import Final

from flask import Blueprint

from app import keystore
from app.accounts import models as accounts_models
from app.accounts.routes import blueprint as accounts
from app.audit import models as audit_models
from app.audit.routes import blueprint as audit
from app.domains import models as domains_models
from app.domains.routes import blueprint as domains
from app.escalation import models as escalation_models
from app.escalation import taken_words as escalation_words
from app.escalation.routes import blueprint as escalation
from app.escrow import models as escrow_models
from app.escrow.routes import blueprint as escrow
from app.expertise import models as expertise_models
from app.expertise.routes import blueprint as expertise
from app.inbox.routes import blueprint as inbox
from app.jobs import models as jobs_models
from app.leaving.routes import blueprint as leaving
from app.logs import models as logs_models
from app.logs.routes import blueprint as logs
from app.mail import models as mail_models
from app.mail.routes import blueprint as mail
from app.moderation import models as moderation_models
from app.moderation import taken_words as moderation_words
from app.moderation.routes import blueprint as moderation
from app.notices import models as notices_models
from app.pages.design import blueprint as pages
from app.questions import models as questions_models
from app.questions.routes import blueprint as questions
from app.queues import models as queues_models
from app.queues.routes import blueprint as queues
from app.reading import models as reading_models
from app.reading.routes import blueprint as reading
from app.vectors import models as vectors_models
from app.web import limits

TABLES: Final = (
    keystore,
    limits,
    accounts_models,
    logs_models,
    mail_models,
    notices_models,
    domains_models,
    escrow_models,
    questions_models,
    queues_models,
    vectors_models,
    expertise_models,
    jobs_models,
    audit_models,
    reading_models,
    escalation_models,
    moderation_models,
)
# what words are taken out of besides `app.questions.written`, when their author takes them out
WORDS: Final = (escalation_words, moderation_words)
BLUEPRINTS: Final[tuple[Blueprint, ...]] = (
    pages,
    logs,
    accounts,
    domains,
    escrow,
    questions,
    queues,
    reading,
    expertise,
    escalation,
    inbox,
    moderation,
    leaving,
    mail,
    audit,
)
