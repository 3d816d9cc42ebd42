import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { checkContent, editBranch, openEnvironment } from "../../../platform/service/branches";
import { listDeployments } from "../../../platform/service/deployments";
import { makeMember, sharedContext } from "../../support/context";
import { files } from "../../support/repository";
import { fresh } from "../../support/stores";

describe("the branch of an environment", () => {
    async function site() {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("branch")}.acme.example`,
            origin: "192.0.2.1",
        });
        return { context, member, place: { applicationId: id, environment: "Production" } };
    }

    it("an edit is refused in the words that a push of the same content is told, and nothing is written", async () => {
        const { context, member, place } = await site();
        const { branch } = await openEnvironment(context, member, place);
        const broken = files({
            "section.config.json":
                '{"proxychain":[{"name":"a-b","image":"x"},{"name":"varnish","image":"varnish:99"}],"environments":{}}',
        });
        const { problems } = await checkContent(context, await branch.with(broken), "Production");
        assert.equal(problems.length, 3);
        await assert.rejects(
            editBranch(context, member, place, "break it", async () => broken),
            (error: Error) =>
                problems.every(({ message }) => error.message.includes(message)) &&
                /Nothing was changed/.test(error.message),
        );
        assert.equal((await openEnvironment(context, member, place)).branch.head.commit, branch.head.commit);
        assert.deepEqual(await listDeployments(context, member, place.applicationId, "Production"), []);
    });

    it("what was wrong before keeps nobody from a change of something else", async () => {
        const { context, member, place } = await site();
        const key = { accountId: member.accountId, applicationId: place.applicationId };
        // past every check, as an older platform with fewer rules might have taken it
        await context.repositories.edit(key, "Production", { author: member.caller, message: "x" }, async () =>
            files({ "varnish/broken.json": "{" }),
        );
        await editBranch(context, member, place, "other", async () => files({ "varnish/other.json": "{}" }));
        await assert.rejects(
            editBranch(context, member, place, "more", async () => files({ "varnish/more.json": "{" })),
            (error: Error) =>
                /varnish\/more\.json:1:2: cannot/.test(error.message) && !error.message.includes("broken.json"),
        );
    });

    it("whoever changes it notes one deployment; whoever changes nothing notes none, also when others write at once", async () => {
        const { context, member, place } = await site();
        const write = (content: Record<string, string>) =>
            editBranch(context, member, place, "write", async () => files(content));
        await Promise.all(
            Array.from({ length: 6 }, (_, index) =>
                write(index % 2 === 0 ? { [`f${index}.txt`]: "x" } : { ".gitignore": "local.config.json" }),
            ),
        );
        const commits = await context.repositories.commits(
            { accountId: member.accountId, applicationId: place.applicationId },
            "Production",
            { limit: 10 },
        );
        assert.equal(commits.length, 4);
        const deployments = await listDeployments(context, member, place.applicationId, "Production");
        assert.deepEqual(
            deployments.map(({ commit }) => commit),
            commits.slice(0, 3).map(({ commit }) => commit),
        );
    });

    it("is there for members of its account only", async () => {
        const { context, place } = await site();
        const stranger = await makeMember(context);
        await assert.rejects(openEnvironment(context, stranger, place), { code: "not-found" });
        await assert.rejects(
            editBranch(context, stranger, place, "x", async () => assert.fail("it was asked")),
            { code: "not-found" },
        );
    });
});
