# One command each. `make` alone explains them; CI runs the same ones.
.DEFAULT_GOAL := help
.PHONY: help setup setup-test setup-python setup-web web run demo test test-fast check fix bench snapshots docs new lock clean

PY := .venv/bin/python
HEXI := .venv/bin/hexi

help: ## 列出这些命令 | list these commands
	@sh setup/help.sh $(MAKEFILE_LIST)

setup: ## 准备运行所需的一切（其他命令会自动调用） | prepare all that running needs (other targets call it)
	@setup/system.sh run
	@setup/python.sh run
	@setup/web.sh build

setup-test:
	@setup/system.sh test
	@$(MAKE) --no-print-directory --jobs=2 setup-python setup-web

setup-web:
	@setup/web.sh build

setup-python:
	@setup/python.sh test

run: setup ## 启动平台：网页、推送、后台任务（Ctrl-C 停止） | start the platform: web, stream, workers (Ctrl-C stops it)
	@$(HEXI) run

demo: setup ## 装入示范城区的数据 | load the reference district's data
	@$(HEXI) demo

web: ## 只构建前端 | build the front end only
	@setup/web.sh build

test: setup-test ## 全部检查和测试，含 PostgreSQL 与浏览器 | every check and test, with PostgreSQL and a browser
	@$(PY) -m tests.stages

test-fast: setup-python ## 只在 SQLite 上跑 Python 测试 | the Python tests on SQLite only
	@$(PY) -m pytest -q hexi tests --ignore=tests/browser --ignore=tests/verifiers

check: setup-python ## 静态检查：ruff、pyright、楼层规则、自有规则 | ruff, pyright, the floors, our own rules
	@setup/web.sh packages
	@$(PY) -m tests.stages check

fix: setup-python ## 自动修正能修正的 | repair what can be repaired without thinking
	@$(PY) -m ruff check --fix --quiet . || true

bench: setup-test ## 性能测量（bench/README.md） | the benchmarks (bench/README.md)
	@$(HEXI) bench $(only)

snapshots: setup-python ## 更新入库的快照：openapi.json、界面规格、查询次数 | renew the committed snapshots; the diff is a decision
	@$(HEXI) snapshots

docs: setup-python ## 检查文档并运行其中的例子 | check the documentation and run its examples
	@$(PY) -m pytest -q tests/docs

new: setup-python ## 新建一个应用场景：make new name=waste | write a new scenario: make new name=waste
	@$(HEXI) new $(name)

lock: setup-python ## 重新锁定 Python 依赖 | lock the Python packages anew
	@setup/lock.sh

clean: ## 删除生成物；数据库留在 var/ 中 | remove what was built; the database in var/ stays
	@rm -rf .venv .setup web/node_modules web/dist .pytest_cache .ruff_cache .import_linter_cache .hypothesis
