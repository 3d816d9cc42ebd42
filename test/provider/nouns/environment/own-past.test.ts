import assert from "node:assert/strict";
import type { EnvironmentInputs } from "section-model";
import { withBranch } from "../../../../client/repository/repository";
import { environmentNoun } from "../../../../provider/nouns/environment/environment";
import { findOwnPast } from "../../../../provider/nouns/environment/own-past";
import { identityOf, noteClaimant } from "../../../../provider/run/claimant";
import { branchAddress } from "../../../../provider/run/find-branch";
import { Memory } from "../../../../provider/run/memory";
import { startOperation } from "../../../support/operation";
import { openTestSession, type TestSession, ways } from "../../../support/provider";
import { pushFiles } from "../../../support/push";
import { fresh } from "../../../support/stores";

/** Words of an operation that is killed right after it moved the branch: nobody keeps its outputs. */
const killed = (operation: Promise<unknown>) => operation.then(() => {});

const filesOf = (text: string, ...more: string[]) =>
    Object.fromEntries(["note", ...more].map((name) => [`varnish/${name}.txt`, `${text}\n`]));

for (const way of ways)
    describe(`commits that no state knows, by ${way}`, function () {
        this.timeout(60_000);

        async function open() {
            const session = await openTestSession({ way });
            const hostname = `${fresh("past")}.acme.example`;
            const { account, application, gitUrl } = await session.platform.api.makeSite("Acme", hostname);
            const at = `/account/${account}/application/${application}/environment`;
            /** The session of one operation: an engine's process ends with it. */
            const operate = async (resource = "production", stack = "prod", token?: string): Promise<TestSession> => {
                const begun = await openTestSession({ way, token });
                const { memory } = begun;
                for (const name of ["Production", "Staging"])
                    noteClaimant(memory, identityOf("environment", [`${account}/${application}`, name]), {
                        project: "agency",
                        stack,
                        resource,
                        isPreview: false,
                    });
                return { ...begun, told: session.told, tell: session.tell };
            };
            const production = (more: Partial<EnvironmentInputs>): EnvironmentInputs => ({
                application: `${account}/${application}`,
                name: "Production",
                ...more,
            });
            const push = (files: Record<string, string>, message = "by hand") =>
                pushFiles(session.settings.token, gitUrl, { files, message });
            const look = async () => {
                const { files } = await session.platform.api.get(`${at}/Production/content?content=all`);
                return Object.fromEntries(
                    files.map(({ path, content }: { path: string; content: string }) => [path, content]),
                );
            };
            const subjects = async () =>
                (await session.platform.api.get(`${at}/Production/commits`)).map(
                    ({ message }: { message: string }) => message.split("\n")[0],
                );
            const first = await environmentNoun.ensure(await operate(), production({ config: filesOf("one") }));
            return { session, hostname, gitUrl, at, operate, production, push, look, subjects, first };
        }

        it("are taken over by the refresh after a kill; what somebody else pushed is left to the next up", async () => {
            const { session, operate, production, push, first } = await open();
            const recovering = { ...session, settings: { ...session.settings, unsaved: "agency/prod" } };
            const observe = async (stack?: string) => {
                const settings = { ...recovering.settings, ...(stack && { unsaved: stack }) };
                const known = { ...recovering, settings, memory: new Memory() };
                return (await environmentNoun.observe(known, first.id, first.outputs))?.outputs;
            };
            const wanted = production({ config: filesOf("two") });
            const lost = await environmentNoun.ensure(await operate(), wanted, first);
            assert.deepEqual(await observe(), lost.outputs);
            assert.equal((await observe("agency/dev"))?.head, first.outputs.head, "of another stack");
            await push({ "varnish/note.txt": "theirs\n" });
            const after = await observe();
            assert.deepEqual([after?.head, after?.files], [first.outputs.head, first.outputs.files]);
            await assert.rejects(
                environmentNoun.ensure(await operate(), production({ config: filesOf("three") }), first),
                /moved branch Production .* and changed varnish\/note\.txt/,
            );
        });

        it("are found done by the same program, and make no second commit", async () => {
            const { operate, production, subjects, first } = await open();
            const wanted = production({ config: filesOf("two") });
            const lost = await environmentNoun.ensure(await operate(), wanted, first);
            assert.deepEqual((await environmentNoun.ensure(await operate(), wanted, first)).outputs, lost.outputs);
            assert.deepEqual((await subjects()).slice(0, 2), [
                "Configure Production: varnish/note.txt (agency/prod)",
                "Configure Production: varnish/note.txt (agency/prod)",
            ]);
            assert.equal((await subjects()).length, 3);
        });

        it("are built upon by an edited program: what it no longer declares goes, what was never declared stays", async () => {
            const { operate, production, push, look, first } = await open();
            await push({ "theirs.txt": "theirs\n" });
            const known = (await environmentNoun.observe(await operate(), first.id, first.outputs)) ?? first;
            await killed(
                environmentNoun.ensure(await operate(), production({ config: filesOf("two", "extra") }), known),
            );
            await killed(
                environmentNoun.ensure(await operate(), production({ config: filesOf("2b", "other") }), known),
            );
            const wanted = production({ config: filesOf("three") });
            const goneOn = await environmentNoun.ensure(await operate(), wanted, known);
            const files = await look();
            assert.equal(files["varnish/note.txt"], "three\n");
            assert.deepEqual(
                ["varnish/extra.txt", "varnish/other.txt", "theirs.txt"].map((path) => path in files),
                [false, false, true],
            );
            assert.equal((await environmentNoun.observe(await operate(), first.id, goneOn.outputs))?.inputs, undefined);
        });

        it("of a new resource that no state has are built upon too", async () => {
            const { session, operate, production, look } = await open();
            await killed(environmentNoun.ensure(await operate(), production({ config: filesOf("two", "extra") })));
            await environmentNoun.ensure(await operate(), production({ config: filesOf("three") }));
            assert.match(session.told.join(), /Production loses varnish\/extra\.txt: a run whose state was not saved/);
            const files = await look();
            assert.deepEqual([files["varnish/note.txt"], "varnish/extra.txt" in files], ["three\n", false]);
        });

        it("with somebody else's on top or between are a conflict, which names who that was", async () => {
            const { operate, production, push, first } = await open();
            const edited = production({ config: filesOf("three") });
            const refusal = (subject: string) =>
                new RegExp(
                    `Gita <gita@agency\\.example>, .* "${subject}" moved branch Production .* and changed varnish/note\\.txt`,
                );
            await push({ "beside.txt": "x" }, "beside");
            await killed(environmentNoun.ensure(await operate(), production({ config: filesOf("two") }), first));
            await assert.rejects(environmentNoun.ensure(await operate(), edited, first), refusal("beside"));
            const known = (await environmentNoun.observe(await operate(), first.id, first.outputs)) ?? first;
            await killed(environmentNoun.ensure(await operate(), production({ config: filesOf("2b") }), known));
            await push({ "varnish/note.txt": "theirs\n" }, "hotfix");
            await assert.rejects(environmentNoun.ensure(await operate(), edited, known), refusal("hotfix"));
        });

        it("of another stack, resource or user are somebody else's", async () => {
            const { session, at, operate, production, first } = await open();
            const account = at.split("/")[2];
            const email = `${fresh("pia")}@agency.example`;
            await session.platform.signUp(email);
            await session.platform.api.must("POST", `/account/${account}/user`, { email, accountCapability: "admin" });
            const token = await session.platform.tokenFor(email);
            let known = first;
            for (const other of await Promise.all([
                operate("production", "copy"),
                operate("other"),
                operate("production", "prod", token),
            ])) {
                const edit = (text: string) => production({ config: filesOf(text) });
                await killed(environmentNoun.ensure(other, edit(fresh("two")), known));
                await assert.rejects(
                    environmentNoun.ensure(await operate(), edit("three"), known),
                    /moved branch Production/,
                );
                known = (await environmentNoun.observe(await operate(), known.id, known.outputs)) ?? known;
            }
        });

        it("of promotions are gone on from: to another commit, and back to what was there before", async () => {
            const { hostname, operate, production, look, first } = await open();
            const stage = async (text: string, previous?: typeof first) =>
                environmentNoun.ensure(
                    await operate("staging"),
                    { ...production({ config: filesOf(text, "staged") }), name: "Staging", hostname: `s.${hostname}` },
                    previous,
                );
            const one = await stage("s1");
            const promote = (commit: unknown) => production({ promote: commit as string });
            const live = await environmentNoun.ensure(await operate(), promote(one.outputs.head), first);
            const two = await stage("s2", one);
            await killed(environmentNoun.ensure(await operate(), promote(two.outputs.head), live));
            const three = await stage("s3", two);
            const goneOn = await environmentNoun.ensure(await operate(), promote(three.outputs.head), live);
            assert.equal((await look())["varnish/note.txt"], "s3\n");
            assert.equal(goneOn.outputs.promotedOver, live.outputs.promotedOver);

            const undone = await environmentNoun.ensure(
                await operate(),
                production({ config: filesOf("one") }),
                goneOn,
            );
            await killed(environmentNoun.ensure(await operate(), promote(two.outputs.head), undone));
            const back = await environmentNoun.ensure(await operate(), production({ config: filesOf("four") }), undone);
            const files = await look();
            assert.deepEqual([files["varnish/note.txt"], "varnish/staged.txt" in files], ["four\n", false]);
            assert.equal(back.outputs.promote, undefined);
        });

        it("are looked for only where the head is such a commit", async () => {
            const { operate, production, first } = await open();
            const session = await operate();
            const maker = { project: "agency", stack: "prod", resource: "production" };
            const place = {
                organization: Number(production({}).application.split("/")[0]),
                application: Number(production({}).application.split("/")[1]),
                environment: "Production",
            };
            const address = await branchAddress(session, place, first.outputs.gitUrl);
            const question = { maker, email: address.person.email, known: first.outputs.head };
            await withBranch(address, async (checkout) => {
                assert.deepEqual(await findOwnPast(checkout, question), { isOwn: false, files: [] });
                assert.deepEqual(await findOwnPast(checkout, { ...question, maker: undefined, known: "x" }), {
                    isOwn: false,
                    files: [],
                });
                assert.deepEqual((await findOwnPast(checkout, { ...question, known: undefined })).files, [
                    "varnish/note.txt",
                ]);
            });
        });
    });

describe("an operation that is killed after it moved a branch", function () {
    this.timeout(60_000);

    it("is gone on from by the next one, which has the declaration's stack and name from the engine's check", async () => {
        const begin = () => startOperation();
        const { platform } = await openTestSession();
        const { account, application } = await platform.api.makeSite("Acme", `${fresh("kill")}.acme.example`);
        const inputs = (text: string, ...more: string[]) => ({
            application: `${account}/${application}`,
            name: "Production",
            config: filesOf(text, ...more),
        });
        const { id, outs } = await (await begin())("environment").create(inputs("one"), {
            resource: "production",
            adopt: true,
        });
        await killed((await begin())("environment").update(id, outs, inputs("two", "extra"), "production"));
        const third = await (await begin())("environment").update(id, outs, inputs("three"), "production");
        const next = await begin();
        const known = third.outs as Record<string, unknown>;
        assert.equal((await next("environment").diff(id, known, inputs("three"), "production")).changes, false);
        const [newest, ...older] = await platform.api.get(
            `/account/${account}/application/${application}/environment/Production/commits`,
        );
        assert.match(
            newest.message,
            /^Configure Production: varnish\/note\.txt, varnish\/extra\.txt \(agency\/tests\)\n\nPulumi-Stack: agency\/tests\nPulumi-Resource: production\nProgram-Commit: [0-9a-f]{40}$/,
        );
        assert.equal(older.length, 3);
    });
});
