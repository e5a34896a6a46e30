"""Who may do what with the samples."""

from hexi.core.data.concerned.acts import link_for_person
from hexi.core.data.concerned.erasing import erasing
from hexi.core.data.forms import Form, question
from hexi.core.data.tests.samples.models import Errand, Team, Thing
from hexi.kernel.declare import Action, Grant, Room
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Lifecycle, State, Step


class Filing(Form):
    """What somebody asks for."""

    title: str = question(t("事由", "subject"), min_length=2, max_length=80)
    place: str = question(t("地点", "place"), "", place=True)
    proof: int | None = question(t("照片", "photograph"), None, file=True)
    thing: int | None = question(t("样品", "sample"), None, reference="samples.thing")


def _file(change):
    given = change.answers
    return change.create(Errand, title=given.title, place=given.place, proof_id=given.proof, thing_id=given.thing, state="filed")


life = Lifecycle(
    key="errand", label=t("办理", "handling"), field="state", start="filed",
    states=(State("filed", t("已提交", "filed")), State("taken", t("办理中", "taken up")), State("closed", t("已办结", "closed"), final=True)),
    steps=(
        Step("take", t("受理", "take up"), ("filed",), "taken", by=("community_worker", "data_steward"), primary=True),
        Step("close", t("办结", "close"), ("taken",), "closed", by=("community_worker", "data_steward"), needs=("note", "tags", "proof")),
    ),
)  # fmt: skip

room = Room(
    key="samples",
    label=t("样品", "samples"),
    entities=(Team, Thing, Errand),
    lifecycles=((Errand, life),),
    actions=(erasing("samples.thing"), link_for_person("samples.thing", by=("community_worker",)), Action("file", t("提交", "file"), "samples.errand", _file, Filing, by=("public",), creates=True),),
    grants=(
        Grant("data_steward", "samples.*", ("read", "create", "revise", "import", "export"), sees="personal"),
        Grant("community_worker", "samples.thing", ("read", "create", "revise", "reveal", "import", "export"), sees="internal"),
        Grant("community_worker", "samples.errand", ("read", "revise"), sees="internal"),
        Grant("grid_worker", "samples.thing", ("read", "revise", "export"), sees="open"),
        Grant("street_staff", "samples.thing", ("read", "export"), sees="internal", where=~(Thing.stage == "draft")),
        Grant("street_staff", "samples.thing", ("read",), sees="personal", where=Thing.team.to(Team.rank) >= 3),
        Grant("department_staff", "samples.thing", ("read", "revise", "export", "import"), sees="personal"),
        Grant("public", "samples.thing", ("read", "export"), sees="open", where=Thing.stage == "shown"),
    ),
)
