"""Tables for the person concerned: the links that show who they are, and what they ask about a look."""

from __future__ import annotations

from django.db import models

from hexi.core.data.fields import Choice, Entity, LongText, Moment, Number, Office, Place, Text
from hexi.kernel.label import t

STATES = (("asked", t("待答复", "waits for an answer")), ("answered", t("已答复", "answered")))


class PersonLink(models.Model):
    """Says that a record is about somebody: whoever holds the link (`mark` is of its secret), or an account that was opened with it.

    It lasts until `ends_at`; without one, until the record is erased.
    """

    entity = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    mark = models.CharField(max_length=64, blank=True)
    account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "data"
        constraints = (
            models.UniqueConstraint(fields=["mark"], name="one_link_of_a_secret", condition=~models.Q(mark="")),
            models.UniqueConstraint(fields=["account_id", "entity", "object_id"], name="one_link_of_an_account"),
        )
        indexes = (models.Index(fields=["entity", "object_id"], name="link_of_person"),)


class LookQuestion(Entity):
    """What the person concerned asks the office whose post looked; the answer stands on their page."""

    look = Number(t("查看记录号", "number of the look"), low=1)
    register = Text(t("登记", "register"), max_length=80)
    record = Number(t("记录", "record"), low=1)
    looked_at = Moment(t("查看时间", "looked at"), missing=False)
    looker = Text(t("查看人", "who looked"), max_length=80)
    purpose = Text(t("当时写明的用途", "purpose given then"), max_length=200)
    words = LongText(t("本人询问", "question"), privacy="personal", source="the person concerned")
    place = Place(t("地点", "place"), missing=True)
    office = Office(t("查看单位", "office that looked"), missing=True)
    state = Choice(t("状态", "state"), options=STATES, default="asked")
    answer = LongText(t("答复", "answer"), missing=True)
    answered_at = Moment(t("答复时间", "answered at"))

    class Meta:
        indexes = (models.Index(fields=["register", "record"], name="question_of_record"),)

    class Describe:
        label = t("本人对查看的询问", "question about a look")
        about = t(
            "被查看信息的本人对某次查看提出的询问；查看单位答复后，本人在自己的页面上看到",
            "What people ask about a look at their data; the office that looked answers, and they read it on their page",
        )
        title, place, organisation, importable = "purpose", "place", "office", False
        list = ("looked_at", "register", "looker", "purpose", "words", "office", "state", "answered_at")
        sort, person = "-id", None  # whoever asks is known by their link alone
        fixed = (
            "look", "register", "record", "looked_at", "looker", "purpose", "words", "place", "office", "state", "answer", "answered_at",
        )  # fmt: skip
