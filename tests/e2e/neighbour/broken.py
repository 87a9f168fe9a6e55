"""A DAG file that cannot be imported: its author's trouble, nobody else's."""

import airflow

raise RuntimeError(f"this dag was never finished, {airflow.__version__}")
