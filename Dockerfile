# syntax=docker/dockerfile:1

# The version is that of rust-toolchain.toml.
FROM rust:1.95.0-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target,sharing=locked \
    cargo build --release --locked --package rodtrad \
    && install -D target/release/rodtrad /out/rodtrad

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="Rödtråd" \
      org.opencontainers.image.description="Planning and follow-up for Swedish regions and municipalities" \
      org.opencontainers.image.licenses="EUPL-1.2"

RUN groupadd --system --gid 10001 rodtrad \
    && useradd --system --uid 10001 --gid rodtrad --no-create-home --home-dir /var/lib/rodtrad \
        --shell /usr/sbin/nologin rodtrad \
    && install --directory --owner rodtrad --group rodtrad --mode 0700 /var/lib/rodtrad

COPY LICENSE /usr/share/doc/rodtrad/LICENSE
COPY --from=build /out/rodtrad /usr/local/bin/rodtrad

# The numbers, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /var/lib/rodtrad
VOLUME /var/lib/rodtrad

# Public inside the container: it does not start until RODTRAD_JWT_SECRET is set.
ENV DATABASE_URL=sqlite:/var/lib/rodtrad/rodtrad.sqlite \
    RODTRAD_BIND=0.0.0.0:8080
EXPOSE 8080

# The image has bash and no HTTP client; bash opens sockets itself.
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>\"/dev/tcp/127.0.0.1/${RODTRAD_BIND##*:}\" && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["rodtrad"]
CMD ["serve"]
