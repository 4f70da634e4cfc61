"""The ordered list of features. Importing it loads every table."""

from typing import Final

from flask import Blueprint

from app import keystore
from app.accounts import models as accounts_models
from app.accounts.routes import blueprint as accounts
from app.audit import models as audit_models
from app.audit.routes import blueprint as audit
from app.cohorts import models as cohorts_models
from app.cohorts import taken_words as cohorts_words
from app.cohorts.routes import blueprint as cohorts
from app.community import models as community_models
from app.community import taken_words as community_words
from app.community.routes import blueprint as community
from app.contributing.routes import blueprint as contributing
from app.domains import models as domains_models
from app.domains.routes import blueprint as domains
from app.escalation import models as escalation_models
from app.escalation import taken_words as escalation_words
from app.escalation.routes import blueprint as escalation
from app.escrow import models as escrow_models
from app.escrow.routes import blueprint as escrow
from app.expertise import models as expertise_models
from app.expertise.routes import blueprint as expertise
from app.gate import models as gate_models
from app.gate.routes import blueprint as gate
from app.glance.routes import blueprint as glance
from app.health import models as health_models
from app.health.routes import blueprint as health
from app.ideas import models as ideas_models
from app.ideas.routes import blueprint as ideas
from app.inbox.routes import blueprint as inbox
from app.insights import models as insights_models
from app.insights.routes import blueprint as insights
from app.jobs import models as jobs_models
from app.knowledge import models as knowledge_models
from app.knowledge import taken_words as knowledge_words
from app.knowledge.routes import blueprint as knowledge
from app.leaving.routes import blueprint as leaving
from app.logs import models as logs_models
from app.logs.routes import blueprint as logs
from app.mail import models as mail_models
from app.mail.routes import blueprint as mail
from app.moderation import models as moderation_models
from app.moderation import taken_words as moderation_words
from app.moderation.routes import blueprint as moderation
from app.notices import models as notices_models
from app.operating import models as operating_models
from app.operating.routes import blueprint as operating
from app.pages.design import blueprint as pages
from app.questions import models as questions_models
from app.questions.routes import blueprint as questions
from app.queues import models as queues_models
from app.queues.routes import blueprint as queues
from app.reading import models as reading_models
from app.reading.routes import blueprint as reading
from app.recognition import models as recognition_models
from app.recognition import taken_words as recognition_words
from app.recognition.routes import blueprint as recognition
from app.survey import models as survey_models
from app.survey.routes import blueprint as survey
from app.tallies import models as tallies_models
from app.upkeep.routes import blueprint as upkeep
from app.vectors import models as vectors_models
from app.web import limits
from app.webinars import models as webinars_models
from app.webinars.routes import blueprint as webinars

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
    operating_models,
    tallies_models,
    insights_models,
    survey_models,
    recognition_models,
    knowledge_models,
    health_models,
    gate_models,
    cohorts_models,
    webinars_models,
    ideas_models,
    community_models,
)
# what words are taken out of besides `app.questions.written`, when their author takes them out
WORDS: Final = (cohorts_words, community_words, escalation_words, knowledge_words, moderation_words, recognition_words)
BLUEPRINTS: Final[tuple[Blueprint, ...]] = (
    ideas,
    pages,
    logs,
    accounts,
    domains,
    escrow,
    questions,
    queues,
    reading,
    expertise,
    community,
    escalation,
    inbox,
    survey,
    recognition,
    glance,
    contributing,
    moderation,
    knowledge,
    leaving,
    operating,
    mail,
    insights,
    audit,
    upkeep,
    health,
    gate,  # after the inbox: what it leads to comes before what the inbox does
    webinars,
    cohorts,
)
