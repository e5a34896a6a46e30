"""`hexi run`: everything that a district needs on one machine, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from hexi.kernel.label import t
from hexi.tools.processes.alone import alone
from hexi.tools.processes.brokers import broker_possible
from hexi.tools.processes.plan import Plan
from hexi.tools.processes.ports import need_free
from hexi.tools.processes.supervisor import Supervisor
from hexi.tools.processes.welcome import Welcome
from hexi.tools.voice import say

SUMMARY = t("启动平台：网页、推送、后台任务", "start the platform: web, stream, workers")

VAR = Path(os.environ.get("HEXI_VAR", Path(__file__).resolve().parents[3] / "var"))


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("HEXI_BIND", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("HEXI_PORT", "8000")))
    parser.add_argument("--stream-port", type=int, default=int(os.environ.get("HEXI_STREAM_PORT", "8001")))
    parser.add_argument("--workers", type=int, default=int(os.environ.get("HEXI_WORKERS", "2")), help="web processes")


def run(options: argparse.Namespace) -> int:
    started = time.monotonic()
    demo = os.environ.get("HEXI_DEMO", "1") != "0"
    simulate = demo and os.environ.get("HEXI_SIMULATE", "1") != "0"
    plan = Plan(options.host, options.port, options.stream_port, options.workers, demo=demo, broker=broker_possible(), simulate=simulate)
    need_free(plan.host, plan.port, "HEXI_PORT")
    need_free(plan.host, plan.stream_port, "HEXI_STREAM_PORT")
    with alone(VAR):
        say(t("准备数据库……", "Preparing the database…"))
        if code := _prepared(plan):
            return code
        names = " ".join(["web", "stream", *plan.lanes()])
        say(t(f"启动进程：{names}", f"Starting the processes: {names}"))
        return Supervisor(plan.children(), Welcome(plan, started).look).run()


def _prepared(plan: Plan) -> int:
    try:
        return subprocess.call([sys.executable, "-m", "hexi.tools.command", "prepare"], env={**os.environ, **plan.environment()})
    except KeyboardInterrupt:
        say(t("下次启动会接着准备", "The next start goes on from here"))
        return 130
