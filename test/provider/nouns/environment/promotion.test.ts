import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { EnvironmentInputs } from "section-model";
import { withAllBranches } from "../../../../client/repository/all-branches";
import { refuseMovedContent, refuseUnknown } from "../../../../provider/nouns/environment/conflict";
import { environmentNoun } from "../../../../provider/nouns/environment/environment";
import { foreseeEnvironment } from "../../../../provider/nouns/environment/foresee";
import { findPromotedOver } from "../../../../provider/nouns/environment/promotion";
import { changedContent, promotedNow } from "../../../../provider/nouns/environment/promotion-content";
import { describePromotion, foreseePromotion } from "../../../../provider/nouns/environment/promotion-preview";
import { findHead } from "../../../../provider/run/find-branch";
import { withFolder } from "../../../support/platform";
import { openTestSession, ways } from "../../../support/provider";
import { pushFiles } from "../../../support/push";
import { fresh } from "../../../support/stores";

type Session = Awaited<ReturnType<typeof openTestSession>>;

async function makeSite(session: Session) {
    const hostname = `${fresh("prom")}.acme.example`;
    const { account, application, gitUrl } = await session.platform.api.makeSite("Acme", hostname);
    const id = `${account}/${application}`;
    const address = {
        gitUrl,
        branch: "Production",
        token: session.settings.token,
        person: { name: "Pia", email: "pia@agency.example" },
    };
    const stage = (text: string, previous?: Awaited<ReturnType<typeof environmentNoun.ensure>>) => {
        const inputs = {
            application: id,
            name: "Staging",
            hostname: `s.${hostname}`,
            config: { "varnish/note.txt": text },
        };
        return environmentNoun.ensure(session, inputs, previous);
    };
    const production = (more: Partial<EnvironmentInputs>): EnvironmentInputs => ({
        application: id,
        name: "Production",
        ...more,
    });
    return { gitUrl, address, stage, production };
}

for (const way of ways)
    describe(`a promotion, by ${way}`, function () {
        this.timeout(120_000);

        it("that was carried out and not heard of is found done, and still knows what was there before", async () => {
            const session = await openTestSession({ way });
            const { address, stage, production } = await makeSite(session);
            const staged = await stage("one\n");
            const before = await withAllBranches(address, async ({ head }) => head.commit);
            const wanted = production({ promote: staged.outputs.head as string });
            const first = await environmentNoun.ensure(session, wanted);
            const again = await environmentNoun.ensure(session, wanted);
            assert.deepEqual(again.outputs, first.outputs, "without a memory of the first, no second commit");
            assert.equal(first.outputs.promotedOver, before);
            const remembered = {
                ...first,
                outputs: { ...first.outputs, head: before, promote: undefined, promotedOver: undefined },
            };
            assert.deepEqual(
                (await environmentNoun.ensure(session, wanted, remembered)).outputs,
                first.outputs,
                "nor with an old one",
            );
            assert.equal(await withAllBranches(address, findPromotedOver), before);
        });

        it("is held to the head that a reviewed plan saw, and found done all the same", () =>
            withFolder(async (folder) => {
                const session = await openTestSession({ way });
                const { address, gitUrl, stage, production } = await makeSite(session);
                const wanted = production({ promote: (await stage("one\n")).outputs.head as string });
                const expected = path.join(folder, "expected.json");
                const bound = { ...session, settings: { ...session.settings, expected } };
                const head = await withAllBranches(address, async (branches) => branches.head.commit);
                await writeFile(
                    expected,
                    JSON.stringify({ [`environment ${wanted.application}/Production`]: { exists: true, head } }),
                );
                await pushFiles(session.settings.token, gitUrl, { files: { "beside.txt": "by hand\n" } });
                await assert.rejects(
                    environmentNoun.ensure(bound, wanted),
                    /moved since the plan was made: head: \w{10} -> \w{10}/,
                );
                const first = await environmentNoun.ensure(session, wanted);
                assert.equal((await environmentNoun.ensure(bound, wanted)).outputs.head, first.outputs.head);
            }));

        it("names each side of the change, and calls a hand's change of the branch drift", async () => {
            const session = await openTestSession({ way });
            const { address, gitUrl, stage, production } = await makeSite(session);
            const one = await stage("one\n");
            const live = await environmentNoun.ensure(session, production({ promote: one.outputs.head as string }));
            const known = live.outputs.head as string;
            const two = await stage("two\n", one);
            await pushFiles(session.settings.token, gitUrl, { message: "hotfix", files: { "varnish/hot.txt": "x" } });

            const target = two.outputs.head as string;
            const { change, lines: shownLines, promotedOver } = await foreseePromotion(address, target);
            assert.deepEqual(change.files, ["removed varnish/hot.txt", "changed varnish/note.txt"]);
            assert.deepEqual([change.commits.length, change.takenBack.length], [1, 1]);
            const lines = describePromotion("Production of 1/2", target, change, shownLines);
            assert.match(
                lines.join("\n"),
                /gets the content of [0-9a-f]{10}\n {2}goes live: .*"Configure Staging.*\n {2}is taken back: .*"hotfix"\n {2}file: removed/,
            );
            assert.deepEqual(lines.slice(-4), [
                "  file: changed varnish/note.txt",
                "    @@ -1,1 +1,1 @@",
                "    -one",
                "    +two",
            ]);
            assert.match(
                describePromotion("P", target, { ...change, files: [] })[0] ?? "",
                /has no content changes: it has the content of [0-9a-f]{10} already/,
            );

            await withAllBranches(address, async (branches) => {
                assert.equal(promotedOver, branches.head.commit);
                assert.equal(await promotedNow(branches, one.outputs.head as string, known), branches.head.commit);
                assert.equal(
                    await promotedNow(branches, target, branches.head.commit),
                    target,
                    "a head that did not move is what was promoted",
                );
                assert.deepEqual(
                    await changedContent(branches, known, one.outputs.head as string),
                    [],
                    "blocks of section.config.json are not promoted",
                );
                await assert.rejects(
                    refuseMovedContent(branches, "Production", known, target),
                    /Gita .*"hotfix" moved branch Production .* and changed varnish\/hot\.txt/,
                );
                await assert.rejects(
                    refuseMovedContent(branches, "Production", "a".repeat(40), target),
                    /rewrote its history/,
                );
                await refuseMovedContent(branches, "Production", branches.head.commit, target);
                await refuseUnknown(branches, target);
                const unknown =
                    /commit ffffffffff is in no branch .*Staging is at Olga Owner <olga@agency\.example>, 20.* UTC, commit [0-9a-f]{10} "Configure/;
                await assert.rejects(refuseUnknown(branches, "f".repeat(40)), unknown);
            });
            const observed = await environmentNoun.observe(await openTestSession({ way }), live.id, live.outputs);
            assert.equal(observed?.inputs?.promote, observed?.outputs.head);
            assert.equal(observed?.inputs?.promotedOver, live.outputs.promotedOver);
            const repaired = await environmentNoun.ensure(session, production({ promote: target }), observed);
            assert.equal(
                (await environmentNoun.observe(await openTestSession({ way }), live.id, repaired.outputs))?.inputs,
                undefined,
            );
            const undone = await environmentNoun.ensure(session, production({}), repaired);
            assert.deepEqual([undone.outputs.promote, undone.outputs.promotedOver], [undefined, undefined]);
            assert.equal((await foreseePromotion(address, live.outputs.promotedOver as string)).change.files.length, 0);
        });

        it("that gives way to declared files is compared with what is live, not with nothing", async () => {
            const session = await openTestSession({ way });
            const { stage, production } = await makeSite(session);
            const one = await stage("one\n");
            const promoted = production({ promote: one.outputs.head as string });
            const { outputs } = await environmentNoun.ensure(session, promoted);
            const before = { ...promoted, promotedOver: outputs.promotedOver };
            const foresee = (text: string) => {
                session.told.length = 0;
                const declared = production({ config: { "varnish/note.txt": text } });
                return foreseeEnvironment(session, declared, before, []);
            };
            await foresee("one\n");
            assert.match(session.told.join("\n"), /^Production of \S+ has no content changes/);
            await foresee("two\n");
            assert.match(
                session.told.join("\n"),
                / {2}file: changed varnish\/note\.txt\n {4}@@ -1,1 \+1,1 @@\n {4}-one\n {4}\+two$/,
            );
        });

        it("needs a head of every environment, which git says where the endpoint does not", async () => {
            const pure = await openTestSession({ extensions: false });
            const hostname = `${fresh("pure")}.acme.example`;
            const body = { name: fresh("Pure "), hostname, origin: "192.0.2.1" };
            const { id: account, applications } = await pure.platform.api.must("POST", "/account/create", body);
            const application = applications[0].id;
            const gitUrl = `${pure.platform.url}/account/${account}/application/${application}/${hostname}.git`;
            const address = {
                gitUrl,
                branch: "Production",
                token: pure.settings.token,
                person: { name: "Pia", email: "pia@agency.example" },
            };
            const place = { organization: account, application, environment: "Production" };
            const head = await withAllBranches(address, async (branches) => branches.head);
            assert.deepEqual(await findHead(pure, place, gitUrl, { name: "Production", domains: [] }), head);
            const bare = await environmentNoun.ensure(pure, {
                application: `${account}/${application}`,
                name: "Production",
            });
            assert.deepEqual(
                [bare.outputs.head, (await environmentNoun.observe(pure, bare.id, bare.outputs))?.outputs.head],
                [head.commit, head.commit],
            );
        });
    });
