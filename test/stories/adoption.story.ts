import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Adopter, lookAtEstate, openAdopter, rowsOf } from "../support/adoption";
import { type SeededEstate, seedEstate } from "../support/estate";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi } from "../support/pulumi";
import { requireSome } from "../support/require-some";

describe("adoption of a whole estate", () => {
    let platform: RunningPlatform;
    let seeded: SeededEstate;
    before(async () => {
        platform = await startPlatform();
        seeded = await seedEstate(platform, 60);
    });
    after(() => platform.close());

    const withAdopter = (work: (adopter: Adopter, folder: string) => Promise<void>) =>
        withFolder(async (folder) => {
            const adopter = await openAdopter(platform, folder);
            try {
                await work(adopter, folder);
            } finally {
                await adopter.close();
            }
        });

    /** Every text of a program, and the state of its stack. */
    async function textsOf(place: string, folder: string): Promise<string> {
        const clients = await readdir(path.join(place, "clients"));
        const files = [
            "index.ts",
            "Pulumi.yaml",
            "package.json",
            "import.json",
            ...clients.map((name) => `clients/${name}`),
        ].map((name) => path.join(place, name));
        files.push(path.join(folder, "pulumi-state", ".pulumi", "stacks", "estate", "estate.json"));
        return (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
    }

    it("of sixty sites with oddities is certified: nothing on the platform changes, and nothing would", () =>
        withAdopter(async (adopter, folder) => {
            const before = await lookAtEstate(platform);
            const place = await adopter.place("estate");
            const { code, stdout, stderr } = await adopter.run("adopt", place);
            assert.equal(code, 0, stderr + stdout);
            assert.match(stdout, /^Adopted: the program declares what the platform has; nothing was changed\n/);
            const { organizations, members, sites, environments, domains, oddities } = seeded;
            const rows = rowsOf(stdout);
            const counts = [rows.organizations, rows.members, rows.sites, rows.environments, rows.domains].map(Number);
            assert.deepEqual(counts, [organizations, members, sites, environments, domains]);
            assert.deepEqual([rows.changes, rows.imported], ["0", rows.resources]);
            for (const oddity of requireSome(oddities)) assert.match(stdout, oddity);
            assert.deepEqual([adopter.writes(), await lookAtEstate(platform)], [0, before]);
            assert.equal(adopter.claims(), organizations, "one request for the claims of each organization");

            const texts = await textsOf(place, folder);
            assert.ok(
                !texts.includes(platform.token) && !stdout.includes(platform.token),
                "the token was written down",
            );
            assert.match(
                texts,
                /new section\.Organization\("acme-2", \{ name: "Acme" \}\)/,
                "two organizations of one name",
            );

            // people read the state by up, too: it has nothing to do
            const options = { cwd: place, folder, environment: adopter.environment };
            const up = await mustPulumi(["up", "--yes", "--skip-preview", "--stack", "estate"], options);
            assert.doesNotMatch(up, /created|updated|deleted|replaced/);
            assert.equal(adopter.writes(), 0);

            // with a colleague's change by hand in between, the adoption is not clean
            const [{ id: account }] = await platform.api.get("/account");
            const reader = (await platform.api.get(`/account/${account}/user`)).find(
                ({ email }: { email: string }) => email.startsWith("Reader@") || email.startsWith("reader@"),
            );
            await platform.api.must("POST", `/account/${account}/user/${reader.id}`, { accountCapability: "state" });
            const drifted = await adopter.run("adopt", place);
            assert.equal(drifted.code, 1);
            assert.match(
                drifted.stdout,
                /~ role: "state" => "readonly"[\s\S]*\nNot clean: the program differs from the platform/,
            );
            const { changes, imported } = rowsOf(drifted.stdout);
            assert.deepEqual(
                [changes, imported],
                ["1 to update", "0"],
                "what the stack has already is not imported again",
            );
            await platform.api.must("POST", `/account/${account}/user/${reader.id}`, { accountCapability: "readonly" });
        }));

    it("with content, of chosen organizations, exports first what a person may read, and takes over what they left of it", () =>
        withAdopter(async (adopter, folder) => {
            const [{ id: account }, { id: other }] = await platform.api.get("/account");
            const before = await lookAtEstate(platform);
            const place = await adopter.place("estate");
            const exported = await adopter.run(
                "export",
                place,
                "--content",
                "--organization",
                String(account),
                String(other),
            );
            assert.equal(exported.code, 0, exported.stderr);
            assert.match(
                await readFile(path.join(place, "clients", "acme.ts"), "utf8"),
                /config: section\.configFrom\("content\/site0\.example\/Production"\)/,
            );
            const { code, stdout, stderr } = await adopter.run("adopt", place, "--json");
            assert.equal(code, 0, stderr + stdout);
            const { isClean, counts, imported, changes } = JSON.parse(stdout);
            assert.deepEqual(
                [isClean, counts.organizations, imported, changes],
                [true, 2, counts.resources, { same: counts.resources + 1 }],
            );
            assert.deepEqual([adopter.writes(), await lookAtEstate(platform)], [0, before]);

            // from now on a line of a file is a line of a preview
            const file = path.join(place, "content", "site0.example", "Production", "varnish", "default.vcl");
            await writeFile(file, `${await readFile(file, "utf8")}# ours now\n`);
            const preview = await mustPulumi(["preview", "--diff", "--stack", "estate"], {
                cwd: place,
                folder,
                environment: adopter.environment,
            });
            assert.match(preview, /\+ # ours now/);
            assert.match(preview, /~ 1 to update/);
        }));
});
