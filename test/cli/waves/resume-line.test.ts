import assert from "node:assert/strict";
import { sayResumeLine, usualWaves } from "../../../cli/waves/resume-line";

describe("the line that goes on with waves", () => {
    it("has the stack and the check of the run, and can be copied into a shell", () => {
        assert.equal(sayResumeLine({ ...usualWaves, check: false }), "pulumi-section waves --resume --no-check");
        const options = {
            ...usualWaves,
            stack: "prod",
            checkUrl: "https://{hostname}/health",
            edge: "192.0.2.7:443",
            expect: 204,
            expectText: "it's well",
            tries: 5,
            settle: 1_500,
            timeout: 60_000,
            pause: 300_000,
            yes: true,
        };
        assert.equal(
            sayResumeLine(options),
            "pulumi-section waves --resume --stack prod --check-url 'https://{hostname}/health' --edge 192.0.2.7:443 " +
                "--expect 204 --expect-text 'it'\\''s well' --tries 5 --settle 1500ms --timeout 60s --pause 300s --yes",
        );
        assert.equal(
            sayResumeLine({ ...usualWaves, check: "./look.sh --fast" }),
            "pulumi-section waves --resume --check './look.sh --fast'",
        );
    });
});
