import assert from "node:assert/strict";
import { providerPlatform } from "../../support/provider";
import { pulumiSection } from "../../support/provider-command";

describe("the pulumi-section command", () => {
    it("says where the settings lead", async () => {
        const { url, token } = await providerPlatform();
        const environment = { SECTION_ENDPOINT: url, SECTION_TOKEN: token };
        const shown = await pulumiSection(["whoami"], { environment });
        assert.equal(shown.code, 0, shown.stderr);
        assert.match(
            shown.stdout,
            new RegExp(`^Olga Owner <olga@agency\\.example> at ${url}\n\\d+ organizations\nextensions: account\\.changes, account\\.create, `),
        );
        const { stdout } = await pulumiSection(["whoami", "--json"], { environment });
        assert.equal(JSON.parse(stdout).email, "olga@agency.example");
    });

    it("says of pure v1 that it has no extensions", async () => {
        const { url, token } = await providerPlatform(false);
        assert.match((await pulumiSection(["whoami"], { environment: { SECTION_ENDPOINT: url, SECTION_TOKEN: token } })).stdout, /none \(pure v1\)/);
    });

    it("fails in words: without settings, with a wrong token, with a command it does not know", async () => {
        const { url } = await providerPlatform();
        const bare = await pulumiSection(["whoami"], { environment: {}, cwd: "/" });
        assert.deepEqual([bare.code, bare.stdout], [1, ""]);
        assert.match(bare.stderr, /^pulumi-section: no endpoint is set\. Set SECTION_ENDPOINT/);
        const wrong = await pulumiSection(["whoami"], { environment: { SECTION_ENDPOINT: url, SECTION_TOKEN: "s3cret-and-wrong" } });
        assert.equal(wrong.code, 1);
        assert.doesNotMatch(wrong.stderr, /s3cret/);
        assert.match((await pulumiSection(["whomai"], { environment: {} })).stderr, /unknown command 'whomai'.*whoami/s);
    });
});
