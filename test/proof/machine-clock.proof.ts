import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Api, basic } from "../support/api";
import { platformCommand, signUpOffline } from "../support/offline";
import { spawnPlatform, withFolder } from "../support/platform";
import { SiteWriter } from "./machine/site-writer";
import { mustBeSound } from "./machine/until-ready";

const daySeconds = 86_400;
const email = "olga@agency.example";
const password = "correct horse battery";
const longestWindowSeconds = 3_600;

describe("a clock that jumps", () => {
    it("a year ahead, back, ten years back and across a start loses nothing and locks nobody out", () =>
        withFolder(async (folder) => {
            const data = path.join(folder, "data");
            const clock = path.join(folder, "clock");
            const jump = async (days: number) => {
                await writeFile(clock, String(days * daySeconds));
                await pause(200);
            };
            await writeFile(clock, "0");
            const token = await signUpOffline(data, email);
            const passwordFile = path.join(folder, "password");
            await writeFile(passwordFile, `${password}\n`);
            await platformCommand(data, "user", "add", email, "--password-file", passwordFile);
            const environment = {
                NODE_OPTIONS: `--require ${path.resolve("test/support/moving-clock.cjs")}`,
                SECTION_TEST_CLOCK: clock,
            };
            let platform = await spawnPlatform(data, { environment });
            try {
                const writer = await SiteWriter.begin(platform.url, token, folder);
                const anonymous = new Api(platform.url, undefined);
                const signIn = (secret: string) => anonymous.call("GET", "/user", undefined, basic(email, secret));
                await writer.step();
                await jump(400);
                await writer.step();
                // decided while the clock is ahead, and impossible until it is right again
                const obstacle = path.join(
                    data,
                    "repositories",
                    ((writer.application + 1) % 256).toString(16).padStart(2, "0"),
                );
                await writeFile(obstacle, "");
                const body = { hostname: "late.acme.example", origin: "192.0.2.1", stackName: "varnish-6.3-basic" };
                const request = { method: "POST", headers: { "section-token": token }, body: JSON.stringify(body) };
                const address = `${platform.url}/api/v1/account/${writer.account}/application/create`;
                assert.ok((await fetch(address, request)).status >= 500);
                for (let count = 0; count < 30; count += 1) await signIn("wrong");
                await jump(0);
                await rm(obstacle);
                const { status, headers } = await signIn(password);
                const waits = Number(headers.get("retry-after") ?? 0);
                assert.ok(status === 200 || (status === 429 && waits <= longestWindowSeconds), `${status}, ${waits} s`);
                await writer.step();
                const sites = async () => JSON.stringify(await new Api(platform.url, token).get("/account/graph"));
                for (let waited = 0; !(await sites()).includes("late.acme.example"); waited += 1) {
                    assert.ok(waited < 20, "what was decided while the clock was ahead is not finished");
                    await pause(1_000);
                }
                await jump(-3_650);
                await writer.step();
                await platform.kill();
                const port = Number(new URL(platform.url).port);
                platform = await spawnPlatform(data, { environment, port });
                await writer.step();
                await jump(0);
                await writer.step();
                assert.deepEqual(writer.counts.faults, []);
                assert.equal(writer.counts.refused, 0);
                const lost = await writer.listLost();
                await platform.stop();
                await mustBeSound(data);
                console.log(
                    `      4 jumps and a start: ${writer.counts.done} done, 0 refused; ${writer.acknowledged} facts acknowledged, ` +
                        `${lost.length} lost; a decision of the future is finished, check finds nothing`,
                );
                assert.deepEqual(lost, []);
            } finally {
                await platform.kill();
            }
        }));
});
