"""Livelihood: what the government promised its residents for the year, how far it is, and what it may not say."""

from hexi.kit import MenuItem, Scenario, t
from hexi.scenarios.livelihood.importers import load
from hexi.scenarios.livelihood.screens import desk, near, screen

scenario = Scenario(
    key="livelihood",
    label=t("民心工程", "Livelihood programme"),
    owner=t("区民心工程办公室", "Livelihood Programme Office"),
    pages=(screen, desk, near),
    menu=(MenuItem("livelihood_desk", t("民心工程台", "Livelihood desk"), page="livelihood_desk", home=("programme_coordinator", "leader")),),
    demo=(load,),
    demo_order=100,
)
