import assert from "node:assert/strict";
import type { Caller } from "../../../platform/auth/caller";
import { answerQuery } from "../../../platform/http/graphql-query";
import type { Context } from "../../../platform/service/context";

describe("a GraphQL query", () => {
    it("that is wrong is refused in REST's form, with the reason of each mistake", async () => {
        for (const [query, reason] of [
            ["{", /Syntax Error/],
            ["{ nothing }", /Cannot query field "nothing"/],
        ] as const) {
            const { status, document } = await answerQuery({} as Context, {} as Caller, { query }, true);
            const { message, data, errors } = document as {
                message: string;
                data: null;
                errors: { message: string }[];
            };
            assert.deepEqual([status, data], [400, null]);
            assert.match(message, reason);
            assert.match(errors[0]?.message ?? "", reason);
        }
    });
});
