import assert from "node:assert/strict";
import { findForeignSteps } from "../../../cli/rehearse/foreign-step";
import { describeBothWays, typeNow } from "../../support/both-ways";

const urn = (type: string) => `urn:pulumi:test::story::${type}::x`;
const step = (op: string, type: string, state: object = {}) => ({
    op,
    urn: urn(type),
    newState: { type, custom: true, ...state },
});

describeBothWays("what a rehearsal has no copy of", () => {
    it("is what an up would change by another provider; components, providers, readings and what stays are not", () => {
        const steps = [
            step("create", "aws:s3/bucket:Bucket"),
            {
                op: "delete",
                urn: urn("random:index/randomId:RandomId"),
                oldState: { type: "random:index/randomId:RandomId", custom: true },
            },
            step("update", "pulumi-nodejs:dynamic:Resource", {
                inputs: { __provider: "exports.handler = something else" },
            }),
            step("same", "aws:s3/bucket:Bucket"),
            step("read", "aws:s3/bucket:Bucket"),
            step("create", "agency:index:Site", { custom: false }),
            step("update", "pulumi:providers:pulumi-nodejs"),
            step("create", typeNow("domain")),
        ];
        assert.deepEqual(
            findForeignSteps(JSON.stringify({ steps })).map(({ op, type }) => [op, type]),
            [
                ["create", "aws:s3/bucket:Bucket"],
                ["delete", "random:index/randomId:RandomId"],
                ["update", "pulumi-nodejs:dynamic:Resource"],
            ],
        );
        assert.deepEqual(findForeignSteps("{}"), []);
    });
});
