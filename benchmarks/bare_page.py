"""What a page costs that does nothing but Flask and SQLAlchemy: a thread and its answers, read and printed.

BARE_FILE=bare.db gunicorn benchmarks.bare_page:web()
"""

import os
from typing import Any

from flask import Flask, render_template_string
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

PAGE = """<!doctype html><title>{{ thread.title }}</title><h1>{{ thread.title }}</h1><p>{{ thread.text }}</p>
{% for answer in answers %}<article><h2>{{ loop.index }}</h2><p>{{ answer.text }}</p></article>{% endfor %}"""


class Base(DeclarativeBase):
    """Tables of the bare page."""


class Question(Base):
    __tablename__ = "questions"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]


class Answer(Base):
    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id"), index=True)
    text: Mapped[str]


def fill(path: str, ids: list[str], answers: int, text: str) -> None:
    """As many questions and answers as the other page has."""
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Question(id=one, title=text[:30], text=text) for one in ids)
        session.add_all(Answer(question_id=one, text=text) for one in ids for _ in range(answers))
        session.commit()


def web() -> Flask:
    """What gunicorn runs."""
    app, engine = Flask(__name__), create_engine(f"sqlite:///{os.environ['BARE_FILE']}")

    @app.get("/threads/<one>")
    def thread(one: str) -> Any:
        with Session(engine) as session:
            answers = session.scalars(select(Answer).where(Answer.question_id == one).order_by(Answer.id)).all()
            return render_template_string(PAGE, thread=session.get_one(Question, one), answers=answers)

    return app
