"""Tables of the trust room: organisations, accounts, posts, sessions, attempts, events and the notices that go out on the stream."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hexi.core.trust.ledger import models as ledger  # noqa: F401 - Django looks for tables here

RESERVED_ROLES = ("platform", "public")  # nobody holds them: they are what the server and the anonymous reader are
place_code = RegexValidator(r"\A\d*\Z", "地点代码只有数字 / a place code has digits only")


class Organisation(models.Model):
    """A body of the district: a department, a street office, a community committee. `key` is stable."""

    key = models.CharField("代码 key", max_length=60, unique=True)
    name_zh = models.CharField("名称", max_length=120)
    name_en = models.CharField("English name", max_length=160)
    kind = models.CharField("类别 kind", max_length=40, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name="上级 parent")
    place = models.CharField("辖区 place", max_length=40, blank=True, validators=[place_code])

    class Meta:
        verbose_name = verbose_name_plural = "机构 organisations"

    def __str__(self) -> str:
        return self.name_zh


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; a password is always hashed."""

    def create_user(self, username: str, password: str | None = None, **more: Any) -> Account:
        account = self.model(username=username, **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who can sign in. What they may do comes from their posts alone."""

    username = models.CharField("用户名 user name", max_length=60, unique=True)
    name = models.CharField("姓名 name", max_length=80)
    language = models.CharField("语言 language", max_length=2, blank=True, choices=(("", "—"), ("zh", "中文"), ("en", "English")))
    is_active = models.BooleanField("可登录 may sign in", default=True)
    otp_secret = models.CharField(max_length=200, blank=True, editable=False)
    otp_used_step = models.BigIntegerField(default=0, editable=False)
    subject = models.CharField("统一身份标识 OIDC subject", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    class Meta:
        verbose_name = verbose_name_plural = "账号 accounts"
        constraints = (models.UniqueConstraint(fields=["subject"], condition=~Q(subject=""), name="one_account_of_a_subject"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """May enter Django's admin: holds the post of administrator today."""
        if not hasattr(self, "_is_staff"):
            self._is_staff = self.is_active and self.posts.filter(Post.held_on(timezone.localdate()), role="administrator").exists()
        return self._is_staff

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class Post(models.Model):
    """A role that somebody holds over an area, for an organisation, from a day to a day (both included)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField("岗位角色 role", max_length=60)
    place = models.CharField("辖区 place", max_length=40, blank=True, validators=[place_code])
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, verbose_name="机构 organisation")
    valid_from = models.DateField("自 from", null=True, blank=True)
    valid_to = models.DateField("至 to", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职 posts"
        constraints = (
            models.UniqueConstraint(fields=["account", "role", "place", "organisation"], name="one_post_of_a_kind"),
            models.UniqueConstraint(fields=["account", "role", "place"], condition=Q(organisation=None), name="one_post_without_office"),
            models.CheckConstraint(condition=~Q(role__in=RESERVED_ROLES), name="nobody_holds_a_reserved_role"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.place}".strip()

    @staticmethod
    def held_on(day: Any) -> Q:
        """Posts that are held on that day."""
        return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


class Session(AbstractBaseSession):
    """A signed-in browser. Deleting the row signs it out."""

    account_id = models.BigIntegerField(null=True, db_index=True)
    started_at = models.DateTimeField()
    device = models.CharField(max_length=200, blank=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from hexi.core.trust.sessions import SessionStore

        return SessionStore


class Attempt(models.Model):
    """How often signing in failed for one user name or one address. The key is hashed: people type passwords into the wrong box."""

    key = models.CharField(max_length=80, unique=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    at = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True, blank=True)


class Event(models.Model):
    """One thing that was done: who, what, before and after, why. Rows are only ever added: the database refuses the rest.

    `leaf` commits to the row with a salt of its own, so that the table can become a transparency log.
    """

    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    who = models.CharField(max_length=80)
    role = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=80)
    entity = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    version = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=40, blank=True)
    organisation = models.CharField(max_length=600, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    salt = models.BinaryField(max_length=16)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "留痕 events"
        indexes = (
            models.Index(fields=["entity", "object_id", "id"], name="event_of_object"),
            models.Index(fields=["account_id", "id"], name="event_of_account"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.entity} {self.object_id}"


class Erasure(models.Model):
    """Which event lost its content and its salt, and by which event that was ordered. Without such a row the database refuses it."""

    event_id = models.BigIntegerField(db_index=True)
    by_event = models.BigIntegerField()


class Notice(models.Model):
    """The outbox: that something changed, never what it says. The relay gives the sequence, so readers see one order.

    `event_id` is the change's event; none where one notice stands for many.
    """

    at = models.DateTimeField()
    topic = models.CharField(max_length=80)
    entity = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    version = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=40, blank=True)
    organisation = models.CharField(max_length=600, blank=True)
    action = models.CharField(max_length=80, blank=True)
    event_id = models.BigIntegerField(null=True)
    sequence = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = (
            models.Index(fields=["topic", "sequence"], name="notice_of_topic"),
            models.Index(fields=["id"], name="notice_waiting", condition=models.Q(sequence__isnull=True)),
        )
