"""An environment that stands: what it gave out, and how it ends."""

import json
from functools import cached_property

from terraform import Root


class Deployment:
    """One applied environment. Whoever made it calls `end`."""

    def __init__(self, name: str, endpoint: str, root: Root):
        self.name, self.endpoint, self.root = name, endpoint, root

    @cached_property
    def outputs(self) -> dict:
        return self.root.outputs()

    @cached_property
    def airflow(self) -> dict[str, str]:
        """Settings for Airflow's scheduler."""
        return self.outputs["airflow_environment"]

    @cached_property
    def managed(self) -> list[dict]:
        """Every resource, as the state holds it."""
        return self.root.managed()

    @cached_property
    def plan(self) -> str:
        """A second plan, right after the apply, as JSON."""
        return self.root.plan()

    @cached_property
    def changes(self) -> dict[str, dict]:
        """What the second plan would change, by address; empty when the world is as written."""
        every = {change["address"]: {"type": change["type"], **change["change"]} for change in json.loads(self.plan)["resource_changes"]}
        return {address: change for address, change in every.items() if change["actions"] not in (["no-op"], ["read"])}

    def end(self) -> None:
        """Destroys it as its README says; prod asks for a step before."""
        if self.name == "prod":
            self.root.apply("-var=decommission=true")
        self.root.destroy()
        left = [resource["address"] for resource in self.root.managed()]
        assert left == [], f"{self.name} was destroyed, but these are left: {left}"
