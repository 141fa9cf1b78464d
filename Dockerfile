# Two images from one file: `agent` holds agent/ and what it needs, `collector` everything. Emitted JavaScript, no
# development dependencies, not root, read-only root file system; nothing in them needs a shell.
# BASE brings `node` in the PATH; releases give it with its digest. BUILD_BASE also npm.
# amd64 and arm64 (`--platform linux/amd64,linux/arm64`): everything is made on the building machine's own processor and only
# the packages are another's, so that no emulator is needed.
ARG BASE=node:24-bookworm-slim
ARG BUILD_BASE=node:24-bookworm-slim

FROM --platform=$BUILDPLATFORM ${BUILD_BASE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json LICENSE ./
COPY scripts ./scripts
COPY agent ./agent
COPY collector ./collector
COPY reports ./reports
COPY bin ./bin
RUN npm run build && mkdir /state && chown 65532:65532 /state && chmod 0700 /state

# Production packages, then those of the agent alone: the lock file's versions, pruned to what agent/ imports. What packages
# carry for people (sources, types, maps, tests) is left out, their licences stay and are listed.
FROM build AS target-packages
ARG TARGETARCH
RUN node scripts/target-platform.mjs "$TARGETARCH" >> .npmrc && npm ci --omit=dev --ignore-scripts --prefer-offline --no-audit --no-fund
FROM target-packages AS packages
RUN node scripts/slim-packages.mjs && node scripts/check-imports.mjs dist
FROM target-packages AS agent-packages
RUN node scripts/agent-manifest.mjs && npm prune --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund && node scripts/slim-packages.mjs && node scripts/check-imports.mjs dist/agent

# V8's compiled code of a collector's start, made where the image has it and by the image's user; for another processor there is none.
FROM packages AS warm
ARG TARGETARCH
WORKDIR /opt/xunjian
RUN cp -r /src/node_modules /src/dist /src/package.json ./ && mkdir compile-cache && chown 65532:65532 compile-cache
USER 65532:65532
ENV HOME=/tmp NODE_COMPILE_CACHE=/opt/xunjian/compile-cache
RUN node /src/scripts/warm-cache.mjs "$TARGETARCH" /opt/xunjian/dist/bin/xunjian.js --min-semi-space-size=16

FROM build AS lists
COPY --from=agent-packages /src/node_modules/.package-lock.json /lists/agent.json
COPY --from=packages /src/node_modules/.package-lock.json /lists/collector.json
RUN mkdir /lists/agent /lists/collector && node scripts/sbom.mjs agent /lists/agent.json /lists/agent && node scripts/sbom.mjs collector /lists/collector.json /lists/collector

FROM --platform=$TARGETPLATFORM ${BASE} AS agent
ENV NODE_ENV=production NODE_OPTIONS=--max-old-space-size=192
WORKDIR /opt/xunjian
COPY --from=agent-packages /src/node_modules ./node_modules
COPY --from=lists /lists/agent /src/LICENSE ./
COPY --from=build /src/package.json ./
COPY --from=build /src/dist/agent ./dist/agent
COPY --from=build /src/dist/bin ./dist/bin
COPY --from=build --chown=65532:65532 /state /var/lib/xunjian
USER 65532:65532
EXPOSE 9464
# What stays on a node does without compilers from its first instruction, which saves 2.4 MiB; its children have them.
ENTRYPOINT ["node", "--no-opt", "--no-sparkplug", "--no-maglev", "/opt/xunjian/dist/bin/xunjian.js"]
CMD ["agent", "--role", "node", "--listen", "0.0.0.0:9464"]

FROM --platform=$TARGETPLATFORM ${BASE} AS collector
ENV NODE_ENV=production XUNJIAN_DATA_DIR=/var/lib/xunjian NODE_COMPILE_CACHE=/opt/xunjian/compile-cache
WORKDIR /opt/xunjian
COPY --from=packages /src/node_modules ./node_modules
COPY --from=lists /lists/collector /src/LICENSE ./
COPY --from=build /src/package.json ./
COPY --from=build /src/dist ./dist
COPY --from=warm --chown=65532:65532 /opt/xunjian/compile-cache ./compile-cache
# SQLite, keys: a volume in production.
COPY --from=build --chown=65532:65532 /state /var/lib/xunjian
USER 65532:65532
EXPOSE 8080
# Compiled code from the image and room for what a start makes: a fifth less of it, in a new volume too.
ENTRYPOINT ["node", "--min-semi-space-size=16", "/opt/xunjian/dist/bin/xunjian.js"]
CMD ["collector", "--listen", "0.0.0.0:8080"]
