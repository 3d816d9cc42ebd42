"""Runs a program as Pulumi's language host for Python does. What the engine tells it stands in the environment."""

import asyncio
import os
import runpy
import sys

import pulumi.runtime

told = os.environ
pulumi.runtime.configure(
    pulumi.runtime.Settings(
        organization=told["PULUMI_ORGANIZATION"],
        project=told["PULUMI_PROJECT"],
        stack=told["PULUMI_STACK"],
        monitor=told["PULUMI_MONITOR"],
        engine=told["PULUMI_ENGINE"],
        parallel=int(told["PULUMI_PARALLEL"]),
        dry_run=told["PULUMI_DRY_RUN"] == "true",
    )
)


async def run() -> None:
    await pulumi.runtime.run_in_stack(lambda: runpy.run_path(sys.argv[1], run_name="__main__"))


asyncio.run(run())
