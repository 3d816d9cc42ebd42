import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { json } from "node:stream/consumers";
import { pino } from "pino";
import { Problem } from "section-model";
import { outcomeTrailer, startControl, withControlPath } from "../../../platform/http/control-socket";
import { carryOut } from "../../../platform/service/orders";
import { openArchive } from "../../support/backup-archive";
import { makeOwner, makeSite, type OpenData, openData } from "../../support/backups";
import { withFolder } from "../../support/platform";
import { fresh } from "../../support/stores";

const log = pino({ level: "silent" });

function ask(dataDir: string, url: string, method = "POST", body = ""): Promise<IncomingMessage> {
    return withControlPath(
        dataDir,
        (socketPath) =>
            new Promise((resolve, reject) => {
                request({ socketPath, method, path: url }, resolve).once("error", reject).end(body);
            }),
    );
}

describe("the control socket", function () {
    this.timeout(120_000);
    let data: OpenData;

    before(async () => {
        data = await openData({ dataDir: await mkdtemp(path.join(tmpdir(), "section-control-")) });
        await makeSite(data.context, await makeOwner(data.context));
    });
    after(async () => {
        await data.close();
        await rm(data.dataDir, { recursive: true });
    });

    const source = () => ({
        database: data.context.store.database,
        repositories: data.context.repositories,
        dataDir: data.dataDir,
    });

    it("gives a backup, and after its last byte what it holds", async () => {
        const stop = await startControl(source(), log);
        assert.equal((await stat(path.join(data.dataDir, "control.sock"))).mode & 0o777, 0o600);
        const answer = await ask(data.dataDir, "/backup");
        const { content } = await openArchive(answer);
        assert.ok(content.has("secret.key"));
        while (!answer.complete) await new Promise((resolve) => answer.once("end", resolve));
        const outcome = JSON.parse(decodeURIComponent(answer.trailers[outcomeTrailer] as string));
        assert.equal(outcome.applications, 1);
        assert.ok(
            !(await openArchive(await ask(data.dataDir, "/backup/without-secret-key"))).content.has("secret.key"),
        );
        const other = await ask(data.dataDir, "/backup", "GET");
        assert.equal(other.statusCode, 404);
        other.resume();
        await stop();
        await assert.rejects(ask(data.dataDir, "/backup"), { code: "ENOENT" });
    });

    it("carries out orders on people and tokens, and says why not in the words of the failure", async () => {
        const stop = await startControl(source(), log, (name, input) => carryOut(data.context, name, input));
        const order = async (name: string, input: unknown) => {
            const answer = await ask(data.dataDir, `/order/${name}`, "POST", JSON.stringify(input));
            return [answer.statusCode, answer.statusCode === 200 ? await json(answer) : answer.resume() && undefined];
        };
        const email = `${fresh("olga")}@agency.example`;
        const [, made] = await order("addUser", { email, firstName: "Olga" });
        assert.equal((made as { answer: { email: string } }).answer.email, email);
        const wanted = { email, description: "laptop", scope: "read", expiresAt: "2999-12-31T00:00:00.000Z" };
        const [, added] = (await order("addToken", wanted)) as [number, { answer: { id: string; token: string } }];
        const { id, token, ...facts } = added.answer;
        assert.match(token, new RegExp(id));
        assert.deepEqual(facts, { scope: "read", expiresAt: "2999-12-31T00:00:00.000Z", description: "laptop" });
        assert.deepEqual(await order("listTokens", { email }), [200, { answer: [{ id, ...facts }] }]);
        assert.deepEqual(await order("revokeToken", { email, id }), [200, { answer: { id, revoked: true } }]);
        assert.deepEqual(await order("revokeToken", { email, id }), [
            200,
            {
                problem: {
                    code: "not-found",
                    detail: `there is no token ${id}`,
                    remedy: "List the user's tokens for their ids",
                },
            },
        ]);
        for (const name of ["nothing", "toString", "__proto__", ""])
            assert.deepEqual(await order(name, {}), [404, undefined]);
        await stop();
    });

    it("says behind the last byte why there is no whole backup", async () => {
        const repositories = {
            listApplications: () => Promise.reject(new Problem("overloaded", "the disk is on fire")),
        };
        const stop = await startControl({ ...source(), repositories: repositories as never }, log);
        const answer = await ask(data.dataDir, "/backup");
        await assert.rejects(openArchive(answer), { code: "backup-damaged" });
        answer.resume();
        while (!answer.complete) await new Promise((resolve) => setTimeout(resolve, 10));
        assert.match(decodeURIComponent(answer.trailers[outcomeTrailer] as string), /the disk is on fire/);
        await stop();
    });

    it("works where the folder's name is longer than a socket's may be, and where a dead process left one", () =>
        withFolder(async (folder) => {
            const dataDir = path.join(folder, "a".repeat(120));
            await mkdir(dataDir);
            const stop = await startControl({ ...source(), dataDir }, log);
            assert.equal((await ask(dataDir, "/nothing")).statusCode, 404);
            const again = await startControl({ ...source(), dataDir }, log);
            assert.equal((await ask(dataDir, "/nothing")).statusCode, 404);
            await stop();
            await again();
        }));

    it("breaks off what it gives when the platform stops", async () => {
        let arrived = () => {};
        const reached = new Promise<void>((resolve) => {
            arrived = resolve;
        });
        const repositories = {
            listApplications: () => {
                arrived();
                return new Promise((resolve) => setTimeout(() => resolve([]), 500));
            },
            folder: data.context.repositories.folder.bind(data.context.repositories),
        };
        const stop = await startControl({ ...source(), repositories: repositories as never }, log);
        const answer = ask(data.dataDir, "/backup");
        answer.catch(() => {});
        await reached;
        await stop();
        await assert.rejects(async () => openArchive(await answer));
    });
});
