"""Request fields -> clean values or all messages at once. A message never repeats what was typed."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from webauthn import base64url_to_bytes
from wtforms import BooleanField, Field, HiddenField, PasswordField, SelectMultipleField, StringField
from wtforms.validators import StopValidation

from app.accounts.rules import PasswordProblem, clean_address, local_path, password_problem
from app.accounts.tokens import DAYS
from app.web.forms import HouseForm
from app.web.i18n import gettext as _
from app.web.i18n import lazy

Check = Callable[[Any, Field], None]
PASSWORD_PROBLEMS: Mapping[PasswordProblem, str] = {
    "short": lazy("パスワードは10文字以上にしてください。"),
    "long": lazy("パスワードは200文字までにしてください。"),
    "common": lazy("このパスワードは推測されやすいようです。関係のない言葉をいくつかつなげてみてください。"),
    "address": lazy("メールアドレスと違うパスワードにしてください。"),
}


class HasKey(Protocol):
    """A value of an attribute."""

    @property
    def key(self) -> str: ...


class Attribute(HasKey, Protocol):
    """An attribute of the domain file, as far as a form needs it."""

    @property
    def values(self) -> Iterable[HasKey]: ...


def filled(message: str) -> Check:
    """Refuse an empty field with this message."""

    def check(_form: Any, field: Field) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_(message))

    return check


def ticked(message: str) -> Check:
    """Refuse an empty box with this message."""

    def check(_form: Any, field: Field) -> None:
        if not field.data:
            raise StopValidation(_(message))

    return check


def is_address(_form: Any, field: Field) -> None:
    """Refuse what cannot be a mail address."""
    if clean_address(field.data or "") is None:
        raise StopValidation(_("メールアドレスの形を確かめてください。例：namae@example.jp"))


def at_most(length: int) -> Check:
    """Refuse longer text."""

    def check(_form: Any, field: Field) -> None:
        if len(field.data or "") > length:
            raise StopValidation(_("長すぎるようです。短くしてください。"))

    return check


def is_good_password(_form: Any, field: Field) -> None:
    """Refuse a password that is short or everybody's."""
    problem = password_problem(field.data or "")
    if problem is not None:
        raise StopValidation(_(PASSWORD_PROBLEMS[problem]))


class AddressForm(HouseForm):
    """Step 1."""

    mail = StringField(validators=[filled(lazy("メールアドレスを入力してください。")), is_address])

    @property
    def address(self) -> str:
        return clean_address(self.mail.data or "") or ""


class CodeForm(HouseForm):
    """Step 2."""

    code = StringField(validators=[filled(lazy("メールに書かれた8文字のコードを入力してください。")), at_most(40)])


class LinkForm(HouseForm):
    """Step 2, by the link: one button."""


class OrganisationForm(HouseForm):
    """Step 3. One of three ways in."""

    way = StringField()
    join_code = StringField()
    organisation_name = StringField()
    introduction = StringField()

    def validate(self, extra_validators: Any = None) -> bool:
        """The field of the chosen way must be filled."""
        super().validate(extra_validators)
        self._check_way()
        return not self.errors

    def _check_way(self) -> None:
        if self.way.data not in ("domain", "code", "new"):
            self.refuse(self.way, _("参加のしかたを選んでください。"))
        elif self.way.data == "code" and not (self.join_code.data or "").strip():
            self.refuse(self.join_code, _("参加コードを入力してください。"))
        elif self.way.data == "new" and not self.name:
            self.refuse(self.organisation_name, _("所属先の名前を入力してください。"))
        elif self.way.data == "new" and len(self.name) > 80:
            self.refuse(self.organisation_name, _("名前は80文字までにしてください。"))

    @property
    def name(self) -> str:
        return " ".join(unicodedata.normalize("NFKC", self.organisation_name.data or "").split())


def about_form(
    attributes: Iterable[Attribute], subjects: Collection[str], *, now: Mapping[str, Any] | None = None
) -> HouseForm:
    """One choice for each attribute of the domain file, and what they work with; `now` is what stands there."""
    fields: dict[str, Any] = {
        f"attribute_{one.key}": StringField(validators=[_one_of({value.key for value in one.values})])
        for one in attributes
    }
    # the page draws the choices; here they are only checked
    fields["subjects"] = SelectMultipleField(choices=[], validate_choice=False, validators=[_some_of(set(subjects))])
    form: HouseForm = type("AboutForm", (HouseForm,), fields)(data=now)
    return form


def about_fields(attributes: Mapping[str, str], subjects: Sequence[str]) -> dict[str, Any]:
    """What is known of somebody, as the form of it has it."""
    return {**{f"attribute_{key}": value for key, value in attributes.items()}, "subjects": list(subjects)}


def about_of(form: HouseForm, attributes: Iterable[Attribute]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What a checked form says: the value of each attribute, and the subjects in order."""
    return {one.key: form[f"attribute_{one.key}"].data for one in attributes}, tuple(sorted(set(form["subjects"].data)))


def _one_of(keys: set[str]) -> Check:
    def check(_form: Any, field: Field) -> None:
        if field.data not in keys:
            raise StopValidation(_("ひとつ選んでください。"))

    return check


def _some_of(keys: set[str]) -> Check:
    def check(_form: Any, field: Field) -> None:
        if not field.data or not set(field.data) <= keys:
            raise StopValidation(_("ひとつ以上選んでください。"))

    return check


class NewPasswordForm(HouseForm):
    """Step 5."""

    password = PasswordField(validators=[filled(lazy("パスワードを決めてください。")), is_good_password])


class LastGroupForm(HouseForm):
    """Step 6: the end of the recovery code, typed back."""

    last_group = StringField(validators=[filled(lazy("復旧コードの最後の4文字を入力してください。")), at_most(40)])


class SignInForm(HouseForm):
    """Address and password; `next` is only ever a path on this site."""

    mail = StringField(validators=[filled(lazy("メールアドレスを入力してください。")), at_most(254)])
    password = PasswordField(validators=[filled(lazy("パスワードを入力してください。")), at_most(1000)])
    own_phone = BooleanField()
    next = HiddenField()

    @property
    def after(self) -> str:
        return local_path(self.next.data)


class PasskeyAnswer(HouseForm):
    """What the browser's script puts into a form: a passkey's answer, and what only that passkey gives."""

    passkey = HiddenField()
    passkey_output = HiddenField()

    @property
    def output(self) -> bytes:
        """The output; empty when the browser gave none."""
        try:
            return base64url_to_bytes(self.passkey_output.data or "")
        except ValueError:
            return b""


class PasskeySignInForm(PasskeyAnswer, SignInForm):
    """Sign-in by passkey: the same form, with mail and password left empty."""


class NewPasskeyForm(PasskeyAnswer):
    """A new passkey, and what the member calls it."""

    label = StringField(validators=[filled(lazy("呼び名を入力してください。")), at_most(40)])

    @property
    def name(self) -> str:
        return " ".join((self.label.data or "").split())


class RecoverForm(HouseForm):
    """A recovery code and the new password."""

    mail = StringField(validators=[filled(lazy("メールアドレスを入力してください。")), at_most(254)])
    code = StringField(validators=[filled(lazy("復旧コードを入力してください。")), at_most(100)])
    password = PasswordField(validators=[filled(lazy("新しいパスワードを決めてください。")), is_good_password])


def current_password() -> PasswordField:
    """The password somebody has: declared where the form shows it, so that messages stand in the form's order."""
    return PasswordField(validators=[filled(lazy("いまのパスワードを入力してください。")), at_most(1000)])


class PasswordForm(HouseForm):
    """A new password for somebody who knows the old one."""

    current = current_password()
    password = PasswordField(validators=[filled(lazy("新しいパスワードを決めてください。")), is_good_password])


class FreshPasswordForm(HouseForm):
    """A new password for somebody who begins afresh, and that they know what it takes."""

    password = PasswordField(validators=[filled(lazy("新しいパスワードを決めてください。")), is_good_password])
    understood = BooleanField(validators=[ticked(lazy("読んで、印をつけてください。"))])


class ConfirmForm(HouseForm):
    """The password once more."""

    current = current_password()


class TokenForm(ConfirmForm):
    """A new token: what its member calls it, what it may do, for how long."""

    label = StringField(validators=[filled(lazy("あとで見分けられる名前をつけてください。")), at_most(40)])
    scopes = SelectMultipleField(
        validators=[ticked(lazy("何に使うかを、ひとつ以上選んでください。"))], validate_choice=False
    )
    days = StringField(default=str(DAYS[1]))
    current = PasswordField(validators=ConfirmForm.current.kwargs["validators"])  # last, as on its page

    def offer(self, scopes: Collection[str]) -> None:
        """What may be chosen; anything else is nothing chosen."""
        self.scopes.data = [one for one in self.scopes.data or [] if one in scopes]

    def validate_days(self, field: Field) -> None:
        """One of those offered."""
        if field.data not in {str(days) for days in DAYS}:
            raise StopValidation(_("いつまで使うかを選んでください。"))


class NewAddressForm(AddressForm, ConfirmForm):
    """Another address for somebody who knows their password."""
