# The image of web servers and workers alike, built from the lock files: docker build -t concord .
FROM node:22-bookworm-slim AS pages
WORKDIR /concord
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node build.mjs

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CONCORD_DATA=/data
WORKDIR /concord
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
RUN useradd --system --uid 10001 --home-dir /data concord && install -d -o concord -g concord /data
COPY . .
COPY --from=pages /concord/build ./build
RUN python -m compileall -q config projects sources coding reconciliation datasets
USER concord
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "manage.py"]
CMD ["serve", "--no-worker", "--bind", "0.0.0.0:8000"]
