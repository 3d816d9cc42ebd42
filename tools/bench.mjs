// `npm run bench [-- SUITE... --full]`: figures, each with its floor from the same run.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { repository, setUp } from "./setup.mjs";

const say = (line) => console.log(`· ${line}`);
setUp(say);
const { findEngine } = await import("./pulumi/find-engine.mjs");
const bin = await findEngine(say);
const environment = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
const { status } = spawnSync(process.execPath, ["--import", "tsx", "bench/main.ts", ...process.argv.slice(2)], {
    cwd: repository,
    stdio: "inherit",
    env: environment,
});
process.exit(status ?? 1);
