"""Templates as this house makes them: most macros once a process, the others once a page, not for each import.

Those made once use what is handed to them and what every template has (`_`, `url_for`, `role_label`), never a page's own
words; the others also what the page was given, as it was given.
"""

import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from types import FunctionType
from typing import Any, Final, Self, cast

from flask import Flask, has_request_context, request
from jinja2 import Environment, Template, meta, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape
from werkzeug.routing import BuildError

MADE: Final = "parts_of_this_page"
ICONS: Final = "macros/icons.html"  # the same for everybody, a few dozen
PLAIN: Final = re.compile(r"[A-Za-z0-9]+")  # written in an address as it is


class HouseTemplate(Template):
    """A template; of macros that ask nothing of a page there is one module, whoever imports them."""

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> Self:
        namespace.update(escape=_escaped, Macro=HouseMacro)
        return cast("Self", super()._from_namespace(environment, namespace, globals))

    @cached_property
    def _is_shared(self) -> bool:
        return self.name is not None and _asks_nothing(self.environment, self.name)

    def make_module(self, vars: Any = None, shared: bool = False, locals: Any = None) -> TemplateModule:
        """What an import gives."""
        if self._is_shared:
            return self._once()
        made: dict[str | None, TemplateModule] | None = None if vars is None else vars.get(MADE)
        if made is None:
            return super().make_module(vars, shared, locals)
        if self.name not in made:
            made[self.name] = super().make_module(vars, shared, locals)
        return made[self.name]

    def _get_default_module(self, ctx: Any = None) -> TemplateModule:
        return self._once() if self._is_shared else super()._get_default_module(ctx)

    def _once(self) -> TemplateModule:
        if self._module is None:
            self._module = super().make_module()
            if self.name == ICONS:
                vars(self._module)["icon"] = _kept(vars(self._module)["icon"])
        return self._module


class HouseMacro(Macro):
    """A macro; `is_plain` when it takes the arguments it names and nothing else."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.is_plain = not (self.caller or self.explicit_caller or self.catch_kwargs or self.catch_varargs)

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        made: str = self._func(*arguments)
        return str.__new__(Markup, made) if autoescape and type(made) is not Markup else made  # as `Macro._invoke`


class HouseContext(Context):
    """A context that calls macros and plain functions, nearly all there is to call, without asking what they are."""

    def call(self, obj: Any, /, *args: Any, _block_vars: Any = None, _loop_vars: Any = None, **named: Any) -> Any:
        """`Context.call`."""
        if type(obj) is HouseMacro:
            if not obj.is_plain:
                return obj(self.eval_ctx, *args, **named)
            more = [named.pop(name, missing) for name in obj.arguments[len(args) :]]
            if named or len(args) > len(obj.arguments):
                return obj(self.eval_ctx, *args, *more, **named)  # says what is wrong
            return obj._invoke([*args, *more], self.eval_ctx.autoescape)
        if type(obj) is FunctionType and not hasattr(obj, "jinja_pass_arg"):
            return obj(*args, **named)
        return super().call(obj, *args, _block_vars=_block_vars, _loop_vars=_loop_vars, **named)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the text of a template says of it."""

    macros_alone: bool
    asks: frozenset[str]
    imports: frozenset[str | None]


SHAPES: Final[dict[str, Shape]] = {}  # by text: read once a process, whoever imports it


def _shape_of(environment: Environment, source: str) -> Shape:
    if source not in SHAPES:
        tree = environment.parse(source)
        own = (node for node in tree.body if not isinstance(node, nodes.Output) or _has_words(node))
        SHAPES[source] = Shape(
            all(isinstance(node, nodes.Macro | nodes.Import | nodes.FromImport | nodes.Assign) for node in own),
            frozenset(meta.find_undeclared_variables(tree)),
            frozenset(meta.find_referenced_templates(tree)),
        )
    return SHAPES[source]


def _asks_nothing(environment: Environment, name: str) -> bool:
    """Whether a template has macros alone, and they and all they import use no variable of a page."""
    if environment.loader is None:
        return False
    shape = _shape_of(environment, environment.loader.get_source(environment, name)[0])
    if not shape.macros_alone or shape.asks - environment.globals.keys():
        return False
    return all(other and _asks_nothing(environment, other) for other in shape.imports)


def _has_words(node: nodes.Output) -> bool:
    return any(not isinstance(part, nodes.TemplateData) or part.data.strip() for part in node.nodes)


def _escaped(value: Any) -> str:
    """`markupsafe.escape`, without making anew what is markup already."""
    return value if type(value) is Markup else escape(value)


def _kept(macro: Macro) -> Callable[..., str]:
    """A macro that is the same for everybody, made once for each of its arguments."""
    made = lru_cache(512)(macro)

    def again(*args: Any, **named: Any) -> str:
        return made(*args, **named)

    return again


def _addresses(app: Flask) -> Callable[..., str]:
    """`url_for` for templates: an address whose parts need no quoting is made of a pattern, asked for once."""
    patterns: dict[tuple[str, ...], str] = {}

    def pattern_of(endpoint: str, *names: str) -> str:
        if endpoint.startswith(".") or any(name.startswith("_") for name in names):
            return ""
        try:
            marks: dict[str, Any] = {name: f"zz{number}zz" for number, name in enumerate(names)}
            found = app.url_for(endpoint, **marks)
        except (BuildError, ValueError):  # a number, say
            return ""
        for number, name in enumerate(names):
            found = found.replace(f"zz{number}zz", f"{{{name}}}")
        return found

    def url_for(endpoint: str, **values: Any) -> str:
        if not has_request_context() or request.script_root:
            return app.url_for(endpoint, **values)
        if not all(type(value) is str and PLAIN.fullmatch(value) for value in values.values()):
            return app.url_for(endpoint, **values)
        known = (endpoint, *values)
        if known not in patterns:
            patterns[known] = pattern_of(*known)
        return patterns[known].format_map(values) or app.url_for(endpoint, **values)

    return url_for


def init_templates(app: Flask) -> None:
    """Before the first template is loaded. `asset(name)` is the address of a static file, made once."""
    app.jinja_env.globals["asset"] = cache(lambda name: f"{app.static_url_path}/{name}")
    app.jinja_env.globals["url_for"] = _addresses(app)
    app.context_processor(lambda: {MADE: {}})
    app.jinja_env.lstrip_blocks = True  # the indentation of a block's tag is no part of the page
    app.jinja_env.template_class, app.jinja_env.context_class = HouseTemplate, HouseContext
