"""An environment's name to the plan of its first apply, made without an account."""

import pathlib
import sys
import tempfile

from moto_process import moto_server
from terraform import REGION, Root, copy_of_configuration

# The bucket of the state is the bootstrap's, and nothing stands yet.
LOCAL_STATE = 'terraform {\n  backend "local" {}\n}\n'


def main(environment: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        configuration = copy_of_configuration(folder) / "environments" / environment
        (configuration / "backend_override.tf").write_text(LOCAL_STATE)
        with moto_server(folder / "log") as endpoint:
            root = Root(configuration, endpoint, {"region": REGION, "image_tag": "0.1.0"})
            root.init()
            print(root("plan"))


if __name__ == "__main__":
    main(sys.argv[1])
