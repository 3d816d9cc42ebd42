import assert from "node:assert/strict";
import { nearestName } from "../../../model/content/nearest-name";

describe("the name that was meant", () => {
    it("is near, whatever its capitals; the longer a word, the more letters may be wrong", () => {
        assert.equal(nearestName("tolowr", ["toupper", "tolower"]), "tolower");
        assert.equal(nearestName("VARNISH", ["varnish"]), "varnish");
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
});
