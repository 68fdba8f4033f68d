# Two stages: the first installs, with pip, uv and Node at hand; the second runs, with none of them and not as root.
#   docker build -t trainyard .
#   docker run --init -p 8000:8000 -v trainyard:/data trainyard

# ------------------------------------------------------------------------------------------ build
FROM python:3.11-slim-bookworm AS build

# Which build of PyTorch: cpu, or a graphics card's, as uv names it (cu130, rocm6.4). pip alone would take the CUDA one.
ARG TORCH_BACKEND=cpu

WORKDIR /trainyard
RUN python -m venv --without-pip .venv \
 && pip install --no-cache-dir "uv==0.13.*"

# The heavy layers come first and change least: PyTorch, then the other packages and the browser's libraries.
COPY constraints.txt ./
RUN uv pip install --no-cache --python .venv --torch-backend "$TORCH_BACKEND" -c constraints.txt torch

# The empty package is enough for an editable install; the sources themselves are copied below.
COPY pyproject.toml README.md hatch_build.py package.json package-lock.json .npmrc ./
RUN mkdir app \
 && touch app/__init__.py \
 && uv pip install --no-cache --python .venv --torch-backend "$TORCH_BACKEND" -c constraints.txt --compile-bytecode -e .

COPY . .
RUN uv pip install --no-cache --python .venv --no-deps --reinstall-package trainyard -e . \
 && .venv/bin/python -m compileall -q app

# ------------------------------------------------------------------------------------------ run
FROM python:3.11-slim-bookworm

# One thread each for the launcher's libraries (see docs/architecture.md); output at once, for docker logs.
ENV OPENBLAS_NUM_THREADS=1 \
    OMP_NUM_THREADS=1 \
    MKL_NUM_THREADS=1 \
    PYTHONUNBUFFERED=1 \
    PATH=/trainyard/.venv/bin:$PATH

RUN useradd --create-home --user-group --uid 10001 trainyard \
 && install --directory --owner=trainyard --group=trainyard /data

WORKDIR /trainyard
COPY --from=build /trainyard /trainyard

USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/health', timeout=4)"]

ENTRYPOINT ["trainyard"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000", "--data", "/data"]
