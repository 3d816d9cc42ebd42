import assert from "node:assert/strict";
import { withAllBranches } from "../../../client/repository/all-branches";
import { withBranch } from "../../../client/repository/repository";
import { RequestedBranches } from "../../../client/repository/requested-branches";
import { ways } from "../../support/provider";
import { openBranch, otherBranch } from "../../support/ways";

for (const way of ways)
    describe(`all branches of a repository, by ${way}`, function () {
        this.timeout(60_000);

        it("tells commits and files apart, checks any commit out, and commits on top of the branch only what differs", async () => {
            const {
                session: { platform },
                address,
                hostname,
                root,
            } = await openBranch(way);
            await platform.api.must("POST", `${root}/create`, {
                name: "Staging",
                source_environment_name: "Production",
                domain_name: `s.${hostname}`,
            });
            const staged = await withBranch(otherBranch(address, "Staging"), (checkout) => {
                const files = new Map<string, string | Buffer | null>([
                    ["a b/ü.txt", "x"],
                    [".gitignore", null],
                    ["varnish/default.vcl", "vcl 4.0;\n"],
                ]);
                return checkout.commit(files, "three\n\nOver: 0123456789012345678901234567890123456789\n");
            });
            await withAllBranches(address, async (branches) => {
                assert.equal(branches instanceof RequestedBranches, way === "request");
                const { commit } = branches.head;
                assert.deepEqual(
                    [
                        await branches.has(staged.commit),
                        await branches.has("0".repeat(40)),
                        await branches.has(branches.head.tree),
                    ],
                    [true, false, false],
                );
                const { commits, count } = await branches.between(commit, staged.commit);
                assert.deepEqual(
                    [commits.map(({ subject }) => subject), count],
                    [["three", "Create environment Staging"], 2],
                );
                assert.equal(
                    (await branches.between(commit, staged.commit, { isContent: true })).count,
                    1,
                    "a block of section.config.json is no content",
                );
                assert.equal(commits[0]?.email, "pia@agency.example");
                const changes = await branches.filesBetween(commit, staged.commit);
                assert.deepEqual(
                    changes.map(({ kind, path }) => `${kind} ${path}`),
                    [
                        "removed .gitignore",
                        "added a b/ü.txt",
                        "changed section.config.json",
                        "changed varnish/default.vcl",
                    ],
                );
                assert.deepEqual(
                    [await branches.read(staged.commit, "a b/ü.txt"), await branches.read(commit, "a b/ü.txt")],
                    ["x", undefined],
                );
                assert.equal(await branches.trailer(staged.commit, "Over"), "0123456789012345678901234567890123456789");
                assert.deepEqual(
                    [await branches.trailer(commit, "Over"), await branches.newestWith("Over")],
                    [undefined, undefined],
                );
                assert.deepEqual((await branches.list()).map(({ branch }) => branch).sort(), ["Production", "Staging"]);

                assert.equal(
                    (await (await branches.checkOut(commit)).commit(new Map(), "nothing")).commit,
                    commit,
                    "no commit where nothing differs",
                );
                const checkout = await branches.checkOut(staged.commit);
                assert.ok(checkout.files.has("a b/ü.txt") && checkout.head.commit === commit);
                const made = await checkout.commit(new Map(), "the same content");
                assert.equal(made.tree, staged.tree);
            });
            const [newest, before] = await platform.api.get(`${root}/Production/commits`);
            assert.deepEqual([newest.message, before.message], ["the same content", "initial section.config.json"]);
        });
    });
