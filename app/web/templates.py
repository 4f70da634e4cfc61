"""Templates as this house makes them: the shared macros once a process, other parts once a page, not for each import.

The shared ones use what is handed to them and what every template has (`_`, `url_for`, `csrf_token`), never a page's
own words; the others also what the page was given, as it was given.
"""

from functools import cache
from types import FunctionType
from typing import Any, Final

from flask import Flask
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro

SHARED: Final = "macros/"
MADE: Final = "parts_of_this_page"
OWN_WORDS: Final = frozenset({"macros/passkeys.html"})  # who the relying party is comes with the request


class HouseTemplate(Template):
    """A template; of the shared macros there is one module, whoever imports them."""

    @property
    def _is_shared(self) -> bool:
        return self.name is not None and self.name.startswith(SHARED) and self.name not in OWN_WORDS

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
        return self._module


class HouseContext(Context):
    """A context that calls macros and plain functions, nearly all there is to call, without asking what they are."""

    def call(self, obj: Any, *args: Any, **named: Any) -> Any:
        """`Context.call`."""
        if type(obj) is Macro:
            first: tuple[Any, ...] = (self.eval_ctx,)
        elif type(obj) is FunctionType and not hasattr(obj, "jinja_pass_arg"):
            first = ()
        else:
            return super().call(obj, *args, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return obj(*first, *args, **named)


def init_templates(app: Flask) -> None:
    """Before the first template is loaded. `asset(name)` is the address of a static file, made once."""
    app.jinja_env.globals["asset"] = cache(lambda name: f"{app.static_url_path}/{name}")
    app.context_processor(lambda: {MADE: {}})
    app.jinja_env.template_class, app.jinja_env.context_class = HouseTemplate, HouseContext
