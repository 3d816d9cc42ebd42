import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { compareEnvironments, getCommit } from "../../../platform/service/commits";
import { setIpRestrictions } from "../../../platform/service/configuration";
import { createEnvironment, getHead } from "../../../platform/service/environments";
import { getFile, listFiles } from "../../../platform/service/previews";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("history and files", () => {
    it("show what a commit changed and where it is, and what going live would change", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("www")}.acme.example`,
            origin: "192.0.2.1",
        });
        await createEnvironment(context, member, id, {
            name: "Staging",
            from: "Production",
            hostname: `${fresh("staging")}.acme.example`,
        });
        await setIpRestrictions(context, member, { applicationId: id, environment: "Staging" }, ["192.0.2.9"]);
        const production = await getHead(context, member, id, "Production");
        const staging = await getHead(context, member, id, "Staging");

        const first = await getCommit(context, member, id, production.commit);
        assert.deepEqual([first.commit.parents, first.environments], [[], ["Production", "Staging"]]);
        assert.ok(first.difference.files.every(({ change }) => change === "added"));
        const last = await getCommit(context, member, id, staging.commit);
        assert.deepEqual(
            [last.environments, last.difference.files.map(({ path }) => path)],
            [["Staging"], ["section.config.json"]],
        );
        assert.ok(
            last.difference.files[0]?.hunks[0]?.lines.some(
                ({ kind, text }) => kind === "added" && text.includes("192.0.2.9"),
            ),
        );

        const live = await compareEnvironments(context, member, id, "Staging", "Production");
        assert.equal(live.promoted.commit, staging.commit);
        assert.deepEqual(live.difference.files, [], "refused addresses stay where they are in a promotion");
        assert.deepEqual((await compareEnvironments(context, member, id, "Staging", "Staging")).difference.files, []);

        const files = await listFiles(context, member, id, staging.tree);
        assert.ok(files.some(({ path }) => path === "varnish/default.vcl"));
        assert.match((await getFile(context, member, id, "Staging", "section.config.json")).text ?? "", /192\.0\.2\.9/);
        assert.doesNotMatch(
            (await getFile(context, member, id, "Production", "section.config.json")).text ?? "",
            /192\.0\.2\.9/,
        );

        const stranger = await makeMember(context);
        for (const look of [
            () => getCommit(context, stranger, id, production.commit),
            () => compareEnvironments(context, stranger, id, "Staging", "Production"),
            () => getFile(context, stranger, id, "Production", "section.config.json"),
            () => getCommit(context, member, id, "1".repeat(40)),
            () => getFile(context, member, id, "Production", "none"),
            () => compareEnvironments(context, member, id, "None", "Production"),
        ])
            await assert.rejects(look(), { code: "not-found" });
    });
});
