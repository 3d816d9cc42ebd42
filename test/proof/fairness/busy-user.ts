import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { setPriority } from "node:os";
import path from "node:path";
import type { PrepareAttack } from "./attack";

/** The client's own work is done on other machines: here it takes what the platform and the tenant leave. */
const lowestPriority = 19;

/**
 * One user who breaks no rule: 48 reads, 8 fetches, 6 pushes and a promotion at the same time, and the next ones as
 * soon as they are answered.
 */
export const busyUser: PrepareAttack = async ({ url, attacker, target }) => {
    const { account, application } = target;
    await attacker.must("POST", `/account/${account}/application/${application}/environment/create`, {
        name: "Staging",
        source_environment_name: "Production",
        domain_name: "staging.mallory.example",
    });
    const world = JSON.stringify({ url, token: attacker.token, site: target });
    return {
        name: "63 requests of one user at the same time: reads, fetches, pushes and promotions",
        begin: async () => {
            const client = fork(path.join(__dirname, "busy-client.ts"), [world], {
                execArgv: ["--require", path.resolve("tools/compile-tests.cjs")],
            });
            const ended = once(client, "exit");
            setPriority(client.pid as number, lowestPriority);
            await Promise.race([once(client, "message"), ended]);
            assert.equal(client.exitCode, null, "the busy user met an error");
            return {
                end: async () => {
                    client.send("end");
                    const [code] = await ended;
                    assert.equal(code, 0, "the busy user met an error");
                },
            };
        },
    };
};
