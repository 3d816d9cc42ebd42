import assert from "node:assert/strict";
import { makeLimits } from "../../../platform/http/limits";
import type { RateLimit } from "../../../platform/http/rate-limit";
import { readOptions } from "../../../platform/options";
import { Api } from "../../support/api";
import { git } from "../../support/git";
import { startListening } from "../../support/listening-server";
import { withFolder } from "../../support/platform";
import { fresh } from "../../support/stores";

/** How many of so many requests of one client are let through. */
function countTaken(limit: RateLimit, wanted: number): number {
    for (let count = 0; count < wanted; count += 1)
        try {
            limit.take("one");
        } catch {
            return count;
        }
    return wanted;
}

const pleaseWait = /Please wait a few minutes, or as long as Retry-After says\.$/;

describe("limits of what one client may ask for", function () {
    this.timeout(60_000);

    it("turn a user's requests away with 429, and nobody else's", async () => {
        const { api, url, close } = await startListening({ userRequestsPerMinute: 5 });
        const other = await startListening();
        try {
            for (let count = 0; count < 5; count += 1) assert.equal((await api.call("GET", "/user")).status, 200);
            const { status, headers, json } = await api.call("GET", "/user");
            assert.deepEqual([status, json.code, headers.get("retry-after")], [429, "rate-limited", "12"]);
            assert.match(json.message, pleaseWait);
            assert.match(headers.get("aperture-tx-id") ?? "", /^\d{12}\.\d{6}$/);
            assert.equal((await new Api(url, other.api.token).call("GET", "/user")).status, 200);
            assert.equal((await new Api(url, undefined).call("GET", "/user")).status, 401);
            await withFolder(async (folder) => {
                assert.match(
                    (await git(folder, api.token, "ls-remote", `${url}/account/1/application/1/x.git`)).stderr,
                    /429/,
                );
            });
        } finally {
            await close();
            await other.close();
        }
    });

    it("turn an address's requests away, signed in or not, except those of whoever operates the platform", async () => {
        const { api, url, close } = await startListening({ addressRequestsPerMinute: 3 });
        try {
            const anonymous = new Api(url, undefined);
            const statuses = [];
            for (const client of [anonymous, api, anonymous, api, anonymous])
                statuses.push((await client.call("GET", "/user")).status);
            assert.deepEqual(statuses, [401, 200, 401, 429, 429]);
            for (const path of ["/healthz", "/readyz", "/metrics"]) assert.equal((await fetch(url + path)).status, 200);
        } finally {
            await close();
        }
    });

    it("count what is expensive by itself: creating, and git", async () => {
        const { api, url, close } = await startListening({ createsPerMinute: 3, gitRequestsPerMinute: 2 });
        try {
            const { account, application } = await api.makeSite(fresh("Acme "), `${fresh("limit")}.acme.example`);
            const create = (hostname: string) =>
                api.call("POST", `/account/${account}/application/create`, { hostname, origin: "192.0.2.1" });
            assert.equal((await create(`${fresh("limit")}.acme.example`)).status, 200);
            const { status, json } = await create(`${fresh("limit")}.acme.example`);
            assert.equal(status, 429);
            assert.match(
                json.message,
                /^applications, environments and accounts that this user creates: more than 3 a minute/,
            );
            assert.equal((await api.call("POST", "/user", {})).status, 200, "other changes go on");
            const address = `${url}/account/${account}/application/${application}/x.git`;
            await withFolder(async (folder) => {
                assert.equal((await git(folder, api.token, "-c", "protocol.version=0", "ls-remote", address)).code, 0);
                assert.equal((await git(folder, api.token, "-c", "protocol.version=0", "ls-remote", address)).code, 0);
                const refused = await git(folder, api.token, "-c", "protocol.version=0", "ls-remote", address);
                assert.match(refused.stderr, /429/);
            });
            const at = `/account/${account}/application/${application}/environment/Production`;
            for (const [method, path] of [
                ["GET", "content"],
                ["POST", "commit"],
            ] as const)
                assert.match((await api.call(method, `${at}/${path}`)).json.message, /^git requests of this user/);
        } finally {
            await close();
        }
    });

    it("are far above what an agency does: a refresh of 1,000 sites and 64 applies at once", () => {
        const { address, user, create, git: gitLimit } = makeLimits(readOptions({}));
        // a refresh asks for every site and both its environments one by one in the worst case; an apply makes 30
        // sites, each with a dozen requests and an environment's fetch and push, all 64 in one minute, by one user from
        // one address
        const requests = 1_000 * 5 + 64 * 30 * 12;
        const creates = 64 * 30 * 3;
        const gitRequests = 64 * 30 * 5;
        assert.deepEqual(
            [
                countTaken(address, requests + gitRequests),
                countTaken(user, requests + gitRequests),
                countTaken(create, creates),
                countTaken(gitLimit, gitRequests),
            ],
            [requests + gitRequests, requests + gitRequests, creates, gitRequests],
        );
    });
});
