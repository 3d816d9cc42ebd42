import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { effects } from "../../../platform/service/effects";
import { createEnvironment, listEnvironments } from "../../../platform/service/environments";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("effects", () => {
    it("can run twice: the second time changes nothing", async () => {
        const context = await sharedContext();
        const { accountId, caller } = await makeMember(context);
        const create = {
            accountId,
            applicationId: 500_000 + Number(fresh("")),
            environmentId: 0,
            branch: "Production",
            origin: "192.0.2.1",
            proxychain: [{ name: "varnish", image: "varnish:6.3.1" }],
            date: "2026-01-02T03:04:05.000Z",
        };
        await effects["create-application"].apply(context, create);
        const first = await context.repositories.head(create, "Production");
        await effects["create-application"].apply(context, create);
        assert.deepEqual(await context.repositories.head(create, "Production"), first);
        const places = [{ applicationId: create.applicationId, environmentId: 0 }];
        const branch = {
            accountId,
            places,
            name: "Staging",
            from: "Production",
            author: { name: caller.name, email: caller.email },
            date: create.date,
        };
        await effects["create-environment"].apply(context, branch);
        const staging = await context.repositories.head(create, "Staging");
        await effects["create-environment"].apply(context, branch);
        assert.deepEqual(await context.repositories.head(create, "Staging"), staging);
        const copies = {
            fromApplicationId: create.applicationId,
            environmentId: 0,
            fromHostname: "a.example",
            hostname: "b.example",
            date: create.date,
        };
        const split = {
            accountId,
            applicationId: create.applicationId + 1_000,
            name: "x",
            environments: [{ environmentId: 0, name: "Staging" }],
            ...copies,
        };
        const clone = { accountId, applicationId: create.applicationId + 2_000, origin: "192.0.2.9", ...copies };
        for (let times = 0; times < 2; times += 1) {
            await effects["split-application"].apply(context, split);
            await effects["clone-application"].apply(context, clone);
        }
        assert.deepEqual(await context.repositories.heads(split), new Map([["Staging", staging]]));
        assert.equal((await context.repositories.commits(clone, "Production", { limit: 9 })).length, 1);
        for (const { applicationId } of [split, clone])
            await effects["delete-application"].apply(context, { accountId, applicationId });
        for (let times = 0; times < 2; times += 1) await effects["delete-environment"].apply(context, { ...branch });
        assert.equal(await context.repositories.head(create, "Staging"), undefined);
        for (let times = 0; times < 2; times += 1) await effects["delete-application"].apply(context, create);
        assert.equal(await context.repositories.exists(create), false);
    });

    it("an environment that git cannot make is taken back", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("eff")}.acme.example`,
            origin: "192.0.2.1",
        });
        const key = { accountId: member.accountId, applicationId: id };
        const broken = {
            ...context,
            repositories: Object.assign(Object.create(context.repositories), {
                createBranch: () =>
                    context.repositories.createBranch(
                        key,
                        "Staging",
                        "Missing",
                        { author: member.caller, message: "x" },
                        () => new Map(),
                    ),
            }),
        };
        await assert.rejects(
            createEnvironment(broken, member, id, {
                name: "Staging",
                from: "Production",
                hostname: `s.${fresh("eff")}.acme.example`,
            }),
            /branch Missing does not exist/,
        );
        assert.deepEqual(
            (await listEnvironments(context, member, id)).map(({ environment }) => environment.name),
            ["Production"],
        );
    });
});
