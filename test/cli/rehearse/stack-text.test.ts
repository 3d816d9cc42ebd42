import assert from "node:assert/strict";
import { exchangeToken, rewriteExport } from "../../../cli/rehearse/stack-text";
import { describeBothWays, typeNow } from "../../support/both-ways";

const exchange = {
    live: { endpoint: "https://live.example", token: "tok-live" },
    copy: { endpoint: "http://127.0.0.1:8080", token: "tok-copy" },
};
const secret = (value: unknown) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    plaintext: JSON.stringify(value),
});

describeBothWays("the text of a stack for a rehearsal", () => {
    it("has no live token anywhere, leads answers of the platform to the copy, and leaves what the program wrote", () => {
        const ours = {
            type: typeNow("environment"),
            custom: true,
            inputs: {
                origin: { address: "https://live.example/x" },
                key: secret("tok-live"),
            },
            outputs: {
                gitUrl: "https://live.example/account/1/application/1/x.git",
                other: "https://live.example.org/x",
                list: [{ at: "https://live.example" }],
            },
        };
        const foreign = {
            type: "aws:s3:Bucket",
            inputs: { url: "https://live.example/y" },
            outputs: { url: "https://live.example/y", token: secret({ token: "tok-live" }) },
        };
        const text = JSON.stringify({
            version: 3,
            deployment: { secrets_providers: { type: "passphrase" }, resources: [ours, foreign] },
        });
        const rewritten = rewriteExport(
            text,
            exchange,
            JSON.stringify({ deployment: { secrets_providers: { type: "passphrase", state: "its own" } } }),
        );
        assert.doesNotMatch(rewritten, /tok-live/);
        const { deployment, version } = JSON.parse(rewritten);
        assert.equal(version, 3);
        assert.deepEqual(deployment.secrets_providers, { type: "passphrase", state: "its own" });
        assert.deepEqual(deployment.resources[0].outputs, {
            gitUrl: "http://127.0.0.1:8080/account/1/application/1/x.git",
            other: "https://live.example.org/x",
            list: [{ at: "http://127.0.0.1:8080" }],
        });
        assert.deepEqual(deployment.resources[0].inputs, { ...ours.inputs, key: secret("tok-copy") });
        assert.deepEqual(deployment.resources[1], {
            ...foreign,
            outputs: { ...foreign.outputs, token: secret({ token: "tok-copy" }) },
        });
    });

    it("may be that of a stack with nothing in it", () => {
        assert.deepEqual(JSON.parse(rewriteExport('{"version":3,"deployment":{}}', exchange, "{}")), {
            version: 3,
            deployment: {},
        });
        assert.equal(exchangeToken("Bearer tok-live", exchange), "Bearer tok-copy");
    });
});
