"""Signing in and out, the second factor, one's own account, and keeping those of others."""

from base64 import b32encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from markupsafe import Markup

from harmledger.desk.web.access import ROLES, TWO_FACTOR_ROLES, requires
from harmledger.desk.web.accounts.forms import AccountForm, ChangeForm, CodeForm, PasswordForm, SignInForm
from harmledger.desk.web.accounts.membership import fetch_role, grant_role, has_second_factor, is_closed
from harmledger.desk.web.accounts.models import Account, Membership
from harmledger.desk.web.accounts.second_factor import begin_setup, check_code, confirm_setup, draw_code
from harmledger.desk.web.journal.chain import write_line
from harmledger.desk.web.pages import open_frame, print_page
from harmledger.desk.web.wording import load_desk_words


@dataclass(frozen=True, slots=True)
class SignInPage:
    """What the page for signing in prints."""

    form: Any
    next: str
    name: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class CodePage:
    """What the page of the second factor prints: a picture while it is set up, spare codes once it is."""

    form: Any
    next: str
    wrong: str = ""
    picture: Markup | None = None
    key: str = ""
    spare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What the page of one's own account prints."""

    form: Any
    granted: str | None
    has_factor: bool
    is_reduced: bool
    told: str = ""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the list of all."""

    key: int
    name: str
    role: str
    is_open: bool
    has_factor: bool


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """What the page of all accounts prints."""

    rows: tuple[AccountRow, ...]
    form: Any
    roles: tuple[str, ...]
    role_options: tuple[tuple[str, str], ...]
    told: str = ""


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@requires("public")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Take name and password; whoever has a second factor is asked for it next."""
    following = _read_next(request)
    frame = open_frame(request)
    if request.method != "POST":
        return print_page(frame.render("sign_in.jinja", SignInPage(None, following), "account"))
    form = SignInForm(request.POST)
    name = str(request.POST.get("name", ""))[:150]
    if form.is_valid():
        given = form.cleaned_data
        account = authenticate(request, username=given["name"], password=given["password"])
        if account is not None and not is_closed(account):
            login(request, account)
            write_line(account.name, "account.sign-in")
            return HttpResponseRedirect(_lead_on(account, following))
    words = load_desk_words(frame.words.language)
    page = SignInPage(form, following, name, words["wrong_password"])
    return print_page(frame.render("sign_in.jinja", page, "account"), status=422)


def _lead_on(account: Account, following: str) -> str:
    if has_second_factor(account):
        return f"{reverse('accounts:code')}?{urlencode({'next': following})}"
    if fetch_role(account) in TWO_FACTOR_ROLES:
        return str(reverse("accounts:own"))
    return following or _find_home(account)


def _find_home(account: Account) -> str:
    """Give where somebody begins who did not come from anywhere: the queue, or the record for those who read it."""
    is_analyst = fetch_role(account) not in (None, "reader")
    return str(reverse("review:queue") if is_analyst else reverse("public:index"))


def _read_next(request: HttpRequest) -> str:
    """Give where to go on to: an address of ours, never another host's; empty where none is told."""
    told = str(request.POST.get("next") or request.GET.get("next") or "")[:2000]
    is_ours = url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure())
    return told if is_ours and told.startswith("/") else ""


def show_waiting(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Say that too many guesses were wrong."""
    frame = open_frame(request)
    page = SignInPage(None, _read_next(request), "", load_desk_words(frame.words.language)["must_wait"])
    return print_page(frame.render("sign_in.jinja", page, "account"), status=429)


@require_POST
@requires("public")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("public:index"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("public")
def give_code(request: HttpRequest) -> HttpResponse:
    """Take a code of the second factor from somebody who gave the password."""
    following = _read_next(request)
    if not request.user.is_authenticated or request.user.is_verified():
        is_known = request.user.is_authenticated
        home = _find_home(request.user) if is_known else reverse("accounts:sign-in")
        return HttpResponseRedirect(following or home if is_known else home)
    frame = open_frame(request)
    wrong = ""
    form = None
    if request.method == "POST":
        form = CodeForm(request.POST)
        if form.is_valid() and check_code(request, form.cleaned_data["code"]):
            return HttpResponseRedirect(following or _find_home(request.user))
        wrong = load_desk_words(frame.words.language)["wrong_code"]
    page = CodePage(form, following, wrong)
    return print_page(frame.render("code.jinja", page, "account"), status=422 if wrong else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("reader")
def set_up_factor(request: HttpRequest) -> HttpResponse:
    """Set a second factor up, or anew; ten spare codes are shown once."""
    frame = open_frame(request)
    following = _read_next(request)
    device = begin_setup(request.user)
    wrong = ""
    form = None
    if request.method == "POST":
        form = CodeForm(request.POST)
        spare = confirm_setup(request, device, form.cleaned_data["code"]) if form.is_valid() else None
        if spare is not None:
            write_line(request.user.name, "account.second-factor")
            page = CodePage(None, following, spare=tuple(spare))
            return print_page(frame.render("code.jinja", page, "account"))
        wrong = load_desk_words(frame.words.language)["wrong_code"]
    key = b32encode(device.bin_key).decode()
    page = CodePage(form, following, wrong, Markup(draw_code(device)), key)  # noqa: S704 - drawn by us
    return print_page(frame.render("code.jinja", page, "account"), status=422 if wrong else 200)


@never_cache
@sensitive_post_parameters("present", "password")
@require_http_methods(["GET", "HEAD", "POST"])
@requires("reader")
def show_own(request: HttpRequest) -> HttpResponse:
    """Show one's own account, and change its password."""
    frame = open_frame(request)
    form = None
    told = ""
    if request.method == "POST":
        form = PasswordForm(request.user, request.POST)
        if form.is_valid():
            request.user.set_password(form.cleaned_data["password"])
            request.user.save()
            update_session_auth_hash(request, request.user)
            write_line(request.user.name, "account.password")
            told = load_desk_words(frame.words.language)["password_changed"]
            form = None
    granted = fetch_role(request.user)
    page = OwnPage(form, granted, has_second_factor(request.user), granted != request.role, told)
    return print_page(frame.render("account.jinja", page, "account"), status=422 if form else 200)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@requires("admin")
def list_accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts of the case, and add one."""
    frame = open_frame(request)
    form = None
    told = ""
    if request.method == "POST":
        form = AccountForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            account = Account.objects.create_account(given["name"], given["password"])
            grant_role(account, given["role"])
            write_line(request.user.name, "account.add", account.name, role=given["role"])
            told = load_desk_words(frame.words.language)["account_added"]
            form = None
    text = frame.render("accounts.jinja", _gather_accounts(request, form, told), "account")
    return print_page(text, status=422 if form else 200)


@require_POST
@requires("admin")
def change_account(request: HttpRequest, key: int) -> HttpResponse:
    """Change an account's role, or close or open it; nobody takes their own role away."""
    frame = open_frame(request)
    words = load_desk_words(frame.words.language)
    membership = _list_memberships().filter(account_id=key).first()
    if membership is None:
        raise Http404
    form = ChangeForm(request.POST)
    told = words["account_own"]
    if form.is_valid() and membership.account_id != request.user.pk:
        given = {"role": form.cleaned_data["role"], "is_open": form.cleaned_data["is_open"]}
        grant_role(membership.account, **given)
        write_line(request.user.name, "account.change", membership.account.name, **given)
        told = words["account_changed"]
    return print_page(frame.render("accounts.jinja", _gather_accounts(request, None, told), "account"))


def _list_memberships() -> Any:
    return Membership.objects.filter(case=settings.HARMLEDGER_CASE_KEY).select_related("account")


def _gather_accounts(request: HttpRequest, form: Any, told: str) -> AccountsPage:
    names = load_desk_words(open_frame(request).words.language)["roles"]
    rows = tuple(
        AccountRow(one.account.pk, one.account.name, one.role, one.is_open, has_second_factor(one.account))
        for one in _list_memberships().order_by("account__name")
    )
    return AccountsPage(rows, form, ROLES, tuple((role, names[role]) for role in ROLES), told)
