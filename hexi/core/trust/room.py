"""What the trust room declares: the posts that every district has."""

from hexi.core.trust.demo import load
from hexi.kernel.declare import Grant, Role, Room
from hexi.kernel.label import t

room = Room(
    key="trust",
    demo=(load,),
    demo_order=5,
    label=t("可信支撑", "trust"),
    roles=(
        Role("platform", t("平台自身", "the platform itself"), reach="everywhere"),
        Role("public", t("公众", "public"), reach="everywhere"),
        Role("administrator", t("系统管理员", "administrator"), reach="everywhere"),
        Role("leader", t("区领导", "district leader"), reach="everywhere"),
        Role("auditor", t("审计监督", "auditor"), reach="everywhere"),
        Role("data_steward", t("数据管理员", "data steward"), reach="area"),
        Role("department_staff", t("部门工作人员", "department staff"), reach="organisation"),
        Role("street_staff", t("街道工作人员", "street office staff"), reach="area"),
        Role("community_worker", t("社区工作者", "community worker"), reach="area"),
        Role("grid_worker", t("网格员", "grid worker"), reach="area"),
    ),
    grants=(
        Grant("administrator", "*", ("read", "export", "import", "create", "revise")),
        Grant("leader", "*", ("read", "export")),
        Grant("auditor", "*", ("read",)),
    ),
)
