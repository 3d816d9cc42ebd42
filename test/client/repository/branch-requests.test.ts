import assert from "node:assert/strict";
import { environmentsPath, listEnvironments } from "../../../client/environments";
import { listPastCommits, makeCommit, readBranch, readMovedBranch } from "../../../client/repository/branch-requests";
import { openBranch } from "../../support/ways";

describe("requests for a branch", function () {
    this.timeout(60_000);

    it("read it, tell that nothing has changed, and commit texts and bytes", async () => {
        const { session, address } = await openBranch("request");
        const { client } = session;
        const place = address.requests?.place as NonNullable<typeof address.requests>["place"];
        const first = await readBranch(client, place);
        assert.equal(await readMovedBranch(client, place, first.head.commit), undefined);
        const picture = Buffer.from([0, 0xff, 0xfe]);
        const wanted = {
            expected: first.head.commit,
            author: address.person,
            message: "two\n\nlines",
            edits: new Map([
                ["a.txt", Buffer.from("ü\r\n")],
                ["p.png", picture],
            ]),
        };
        await listEnvironments(client, place);
        const { head: made, lines } = await makeCommit(client, place, wanted);
        assert.deepEqual(lines, ["Validating configuration for proxy varnish..."]);
        const [listed] = await listEnvironments(client, place);
        assert.ok(client.hasRead(environmentsPath(place)));
        assert.deepEqual(listed?.head, made, "the shared list has the new head");
        assert.deepEqual((await makeCommit(client, place, wanted)).head, made, "the same again");
        const files = ["a.txt", "p.png", "nothing"];
        const moved = await readMovedBranch(client, place, first.head.commit, { files });
        assert.deepEqual(moved?.head, made);
        assert.deepEqual(
            [moved?.newest.subject, moved?.newest.message, moved?.newest.email],
            ["two", "two\n\nlines", address.person.email],
        );
        assert.deepEqual(
            [...(moved?.contents ?? [])],
            [
                ["a.txt", Buffer.from("ü\r\n")],
                ["p.png", picture],
            ],
        );
        assert.equal(moved?.modes.get("p.png"), "100644");
        const [past] = await listPastCommits(client, place, made.commit);
        assert.equal(past?.id, first.head.commit);
        const earlier = await readBranch(client, place, { commit: first.head.commit });
        assert.deepEqual(earlier.files, first.files);
    });
});
