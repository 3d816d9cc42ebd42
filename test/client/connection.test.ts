import assert from "node:assert/strict";
import { normaliseEndpoint } from "../../client/connection";

describe("an endpoint", () => {
    it("has one spelling", () => {
        for (const text of [
            "https://aperture.section.io",
            " https://aperture.section.io/ ",
            "https://Aperture.Section.io/api/v1/",
            "https://aperture.section.io/?x#y",
        ])
            assert.equal(normaliseEndpoint(text), "https://aperture.section.io");
        assert.equal(normaliseEndpoint("http://127.0.0.1:8080/section/"), "http://127.0.0.1:8080/section");
    });

    it("is refused when it is none, or holds credentials", () => {
        assert.throws(
            () => normaliseEndpoint("aperture.section.io"),
            /which is not an address\. Write one such as https/,
        );
        assert.throws(() => normaliseEndpoint("ftp://x"), /begins with ftp:/);
        assert.throws(
            () => normaliseEndpoint("https://me:secret@x"),
            (error: Error) => /holds credentials/.test(error.message) && !error.message.includes("secret"),
        );
    });
});
