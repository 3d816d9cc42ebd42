import assert from "node:assert/strict";
import { connect } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../../../platform/service/context";
import { makeMember, sharedContext } from "../../support/context";
import { git, mustGit } from "../../support/git";
import { type ListeningServer, startListening } from "../../support/listening-server";
import { withFolder } from "../../support/platform";
import { fresh } from "../../support/stores";

const secret = "hush-4711-hush";

describe("the log of requests", function () {
    this.timeout(60_000);
    let running: ListeningServer;

    beforeEach(async () => {
        running = await startListening();
    });
    afterEach(() => running.close());

    it("has who, what, where from, how it went and how long it took, under the id of the answer", async () => {
        const { api, accountId } = running;
        const { application } = await api.makeSite(fresh("Acme "), `${fresh("log")}.acme.example`);
        const { headers } = await api.call(
            "GET",
            `/account/${accountId}/application/${application}/environment/Production`,
        );
        const {
            level: _level,
            time: _time,
            ms,
            bytes,
            ...line
        } = running.lines().find(({ transaction }) => transaction === headers.get("aperture-tx-id"));
        assert.deepEqual(line, {
            transaction: headers.get("aperture-tx-id"),
            method: "GET",
            route: "/api/v1/account/:accountId/application/:applicationId/environment/:environmentName",
            account: accountId,
            application,
            user: line.user,
            address: "127.0.0.1",
            status: 404,
            msg: "answered",
        });
        assert.ok(line.user > 0 && ms >= 0 && bytes > 200, `${bytes} bytes in ${ms} ms`);
    });

    it("has no token, password, query, header or body of any request, whatever becomes of it", async () => {
        const { api, accountId, url } = running;
        const { account, application, gitUrl } = await api.makeSite(fresh("Acme "), `${fresh("log")}.acme.example`);
        const basic = (user: string, password: string) => ({
            authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
        });
        const at = (suffix: string) => `${url}/api/v1${suffix}`;
        const answers = [
            await fetch(at(`/user?access_token=${api.token}`)),
            await fetch(at(`/user?access_token=${secret}&other=${secret}`)),
            await fetch(at("/user"), { headers: { "section-token": secret } }),
            await fetch(at("/user"), { headers: basic("jane@agency.example", secret) }),
            await fetch(at("/user"), { headers: basic(secret, api.token as string) }),
            await fetch(at(`/account/${secret}`), { headers: { "section-token": api.token as string } }),
            await fetch(at(`/${secret}`), {
                headers: { "x-secret": secret, cookie: secret, referer: secret, "user-agent": secret },
            }),
            await fetch(
                `${url}/account/${account}/application/${application}/${secret}.git/info/refs?service=${secret}`,
            ),
            await api.call("POST", "/user", { company_name: secret }),
            await api.call("POST", "/user", `{"company_name": ${secret}`),
            await api.call("PUT", "/user", { password: secret }),
            await api.call("POST", `/account/${accountId}/user`, {
                email: `${secret}@agency.example`,
                accountCapability: secret,
            }),
            await api.call("POST", "/user/token", { description: secret }),
            await api.call("POST", "/account", { name: secret.repeat(1_000_000) }),
            await api.call("GET", `/hostname/${secret}.example`),
            await api.call("DELETE", `/user?x=${secret}`),
        ];
        await withFolder(async (folder) => {
            await mustGit(folder, api.token, "clone", "--quiet", gitUrl, "x");
            await mustGit(path.join(folder, "x"), undefined, "commit", "--quiet", "--allow-empty", "--message", secret);
            await mustGit(path.join(folder, "x"), api.token, "push", "--quiet");
            assert.notEqual((await git(folder, secret, "clone", gitUrl, "y")).code, 0);
        });
        assert.deepEqual(
            [...new Set(answers.map(({ status }) => status))].sort(),
            [200, 400, 401, 404, 405, 413],
            "every sort of answer",
        );
        const text = running.text();
        const made = answers[12] as { text: string };
        const hidden = [
            secret,
            api.token as string,
            encodeURIComponent(api.token as string),
            JSON.parse(made.text).token,
            "jane@agency.example",
        ];
        for (const each of hidden)
            assert.ok(
                !text.includes(each) && !text.includes(Buffer.from(each).toString("base64")),
                `${each} is in the log`,
            );
        assert.ok(running.lines().length >= answers.length + 6, "and every request is");
    });

    it("has the cause of every answer of 500 and above under its id, git's too, and none of it in the answer", async () => {
        const context = await sharedContext();
        const broken = {
            ...context,
            repositories: { ...context.repositories, git: context.repositories.git },
        } as unknown as Context;
        // without its methods every use of a repository fails
        const failing = await startListening({}, { context: broken });
        const { account, application } = await running.api.makeSite(fresh("Acme "), `${fresh("log")}.acme.example`);
        const headers = { authorization: `Basic ${Buffer.from(`x:${running.api.token}`).toString("base64")}` };
        const rest = await fetch(`${failing.url}/api/v1/account/${account}/application/${application}/environment`, {
            headers,
        });
        const git = await fetch(
            `${failing.url}/account/${account}/application/${application}/x.git/info/refs?service=git-upload-pack`,
            { headers },
        );
        for (const answer of [rest, git]) {
            assert.equal(answer.status, 500);
            const lines = failing
                .lines()
                .filter(({ transaction }) => transaction === answer.headers.get("aperture-tx-id"));
            assert.deepEqual(
                lines.map(({ level, msg }) => [level, msg]),
                [
                    [50, "a request failed"],
                    [30, "answered"],
                ],
            );
            assert.match(lines[0].err.stack, /TypeError: .* is not a function\n +at /);
            assert.doesNotMatch(await answer.text(), /function/);
        }
        await failing.close();
    });

    it("flags what is slow, counts what is given up, and is quiet about what machines ask all the time", async () => {
        const impatient = await startListening({ slowRequestMs: 1 });
        await impatient.api.makeSite(fresh("Acme "), `${fresh("log")}.acme.example`);
        assert.ok(impatient.lines().some(({ level, slow, ms }) => level === 40 && slow === true && ms > 1));
        await impatient.close();
        const { hostname, port } = new URL(running.url);
        const socket = connect(Number(port), hostname);
        socket.write(
            `POST /api/v1/user HTTP/1.1\r\nHost: x\r\nsection-token: ${running.api.token}\r\nContent-Length: 100\r\n\r\n{`,
        );
        await sleep(100);
        socket.destroy();
        await fetch(`${running.url}/readyz`);
        while (running.lines().length < 2) await sleep(10);
        const [gone, asked] = running.lines().sort((one, other) => other.status - one.status);
        assert.deepEqual(
            [gone.status, gone.msg, gone.route, asked.level],
            [499, "the client went away", "/api/v1/user", 20],
        );
    });

    it("warns of slow requests sixty times a minute, however many bodies trickle", async () => {
        const impatient = await startListening({ slowRequestMs: 10 });
        const { hostname, port } = new URL(impatient.url);
        const count = 90;
        const sockets = Array.from({ length: count }, () => connect(Number(port), hostname));
        for (const socket of sockets)
            socket.write(
                `POST /api/v1/user HTTP/1.1\r\nHost: x\r\nsection-token: ${impatient.api.token}\r\nContent-Length: 9\r\n\r\n{`,
            );
        await sleep(300);
        for (const socket of sockets) socket.destroy();
        while (impatient.lines().length < count) await sleep(10);
        const lines = impatient.lines();
        assert.deepEqual(
            [lines.length, lines.filter(({ slow }) => slow).length, lines.filter(({ level }) => level >= 40).length],
            [count, count, 60],
        );
        await impatient.close();
    });

    it("knows who was meant where a trusted proxy says so, and believes nobody else", async () => {
        const forwarded = { headers: { "x-forwarded-for": "203.0.113.9" } };
        const trusting = await startListening({ trustProxy: ["loopback"] });
        await fetch(`${trusting.url}/api/v1/user`, forwarded);
        await fetch(`${running.url}/api/v1/user`, forwarded);
        assert.deepEqual([trusting.lines()[0].address, running.lines()[0].address], ["203.0.113.9", "127.0.0.1"]);
        await trusting.close();
    });

    it("has the account of the address, whether or not there is one for the caller", async () => {
        const stranger = await makeMember(await sharedContext());
        const { headers } = await running.api.call("GET", `/account/${stranger.accountId}`);
        const line = running.lines().find(({ transaction }) => transaction === headers.get("aperture-tx-id"));
        assert.equal(line.account, stranger.accountId);
    });
});
