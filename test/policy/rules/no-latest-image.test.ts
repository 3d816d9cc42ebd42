import assert from "node:assert/strict";
import { noLatestImage } from "../../../policy/rules/no-latest-image";
import { unknownText, violationsOf } from "../../support/policy";

describe("the rule section-no-latest-image", () => {
    const images = (...all: string[]) => [
        { type: "Environment", name: "live", props: { proxyChain: all.map((image) => ({ name: "proxy", image })) } },
    ];

    it("refuses images without a version, each", async () => {
        assert.deepEqual(
            await violationsOf(noLatestImage, images("varnish:6.3.1", "varnish:latest", "varnish", unknownText)),
            [
                "live: Proxy proxy of live has the image varnish:latest, whose tag moves.",
                "live: Proxy proxy of live has the image varnish, without a tag.",
            ],
        );
        assert.deepEqual(await violationsOf(noLatestImage, [{ type: "Environment", name: "live", props: {} }]), []);
    });

    it("refuses other tags that move, and allows images by name", async () => {
        assert.deepEqual(
            await violationsOf(noLatestImage, images("varnish:stable", "varnish:latest"), { tags: ["stable"] }),
            ["live: Proxy proxy of live has the image varnish:stable, whose tag moves."],
        );
        assert.deepEqual(
            await violationsOf(noLatestImage, images("sigsci:latest", "odd"), { images: ["sigsci:latest", "odd"] }),
            [],
        );
    });
});
