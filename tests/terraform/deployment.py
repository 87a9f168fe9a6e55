"""An environment that stands: what it gave out, and how it ends."""

import json
import time
from collections import Counter
from collections.abc import Callable
from functools import cached_property

from terraform import Root


class Deployment:
    """One applied environment. Whoever made it calls `end`."""

    def __init__(self, name: str, endpoint: str, root: Root):
        self.name, self.endpoint, self.root = name, endpoint, root
        self.seconds: dict[str, int] = {}

    def timed(self, what: str, action: Callable):
        """What the action gives; how long it took is kept."""
        began = time.monotonic()
        try:
            return action()
        finally:
            self.seconds[what] = round(time.monotonic() - began)

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
        return self.timed("plan", self.root.plan)

    @cached_property
    def changes(self) -> dict[str, dict]:
        """What the second plan would change, by address; empty when the world is as written."""
        every = {change["address"]: {"type": change["type"], **change["change"]} for change in json.loads(self.plan)["resource_changes"]}
        return {address: change for address, change in every.items() if change["actions"] not in (["no-op"], ["read"])}

    def figures(self) -> dict:
        """What is worth keeping of it: what was made, how long that took, what a second plan would change."""
        types = Counter(resource["type"] for resource in self.managed)
        differences = {address: sorted(differing(change)) for address, change in sorted(self.changes.items())}
        return {"resources": sum(types.values()), "types": dict(sorted(types.items())), "secondPlan": differences, "seconds": self.seconds}

    def end(self) -> None:
        """Destroys it as its README says; prod asks for a step before."""
        if self.name == "prod":
            self.timed("decommission", lambda: self.root.apply("-var=decommission=true"))
        self.timed("destroy", self.root.destroy)
        left = [resource["address"] for resource in self.root.managed()]
        assert left == [], f"{self.name} was destroyed, but these are left: {left}"


def differing(change: dict) -> set[str]:
    """The arguments that an update would set to something else."""
    before, after = change["before"] or {}, change["after"] or {}
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
