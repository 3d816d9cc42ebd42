import assert from "node:assert/strict";
import { readPast } from "../../../client/repository/past-commits";
import { withBranch } from "../../../client/repository/repository";
import { ways } from "../../support/provider";
import { openBranch } from "../../support/ways";

for (const way of ways)
    describe(`the commits of a branch, by ${way}`, function () {
        this.timeout(60_000);

        it("come newest first with their whole messages, page by page until there are enough", async () => {
            const { address } = await openBranch(way);
            const commit = (text: string) =>
                withBranch(address, (checkout) =>
                    checkout.commit(new Map([["a.txt", text]]), `${text}\n\nKey: ${text}`),
                );
            const [one, two] = [await commit("one"), await commit("two")];
            const asked: number[] = [];
            const commits = await readPast(address, (known) => asked.push(known.length) > 0);
            assert.deepEqual(
                commits.slice(0, 2).map(({ id, subject, message }) => [id, subject, message]),
                [
                    [two.commit, "two", "two\n\nKey: two"],
                    [one.commit, "one", "one\n\nKey: one"],
                ],
            );
            assert.equal(commits.length, 3);
            assert.deepEqual(commits[0]?.email, "pia@agency.example");
            assert.deepEqual(asked, [], "a short page is the last one");
        });
    });
