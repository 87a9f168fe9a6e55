# Airflow with the DAGs and the contracts that they read. Its own user (50000), nothing to compile, no secret.
#   docker build -f docker/airflow.Dockerfile -t text-corpus/airflow:mine .
FROM apache/airflow:3.3.2-python3.11
COPY --link dags/requirements.txt /tmp/requirements.txt
RUN pip install --no-cache-dir --disable-pip-version-check --quiet -r /tmp/requirements.txt
COPY --link dags /opt/airflow/dags
COPY --link shared/contracts /opt/airflow/shared/contracts
ARG REVISION=unknown
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="text-corpus airflow" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
