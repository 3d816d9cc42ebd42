import assert from "node:assert/strict";
import { refuseState } from "../../../cli/convert/refuse-state";
import { providerTextOf, resourceTypeOf } from "../../../provider/run/resource-kind";

function resource(type: string, more: object = {}) {
    return { urn: `urn:pulumi:prod::agency::${type}::www`, custom: true, id: "1/2", type, ...more };
}

const site = resourceTypeOf("application");
const text = { __provider: providerTextOf("application") };
const stateOf = (...resources: object[]) =>
    ({ version: 3, deployment: { resources } }) as Parameters<typeof refuseState>[0];

describe("a state that is not converted", () => {
    it("is none of those that were left in order", () => {
        refuseState({ version: 3 });
        refuseState({ ...stateOf(resource(site, { inputs: text, outputs: { ...text, __v: 1 } })), version: 4 });
        refuseState(
            stateOf(
                resource("section:index:Team", { outputs: { __v: 1 } }),
                resource("aws:s3:Bucket", { outputs: { __v: 9 } }),
            ),
        );
        refuseState(stateOf(resource("section:index:Agency", { custom: false })));
    });

    const cases: readonly [what: string, state: Parameters<typeof refuseState>[0], message: RegExp][] = [
        [
            "has another form",
            { version: 5 },
            /^the state has form 5, and this version knows 3, 4\. Convert it with the version/,
        ],
        [
            "has an operation that did not end",
            { version: 3, deployment: { pending_operations: [{ resource: resource(site), type: "creating" }] } },
            /^an operation on www did not end \(creating\), so the state may be wrong\. Run pulumi-section up, or pulumi refresh/,
        ],
        [
            "has a kind of a later version",
            stateOf(resource("section:index:PathRule")),
            /^www is of type section:index:PathRule, which this version does not know\. Install the version of pulumi-section-cli/,
        ],
        [
            "was written in a later form",
            stateOf(resource(site, { inputs: text, outputs: { ...text, __v: 2 } })),
            /^www was written by a later version of section \(its form is 2, this version knows 1\)/,
        ],
        [
            "names other code",
            stateOf(resource(site, { inputs: { __provider: "exports.handler=1" } })),
            /^www names the code of another version: "exports\.handler=1"/,
        ],
    ];
    for (const [what, state, message] of cases) it(what, () => assert.throws(() => refuseState(state), { message }));
});
