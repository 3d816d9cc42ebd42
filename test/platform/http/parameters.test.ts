import assert from "node:assert/strict";
import { applicationHref, environmentHref } from "../../../platform/http/href";
import { accountParams, flagSchema } from "../../../platform/http/parameters";

describe("parameters of paths and queries", () => {
    it("ids are whole numbers that the database can hold", () => {
        assert.deepEqual(accountParams.parse({ accountId: "1335" }), { accountId: 1335 });
        for (const accountId of ["0x10", "-1", "1e3", " 1", "", "2147483648", "99999999999"])
            assert.equal(accountParams.safeParse({ accountId }).success, false, accountId);
        assert.deepEqual(
            [flagSchema.parse("true"), flagSchema.parse("false"), flagSchema.safeParse("1").success],
            [true, false, false],
        );
    });

    it("and where things are found", () => {
        assert.equal(environmentHref(1, 2, "Staging"), `${applicationHref(1, 2)}/environment/Staging`);
        assert.equal(applicationHref(1, 2), "/api/v1/account/1/application/2");
    });
});
