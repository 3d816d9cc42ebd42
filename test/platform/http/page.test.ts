import assert from "node:assert/strict";
import type { Page } from "../../../platform/http/page";
import { pages } from "../../../platform/http/pages";
import { requireSome } from "../../support/require-some";

describe("the table of pages", () => {
    it("lets members only see what belongs to an account", () => {
        for (const { path, access, params } of requireSome(pages as Page[])) {
            const isOfAccount = path.includes(":accountId");
            assert.equal(access !== "user", isOfAccount, path);
            assert.equal(params !== undefined, isOfAccount, path);
            if (isOfAccount) assert.equal(params?.safeParse({ accountId: "x" }).success, false, path);
        }
        assert.equal(new Set(pages.map(({ path }) => path)).size, pages.length);
    });

    it("takes any query", () => {
        for (const { path, query } of requireSome(pages as Page[]))
            for (const value of [
                {},
                { search: ["a", "b"], page: "x", before: "--all" },
                { search: "x".repeat(1000), page: "-1" },
                { page: "1e9" },
            ])
                assert.equal(query?.safeParse(value).success ?? true, true, path);
    });
});
