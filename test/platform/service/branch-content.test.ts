import assert from "node:assert/strict";
import { branchCommitSchema } from "section-model";
import { createApplication } from "../../../platform/service/applications";
import { commitBranch, readContent } from "../../../platform/service/branch-content";
import { openEnvironment } from "../../../platform/service/branches";
import { listDeployments } from "../../../platform/service/deployments";
import { pushRules } from "../../../platform/service/pushes";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("the content of an environment", () => {
    it("is read and committed to by members of its account only; a commit is counted and noted as a push", async () => {
        const context = await sharedContext();
        const [member, stranger] = [await makeMember(context), await makeMember(context)];
        const hostname = `${fresh("content")}.acme.example`;
        const { id: applicationId } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        const place = { applicationId, environment: "Production" };
        const { branch } = await openEnvironment(context, member, place);
        const expected = branch.head.commit;
        const request = branchCommitSchema.parse({
            expected,
            message: "edit",
            files: { "a.txt": "a", ".gitignore": null },
        });
        for (const refused of [
            commitBranch(context, stranger, place, request),
            readContent(context, stranger, place, { content: "all" }),
            commitBranch(context, member, { ...place, environment: "Nowhere" }, request),
            commitBranch(context, member, place, { ...request, content_of: "0".repeat(40) }),
        ])
            await assert.rejects(refused, { code: "not-found" });
        const before = context.repositories.pushedBranches;
        const { head } = await commitBranch(context, member, place, request);
        await commitBranch(context, member, place, request);
        assert.equal(context.repositories.pushedBranches, before + 1);
        const [deployment, ...older] = await listDeployments(context, member, applicationId, "Production");
        assert.deepEqual(
            [deployment?.commit, deployment?.author_email, older.length],
            [head.commit, member.caller.email, 0],
        );
        const { commit, files } = await readContent(context, member, place, { content: ["a.txt"] });
        assert.deepEqual(commit, head);
        assert.deepEqual(
            files
                .filter(({ path, content }) => path === ".gitignore" || content !== undefined)
                .map(({ content }) => content),
            ["a"],
        );
        assert.equal(await pushRules(context, member, []).payloadExists?.("nothing"), false);
    });
});
