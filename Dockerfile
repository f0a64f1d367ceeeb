# Paperboy with its one volume, /data. Made to run on a read-only root file system:
#   docker build -t paperboy .
#   docker run --init --read-only --tmpfs /tmp -v paperboy:/data -p 127.0.0.1:8420:8420 -e DISCORD_TOKEN=… paperboy
# scripts/try-dockerfile.sh carries out these steps without Docker; it reads this file, so keep to the instructions it knows.
FROM node:26-slim

ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8420 \
    DATABASE_URL=sqlite:/data/paperboy.db

WORKDIR /app

# The libraries first: they change less often than the code. The image has Node 26, so the project's own may stay out.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

COPY scripts/check-node.js ./scripts/
COPY config ./config
COPY seeds ./seeds
COPY src ./src

# The volume takes over the owner of the folder it covers.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8420

# Without a token the demo's page is on PORT, and our own web one above it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "const { DISCORD_TOKEN, DISCORD_TOKEN_FILE, PORT } = process.env; const port = Number(PORT) + (DISCORD_TOKEN || DISCORD_TOKEN_FILE ? 0 : 1); fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# Not through npm, which would not pass on every signal. The small young generation keeps memory low, as in package.json.
CMD ["node", "--max-semi-space-size=4", "src/main.ts", "start"]
