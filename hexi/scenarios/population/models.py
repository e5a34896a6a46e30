"""Django looks for tables here; they are declared in the scenario's own file."""

from hexi.scenarios.population.scenario import Resident

__all__ = ["Resident"]
