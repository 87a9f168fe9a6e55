"""An environment that stands: what it gave out, and how it ends."""

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
    def changes(self) -> dict[str, dict]:
        """What a second plan, right after the apply, would change."""
        return self.root.changes()

    def end(self) -> None:
        """Destroys it as its README says; prod asks for a step before."""
        if self.name == "prod":
            self.root.apply("-var=decommission=true")
        self.root.destroy()
        left = [resource["address"] for resource in self.root.managed()]
        assert left == [], f"{self.name} was destroyed, but these are left: {left}"
