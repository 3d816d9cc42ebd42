import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyRequest } from "fastify";
import { formatPack } from "../../../platform/git/objects/format-pack";
import { inTurn, UserTurns } from "../../../platform/http/user-turns";
import { addToken } from "../../../platform/service/tokens";
import { ask, beginRequest, formatCommands, lsRefs, nextCommit, readHead } from "../../proof/fairness/git-wire";
import { Api } from "../../support/api";
import { makeMember, sharedContext } from "../../support/context";
import { startListening } from "../../support/listening-server";
import { fresh } from "../../support/stores";

describe("the turns of a user", () => {
    it("are few at the same time, in the order in which they were asked for; a request of nobody needs none", async () => {
        const userTurns = new UserTurns(2);
        const begun: string[] = [];
        const requestOf = (userId?: number) => ({ userId, server: { userTurns } }) as unknown as FastifyRequest;
        const work = (name: string, userId?: number) =>
            inTurn(requestOf(userId), async () => {
                begun.push(name);
                await sleep(20);
                if (name === "a1") throw new Error("a1 failed");
                return name;
            });
        const all = [work("b1", 2), ...["a1", "a2", "a3", "a4"].map((name) => work(name, 1))];
        const others = [work("b2", 2), work("none"), work("none")];
        await sleep(5);
        assert.deepEqual([...begun].sort(), ["a1", "a2", "b1", "b2", "none", "none"]);
        const outcomes = await Promise.allSettled([...all, ...others]);
        assert.deepEqual(begun.slice(6), ["a3", "a4"]);
        assert.deepEqual(
            outcomes.map(({ status }) => status === "fulfilled"),
            [true, false, true, true, true, true, true, true],
        );
    });

    it("are as many as there are requests while nobody else asks, or without a limit", async () => {
        let nowMs = 0;
        const countAtOnce = async (turns: UserTurns, userId: number) => {
            let begun = 0;
            const work = () => {
                begun += 1;
                return sleep(10);
            };
            const all = Array.from({ length: 5 }, () => turns.take(userId, work));
            await sleep(2);
            const count = begun;
            await Promise.all(all);
            return count;
        };
        const turns = new UserTurns(1, () => nowMs);
        assert.equal(await countAtOnce(turns, 1), 5);
        assert.equal(await countAtOnce(turns, 2), 1, "the first one asked just now");
        assert.equal(await countAtOnce(turns, 1), 1);
        nowMs = 10_001;
        assert.equal(await countAtOnce(turns, 1), 5);
        assert.equal(await countAtOnce(turns, 2), 1);
        assert.equal(await countAtOnce(new UserTurns(0), 1), 5);
    });

    it("leave others alone, and end after a moment where the work waits for something else", async () => {
        const context = await sharedContext();
        let answer = () => {};
        const silence = new Promise<void>((resolve) => {
            answer = resolve;
        });
        const aliases = () => silence.then(() => ({ records: [] }));
        const dns = { ...context.dns, aliases, addresses: aliases } as unknown as typeof context.dns;
        const running = await startListening({ maxUserRequests: 1 }, { context: { ...context, dns } });
        try {
            const { account, application } = await running.api.makeSite("Acme", `${fresh("turns")}.acme.example`);
            const { caller } = await makeMember(context);
            const other = new Api(running.url, (await addToken(context, { ...caller, description: "x" })).token);
            await other.get("/user");
            const waiting = running.api.get(
                `/account/${account}/application/${application}/environment/Production/verifyEngaged`,
            );
            await sleep(50);
            const order: string[] = [];
            const own = running.api.get("/user").then(() => order.push("own"));
            await other.get("/user").then(() => order.push("other"));
            await own;
            assert.deepEqual(order, ["other", "own"]);
            answer();
            assert.deepEqual(await waiting, { is_engaged: false });
        } finally {
            answer();
            await running.close();
        }
    });

    it("come to a push whose client has left meanwhile: what has arrived is brought to its end", async () => {
        const running = await startListening();
        try {
            const site = await running.api.makeSite("Acme", `${fresh("turns")}.acme.example`);
            const { commit, tree } = await readHead(running.api, site);
            const next = nextCommit(tree, commit, "work");
            const commands = formatCommands([{ ref: "refs/heads/left", after: next.oid }]);
            const turns = running.server.userTurns as UserTurns;
            const take = turns.take.bind(turns);
            let count = 0;
            let begin = () => {};
            const held = new Promise<void>((resolve) => {
                begin = resolve;
            });
            // the first one of a push is to open the repository
            turns.take = async (userId, work, signal) => {
                count += 1;
                if (count === 2) await held;
                signal?.throwIfAborted();
                return take(userId, work, signal);
            };
            const body = Buffer.concat([commands, await formatPack([next])]);
            const socket = await beginRequest(running.api, site, "git-receive-pack", body);
            while (count < 2) await sleep(5);
            socket.destroy();
            await sleep(50);
            begin();
            const lists = async () => String(await ask(running.api, site, "git-upload-pack", lsRefs));
            while (!(await lists()).includes("refs/heads/left")) await sleep(20);
        } finally {
            await running.close();
        }
    });
});
