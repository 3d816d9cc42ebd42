import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { createApplication, deleteApplication } from "../../../platform/service/applications";
import { checkConsistency, type Finding } from "../../../platform/service/consistency";
import { createEnvironment, deleteEnvironment } from "../../../platform/service/environments";
import { keepPayload, receivePayload } from "../../../platform/service/payloads";
import { applicationArchive } from "../../support/archive";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("the check of rows against repositories", () => {
    it("names what is missing on either side, and is quiet when all is well", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("chk")}.acme.example`,
            origin: "192.0.2.1",
        });
        const key = { accountId: member.accountId, applicationId: id };
        assert.deepEqual(await checkConsistency(context), []);
        await context.repositories.deleteBranch(key, "Production");
        assert.deepEqual(await checkConsistency(context), [
            { kind: "branch-missing", message: `environment Production of application ${id} has no branch` },
        ]);
        await context.repositories.remove(key);
        assert.deepEqual(
            (await checkConsistency(context)).map(({ kind }) => kind),
            ["repository-missing"],
        );
        const author = { name: "x", email: "x@agency.example" };
        const orphan = { accountId: 1, applicationId: 999_999 };
        await context.repositories.create(orphan, "Production", {
            files: new Map(),
            author,
            message: "x",
            date: new Date(),
        });
        assert.deepEqual((await checkConsistency(context)).map(({ kind }) => kind).sort(), [
            "repository-missing",
            "repository-orphaned",
        ]);
        await context.repositories.remove(orphan);
        await context.repositories.create(key, "Production", {
            files: new Map(),
            author,
            message: "x",
            date: new Date(),
        });
        const upload = await receivePayload(context, Readable.from([await applicationArchive()]));
        const payload = { accountId: member.accountId, id: await keepPayload(context, member, id, upload) };
        assert.deepEqual(await checkConsistency(context), []);
        await rm(context.payloads.file(payload));
        assert.deepEqual(await checkConsistency(context), [
            { kind: "payload-missing", message: `upload ${payload.id} has no file` },
        ]);
        await context.store.database.deleteFrom("payloads").where("id", "=", payload.id).execute();
    });

    it("is quiet while sites come and go, and ends early when it is told to", async function () {
        this.timeout(60_000);
        const context = await sharedContext();
        const member = await makeMember(context);
        let isOver = false;
        let turns = 0;
        const churn = async () => {
            for (; !isOver; turns += 1) {
                const { id } = await createApplication(context, member, {
                    hostname: `${fresh("chk")}.acme.example`,
                    origin: "192.0.2.1",
                });
                await createEnvironment(context, member, id, {
                    name: "Staging",
                    from: "Production",
                    hostname: `${fresh("chk")}.acme.example`,
                });
                await deleteEnvironment(context, member, id, "Staging");
                await deleteApplication(context, member, id);
            }
        };
        const churning = Array.from({ length: 4 }, churn);
        const findings: Finding[] = [];
        while (turns < 60) findings.push(...(await checkConsistency(context)));
        isOver = true;
        await Promise.all(churning);
        assert.deepEqual(
            findings.filter(({ kind }) => kind !== "effect-pending"),
            [],
        );
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("chk")}.acme.example`,
            origin: "192.0.2.1",
        });
        await context.repositories.remove({ accountId: member.accountId, applicationId: id });
        assert.deepEqual(await checkConsistency(context, { hurry: AbortSignal.abort() }), []);
        assert.deepEqual(
            (await checkConsistency(context)).map(({ kind }) => kind),
            ["repository-missing"],
        );
        await deleteApplication(context, member, id);
    });
});
