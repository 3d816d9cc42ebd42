import assert from "node:assert/strict";
import { validateContent } from "../../client/validation";
import { openBranch } from "../support/ways";

describe("asking what a push would answer", function () {
    this.timeout(60_000);

    it("gives warnings, problems with their places, and the proxies; nothing is written", async () => {
        const { session, address, root } = await openBranch("request");
        const place = address.requests?.place as NonNullable<typeof address.requests>["place"];
        const head = await session.platform.api.get(`${root}/Production/head`);
        const edits = new Map<string, string | Buffer | null>([
            ["varnish/a.json", "{"],
            ["varnish/empty.vcl", ""],
            ["varnish/icon.png", Buffer.from([0, 255])],
            ["varnish/proxy-features.json", null],
        ]);
        assert.deepEqual(await validateContent(session.client, place, edits), {
            warnings: ["warning: varnish/empty.vcl is empty"],
            problems: [
                {
                    path: "varnish/a.json",
                    line: 1,
                    column: 2,
                    message: "varnish/a.json:1:2: cannot be parsed as JSON: a } is missing",
                },
            ],
            proxychain: [{ name: "varnish", image: "varnish:6.3.1" }],
        });
        assert.deepEqual(await session.platform.api.get(`${root}/Production/head`), head);
    });
});
