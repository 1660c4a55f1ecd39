# One image for every app; the command says which.
FROM node:22-bookworm-slim AS build
WORKDIR /cordboard
COPY . .
# What is optional are the private database's programs, which a container has no use for.
RUN npm ci \
  && npm run build \
  && npm prune --omit=dev --omit=optional \
  && find libs apps -name src -type d -prune -exec rm -rf {} +

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /cordboard
# Owned by root: the app cannot change its own code.
COPY --from=build /cordboard/package.json ./
COPY --from=build /cordboard/node_modules ./node_modules
COPY --from=build /cordboard/libs ./libs
COPY --from=build /cordboard/apps ./apps
USER node
ENTRYPOINT ["node"]
CMD ["apps/cli/bin/cordboard.mjs", "--help"]
