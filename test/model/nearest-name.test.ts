import assert from "node:assert/strict";
import { meantName, nearestName, nearestNames } from "../../model/nearest-name";

describe("the name that was meant", () => {
    it("is near, whatever its capitals; the longer a word, the more letters may be wrong", () => {
        assert.equal(nearestName("tolowr", ["toupper", "tolower"]), "tolower");
        assert.equal(nearestName("VARNISH", ["varnish"]), "varnish");
        assert.equal(nearestName("nmae", ["name"]), "name", "two letters that changed places are one mistake");
        assert.equal(nearestName("anem", ["name"]), undefined);
        assert.equal(
            nearestName("vcl_backend_respnse", ["vcl_backend_response", "vcl_backend_fetch"]),
            "vcl_backend_response",
        );
    });

    it("is nothing for a known name, a far one and a very short one", () => {
        assert.equal(nearestName("set", ["set", "sub"]), undefined);
        assert.equal(nearestName("docs", ["varnish"]), undefined);
        assert.equal(nearestName("p1", ["p2"]), undefined);
        assert.equal(nearestName("custom-errrs", ["custom_errors"], 1), undefined);
    });

    it("of a property may be spelt in another way, or be cut off", () => {
        const known = ["httpPort", "timeoutSeconds", "email", "allowLiveDelete"];
        for (const [wrong, right] of [
            ["http_port", "httpPort"],
            ["HTTP-Prot", "httpPort"],
            ["e-mail", "email"],
            ["timeout", "timeoutSeconds"],
            ["allowLive", "allowLiveDelete"],
            ["al", undefined],
            ["colour", undefined],
        ] as const)
            assert.equal(meantName(wrong, known), right, wrong);
    });
});

describe("the nearest names", () => {
    it("come in order, at most as many as are asked for", () => {
        assert.deepEqual(nearestNames("acne", ["Zebra", "Acme", "ACRE", "Bakery", "acne"]), ["acne", "Acme", "ACRE"]);
        assert.deepEqual(nearestNames("acne", ["Zebra", "Acme"], 1), ["Acme"]);
    });
});
