"""Organisations, accounts, posts and events in Django's admin, for administrators. Every change here is an event too."""

from __future__ import annotations

from json import dumps
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction

from hexi.core.trust import attempts
from hexi.core.trust.accounts import ACCOUNT, ORGANISATION, POST, password_faults, said, spelled
from hexi.core.trust.contracts import Happening, Viewer
from hexi.core.trust.devices import end_sessions
from hexi.core.trust.events import record
from hexi.core.trust.models import RESERVED_ROLES, Account, Event, Organisation, Post
from hexi.core.trust.telling import told
from hexi.core.trust.viewers import viewer_of
from hexi.kernel.catalogue import catalogue

KEYS = {Organisation: ORGANISATION, Account: ACCOUNT, Post: POST}

def happening(action: str, row: Any, before: dict[str, Any], after: dict[str, Any]) -> Happening:
    """Only the columns that differ; both sides whole when the row is new or goes."""
    if before and after:
        changed = {name for name in after if before.get(name) != after[name]}
        before, after = ({name: side[name] for name in changed} for side in (before, after))
    return Happening(action, KEYS[type(row)], row.pk, before=before, after=after, place=getattr(row, "place", ""), silent=True)


class Closed(admin.ModelAdmin):
    """Is filtered by what it offers and nothing else: Django would take `?password__startswith=` from the address bar."""

    def lookup_allowed(self, lookup: str, value: Any, request: Any) -> bool:
        offered = [str(name) for name in self.list_filter]
        return any(lookup == name or lookup.startswith(f"{name}__") for name in offered) and super().lookup_allowed(lookup, value, request)


class Recorded(Closed):
    """Writes an event with every change, in its transaction; removes nothing that events refer to."""

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        before = said(type(obj).objects.get(pk=obj.pk)) if change else {}
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            record(viewer_of(request), happening("revise" if change else "create", obj, before, said(obj)))

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(Recorded):
    list_display = ("key", "name_zh", "name_en", "kind", "parent", "place")
    list_filter = ("kind",)
    search_fields = ("key", "name_zh", "name_en")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:
        return ("key",) if obj else ()


class PostForm(forms.ModelForm):
    """Offers the roles that rooms declare."""

    class Meta:
        model = Post
        fields = ("role", "place", "organisation", "valid_from", "valid_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(key, f"{role.label.zh} {role.label.en}") for key, role in catalogue.roles.items() if key not in RESERVED_ROLES]
        self.fields["role"] = forms.ChoiceField(choices=roles, label="岗位角色 role")


class PostInline(admin.TabularInline):
    model = Post
    form = PostForm
    extra = 0
    autocomplete_fields = ("organisation",)


class AccountForm(forms.ModelForm):
    """An account; a new password replaces the old one and ends the account's sessions."""

    new_password = forms.CharField(
        label="新密码 new password",
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = Account
        fields = ("username", "name", "language", "is_active", "subject")

    def clean_username(self) -> str:
        return spelled(self.cleaned_data["username"])

    def clean_new_password(self) -> str:
        given = self.cleaned_data["new_password"]
        named = Account(username=self.cleaned_data.get("username", ""), name=self.cleaned_data.get("name", ""))
        if faults := password_faults(given or None, named):
            raise forms.ValidationError([f"{fault.message.zh} {fault.message.en}" for fault in faults])
        return given


@admin.register(Account)
class AccountAdmin(Recorded):
    form = AccountForm
    inlines = (PostInline,)
    list_display = ("username", "name", "is_active", "last_login")
    list_filter = ("is_active", "posts__role")
    search_fields = ("username", "name")
    actions = ("unlock", "switch_off_code", "sign_out_everywhere")

    def save_model(self, request: Any, obj: Account, form: Any, change: bool) -> None:
        new = form.cleaned_data.get("new_password")
        with transaction.atomic():
            if new:
                obj.set_password(new)
            elif not change:
                obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            if change and (new or not obj.is_active):
                after = {"sessions_ended": end_sessions(obj.pk)}
                record(viewer_of(request), Happening("set_password" if new else "shut_out", ACCOUNT, obj.pk, after=after, silent=True))

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Posts: what was added, revised and taken away."""
        before = {post.pk: said(post) for post in Post.objects.filter(account=form.instance)}
        with transaction.atomic():
            gone = list(formset.deleted_forms)
            leaving = [happening("delete", one.instance, before[one.instance.pk], {}) for one in gone if one.instance.pk in before]
            super().save_formset(request, form, formset, change)
            kept = [*formset.new_objects, *(post for post, _ in formset.changed_objects)]
            staying = [happening("revise" if post.pk in before else "create", post, before.get(post.pk, {}), said(post)) for post in kept]
            record(viewer_of(request), *leaving, *staying)

    @admin.action(description="解除登录锁定 unlock")
    def unlock(self, request: Any, accounts: Any) -> None:
        with transaction.atomic():
            for account in accounts:
                attempts.unlock(account.username)
            self._done(request, accounts, "unlock")

    @admin.action(description="停用动态验证码 switch off the one-time code")
    def switch_off_code(self, request: Any, accounts: Any) -> None:
        with transaction.atomic():
            accounts.update(otp_secret="")
            self._done(request, accounts, "switch_off_otp")

    @admin.action(description="结束全部登录 sign out everywhere")
    def sign_out_everywhere(self, request: Any, accounts: Any) -> None:
        with transaction.atomic():
            for account in accounts:
                end_sessions(account.pk)
            self._done(request, accounts, "end_sessions")

    def _done(self, request: Any, accounts: Any, action: str) -> None:
        viewer: Viewer = viewer_of(request)
        record(viewer, *(Happening(action, ACCOUNT, account.pk, silent=True) for account in accounts))
        self.message_user(request, "已完成并留痕 done and recorded", messages.SUCCESS)


@admin.register(Event)
class EventAdmin(Closed):
    """To look at, never to change; what was before and after is masked as in the record's own history."""

    list_display = ("at", "who", "role", "action", "entity", "object_id", "why")
    list_filter = ("action", "entity")
    search_fields = ("who", "why")
    show_full_result_count = False
    fields = ("at", "who", "role", "action", "entity", "object_id", "version", "place", "organisation", "was", "became", "why")
    readonly_fields = ("was", "became")

    def get_object(self, request: Any, object_id: str, from_field: Any = None) -> Any:
        found: Any = super().get_object(request, object_id, from_field)
        if found is not None:
            found.reader = viewer_of(request)
        return found

    @admin.display(description="之前 before")
    def was(self, event: Any) -> str:
        return dumps(told(event.reader, event, event.before), ensure_ascii=False)

    @admin.display(description="之后 after")
    def became(self, event: Any) -> str:
        return dumps(told(event.reader, event, event.after), ensure_ascii=False)

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
