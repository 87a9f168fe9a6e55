# One image per task: the same runtime beneath all of them, the task's own code and production dependencies on top.
#   docker build -f docker/task.Dockerfile --build-arg TASK=clean-chunk -t text-corpus/clean-chunk:mine .
# Pinned by tag, so that it builds wherever a stand-in has that tag; a deployment pins digests with --build-context.
ARG TASK

# What npm decides by, and nothing else: a changed source line leaves every dependency layer as it is.
FROM node:24-bookworm-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json tsconfig.base.json ./
COPY shared/package.json shared/
COPY tasks/ingest/package.json tasks/ingest/
COPY tasks/clean-chunk/package.json tasks/clean-chunk/
COPY tasks/validate/package.json tasks/validate/
COPY tasks/load/package.json tasks/load/
COPY tasks/lineage/package.json tasks/lineage/
COPY local/package.json local/
COPY tests/package.json tests/

# Everything is compiled once for all five images.
FROM manifests AS build
RUN --mount=type=cache,target=/root/.npm \
    npm ci --ignore-scripts --no-audit --no-fund --include-workspace-root --workspace=shared --workspace=tasks
COPY shared shared
COPY tasks tasks
COPY docker/bundle.mjs docker/
RUN npx tsc --build shared tasks/* && node shared/dist/tokens/build-tables.js \
 && node tasks/clean-chunk/dist/language/build-table.js && node docker/bundle.mjs \
 && find shared/dist tasks/*/dist \( -name '*.d.ts' -o -name '*.map' -o -name '.tsbuildinfo' \) -delete

FROM manifests AS dependencies
ARG TASK
# Types, source maps and manuals of dependencies are a third of their size and never run.
RUN --mount=type=cache,target=/root/.npm \
    test -n "$TASK" || { echo "give --build-arg TASK=ingest|clean-chunk|validate|load|lineage" >&2; exit 1; } \
 && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace="tasks/$TASK" --workspace=shared \
 && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -iname 'readme*' -o -iname 'changelog*' \) -delete

# Debian and the node binary: no npm, no compiler, no package manager of Node's.
FROM debian:bookworm-slim AS runtime
COPY --link --from=node:24-bookworm-slim /usr/local/bin/node /usr/local/bin/node
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --no-create-home --home-dir /tmp --shell /usr/sbin/nologin node
ENV NODE_ENV=production
USER 1000:1000
# Fargate has no tmpfs, and gives the volume in its place the rights of this folder only where the image declares it.
VOLUME /tmp

FROM runtime
ARG TASK
COPY --link --from=dependencies /app/node_modules /app/node_modules
COPY --link --from=build /app/shared/package.json /app/shared/package.json
COPY --link --from=build /app/shared/recipes /app/shared/recipes
COPY --link --from=build /app/shared/dist /app/shared/dist
COPY --link --from=build /app/tasks/${TASK}/package.json /app/tasks/${TASK}/package.json
COPY --link --from=build /app/tasks/${TASK}/dist /app/tasks/${TASK}/dist
COPY --link --from=build /app/tasks/${TASK}/bundle /app/tasks/${TASK}/bundle
# An error names the place in the source, not in the bundle.
ENV NODE_OPTIONS=--enable-source-maps
WORKDIR /app/tasks/${TASK}/bundle
ARG REVISION=unknown
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="text-corpus ${TASK}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
ENTRYPOINT ["node", "main.js"]
