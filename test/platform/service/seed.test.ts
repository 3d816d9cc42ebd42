import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { SeedDocument } from "../../../platform/archive/seed-document";
import { unpackBundle } from "../../../platform/git/unpack-bundle";
import { checkConsistency } from "../../../platform/service/consistency";
import { findMember } from "../../../platform/service/memberships";
import { sowPlatform } from "../../../platform/service/seed";
import { insertAccount } from "../../../platform/store/accounts";
import { findClaimable } from "../../../platform/store/claims";
import { isEmpty } from "../../../platform/store/seed";
import { findUserByEmail } from "../../../platform/store/users";
import { makeSite, openData } from "../../support/backups";
import { makeClaim } from "../../support/claims";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { freshStoreOptions, storeKinds } from "../../support/stores";

/** A bundle with two branches and three commits, and where the branches are. */
async function makeBundle(folder: string): Promise<{ file: string; heads: string[] }> {
    const work = path.join(folder, "work");
    await mkdir(work);
    await mustGit(work, undefined, "init", "--quiet", "--initial-branch", "Production");
    for (const text of ["one", "two"]) {
        await writeFile(
            path.join(work, "section.config.json"),
            `{"proxychain":[],"environments":{"Production":{}},"note":"${text}"}\n`,
        );
        await mustGit(work, undefined, "add", "--all");
        await mustGit(work, undefined, "commit", "--quiet", "--message", text);
    }
    await mustGit(work, undefined, "checkout", "--quiet", "-b", "Staging");
    await mustGit(work, undefined, "commit", "--quiet", "--allow-empty", "--message", "three");
    const file = path.join(folder, "7171.bundle");
    await mustGit(work, undefined, "bundle", "create", "--quiet", file, "--branches");
    return { file, heads: (await mustGit(work, undefined, "rev-parse", "Production", "Staging")).trim().split("\n") };
}

const held = (resource: string) => ({
    claim: { ...makeClaim(resource), id: "0123456789abcdef", claimed_at: "2026-11-25T04:27:15.000Z" },
});

const document = (bundle: string): SeedDocument => ({
    format: 1,
    people: [
        { id: 7, email: "olga@agency.example", isVerified: true },
        { id: 40, email: "jane@agency.example", isVerified: false },
    ],
    accounts: [
        {
            id: 1335,
            name: "Acme",
            owner: "olga@agency.example",
            ...held("acme"),
            members: [
                { email: "olga@agency.example", role: "admin" },
                { email: "jane@agency.example", role: "readonly", ...held("jane") },
            ],
            applications: [
                {
                    id: 7171,
                    hostname: "www.acme.example",
                    bundle,
                    ...held("www"),
                    environments: [
                        {
                            name: "Staging",
                            ...held("staging"),
                            domains: [{ hostname: "staging.acme.example", isEngaged: false, ...held("shop") }],
                        },
                        { name: "Production", domains: [{ hostname: "www.acme.example", isEngaged: true }] },
                    ],
                },
            ],
        },
    ],
});

for (const kind of storeKinds) {
    describe(`a seed in ${kind}`, function () {
        this.timeout(120_000);

        it("puts everything there with its ids and commits, into an empty place only; what comes next gets the next ids", () =>
            withFolder(async (folder) => {
                const { heads } = await makeBundle(folder);
                const { context, close } = await openData(await freshStoreOptions(kind));
                try {
                    await assert.rejects(
                        sowPlatform(context, document("none.bundle"), folder),
                        /none\.bundle cannot be read as a bundle/,
                    );
                    const lacking = document("7171.bundle");
                    lacking.accounts[0]?.applications[0]?.environments.push({ name: "Test", domains: [] });
                    await assert.rejects(
                        sowPlatform(context, lacking, folder),
                        /7171\.bundle has no branch Test\. Write it with: git bundle/,
                    );
                    assert.ok(await isEmpty(context.store.database), "a seed that fails leaves no row");
                    // what one that was interrupted has left is replaced
                    const key = { accountId: 1335, applicationId: 7171 };
                    await unpackBundle(context.repositories, key, path.join(folder, "7171.bundle"), ["Staging"]);
                    const counts = await sowPlatform(context, document("7171.bundle"), folder);
                    assert.deepEqual(counts, { accounts: 1, people: 2, applications: 1, environments: 2, domains: 2 });
                    assert.deepEqual(await checkConsistency(context), []);
                    const staging = { application_id: 7171, environment_name: "Staging" };
                    const names = [{}, { email: "jane@agency.example" }, { application_id: 7171 }, staging];
                    const things = await findClaimable(context.store.database, 1335, [
                        ...names,
                        { hostname: "staging.acme.example" },
                        { hostname: "www.acme.example" },
                    ]);
                    assert.deepEqual(
                        things.sort((one, other) => one.index - other.index).map((each) => each.claim?.resource),
                        ["acme", "jane", "www", "staging", "shop", undefined],
                    );
                    assert.deepEqual(things[0]?.claim, held("acme").claim);
                    const found = await context.repositories.heads({ accountId: 1335, applicationId: 7171 });
                    assert.deepEqual([found.get("Production")?.commit, found.get("Staging")?.commit], heads);
                    const jane = await findUserByEmail(context.store.database, "jane@agency.example");
                    assert.deepEqual([jane?.id, jane?.verified], [40, false]);
                    const caller = {
                        userId: 7,
                        email: "olga@agency.example",
                        name: "Olga",
                        scope: "write" as const,
                        verified: true,
                        via: "token" as const,
                    };
                    const member = await findMember(context, caller, 1335);
                    assert.equal(member?.capability, "admin");
                    assert.equal((await makeSite(context, { caller, accountId: 1335, capability: "admin" })).id, 7172);
                    assert.equal((await insertAccount(context.store.database, "Next", 7)).id, 1336);
                    await assert.rejects(sowPlatform(context, document("7171.bundle"), folder), {
                        code: "place-occupied",
                    });
                } finally {
                    await close();
                }
            }));

        it("leaves the ids of a platform on which nothing comes", async () => {
            const { context, close } = await openData(await freshStoreOptions(kind));
            try {
                await sowPlatform(
                    context,
                    { format: 1, people: [{ id: 3, email: "olga@agency.example", isVerified: true }], accounts: [] },
                    ".",
                );
                assert.equal((await insertAccount(context.store.database, "First", 3)).id, 1);
            } finally {
                await close();
            }
        });
    });
}
