# Short names for what is done often; `just` alone lists them.
bin := ".venv/bin"

_default:
    @just --list --unsorted

# The tests, with branch coverage; arguments go to pytest.
test *arguments:
    {{bin}}/pytest --cov {{arguments}}

# Style and types.
lint:
    {{bin}}/ruff check .
    {{bin}}/ruff format --check .
    {{bin}}/mypy

# The README's examples, from real runs.
docs:
    cd tests && ../{{bin}}/python readme.py --write ../README.md

# The golden screens and files, after a change that means to change them.
golden:
    SPACEREL_GOLDEN=write {{bin}}/pytest -q -k golden

# The exports in readers that run in Node and in a browser; needs node, npm, graphviz and chromium (or CHROMIUM=PATH).
clients:
    cd tests/clients && npm install --no-audit --no-fund && node run.mjs ../../{{bin}}/spacerel

# The schema in the server that editors use, yaml-language-server; needs node and npm.
language-server:
    npm install --no-save --no-audit --no-fund --prefix build/language-server yaml-language-server@2.0.0
    {{bin}}/python tests/clients/language_server.py node build/language-server/node_modules/yaml-language-server/bin/yaml-language-server

# Fuzz the reader and fmt; needs `pip install -e '.[dev,fuzz]'`.
fuzz seconds="600":
    PYTHONPATH=tests {{bin}}/python tests/fuzz.py {{seconds}}

# How fast, as ratios.
bench:
    {{bin}}/python benchmarks/run.py

# What has to be green before a push: the same as the CI runs.
check:
    .ci/run
