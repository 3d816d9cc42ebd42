import assert from "node:assert/strict";
import { mkdir, readdir, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { createApplication } from "../../../platform/service/applications";
import { makeHousekeeper } from "../../../platform/service/housekeeping";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("housekeeping", () => {
    it("tidies what was written to, looks at everything once a day, and stops when it is told to", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const make = async () => {
            const { id } = await createApplication(context, member, {
                hostname: `${fresh("tidy")}.acme.example`,
                origin: "192.0.2.1",
            });
            const key = { accountId: member.accountId, applicationId: id };
            const objects = context.repositories.objects(key);
            await Promise.all(
                Array.from({ length: 310 }, (_, index) => objects.write("blob", Buffer.from(`${id} ${index}`))),
            );
            return key;
        };
        const packsOf = async (key: Awaited<ReturnType<typeof make>>) =>
            (await readdir(path.join(context.repositories.folder(key), "objects", "pack")).catch(() => [])).filter(
                (name) => name.endsWith(".pack"),
            ).length;
        const [quiet, busy] = [await make(), await make()];
        context.repositories.takeTouched();
        await context.repositories.edit(
            busy,
            "Production",
            { author: member.caller, message: "x" },
            async () => new Map([["x", Buffer.from("x")]]),
        );
        const stray = path.join(
            path.dirname(path.dirname(context.payloads.file({ accountId: 1, id: "x" }))),
            "incoming-stray",
        );
        await mkdir(path.dirname(stray), { recursive: true });
        await writeFile(stray, "");
        await utimes(stray, new Date(0), new Date(0));
        const half = path.join(
            path.dirname(context.repositories.folder({ accountId: 1, applicationId: 1 })),
            "1.git.abcd.new",
        );
        await mkdir(half, { recursive: true });
        await utimes(half, new Date(0), new Date(0));
        let now = Date.now();
        const warnings: string[] = [];
        const keep = makeHousekeeper({
            ...context,
            now: () => new Date(now),
            warn: (message) => warnings.push(message),
        });
        const { signal } = new AbortController();
        await keep(signal);
        assert.deepEqual([await packsOf(busy), await packsOf(quiet)], [2, 1], "nobody wrote to the other one");
        now += 3_700_000;
        await keep(AbortSignal.abort());
        assert.equal(await packsOf(quiet), 1, "it was told to hurry");
        now += 86_400_000;
        await keep(signal);
        assert.equal(await packsOf(quiet), 2);
        assert.ok(!(await readdir(path.dirname(stray))).includes("incoming-stray"));
        await assert.rejects(stat(half), { code: "ENOENT" }, "a replica died while it made this one");
        assert.deepEqual(warnings, []);
    });
});
