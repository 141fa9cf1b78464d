# Two images from one file: `agent` holds agent/ and what it needs, `collector` everything. Emitted JavaScript, no
# development dependencies, not root.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY agent ./agent
COPY collector ./collector
COPY reports ./reports
COPY bin ./bin
RUN npm run build

# Production packages, then those of the agent alone: the lock file's versions, pruned to what agent/ imports.
FROM build AS packages
RUN npm prune --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund
FROM packages AS agent-packages
RUN node scripts/agent-manifest.mjs && npm prune --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim AS agent
ENV NODE_ENV=production
WORKDIR /opt/xunjian
COPY --from=agent-packages /src/node_modules ./node_modules
COPY --from=build /src/package.json ./
COPY --from=build /src/dist/agent ./dist/agent
COPY --from=build /src/dist/bin ./dist/bin
USER 65532:65532
EXPOSE 9464
ENTRYPOINT ["node", "--max-old-space-size=192", "/opt/xunjian/dist/bin/xunjian.js"]
CMD ["agent", "--role", "node", "--listen", "0.0.0.0:9464"]

FROM node:24-bookworm-slim AS collector
ENV NODE_ENV=production
WORKDIR /opt/xunjian
COPY --from=packages /src/node_modules ./node_modules
COPY --from=build /src/package.json ./
COPY --from=build /src/dist ./dist
# SQLite, keys: a volume in production.
RUN install -d -o 65532 -g 65532 -m 0700 /var/lib/xunjian
ENV XUNJIAN_DATA_DIR=/var/lib/xunjian
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["node", "/opt/xunjian/dist/bin/xunjian.js"]
CMD ["collector", "--listen", "0.0.0.0:8080"]
