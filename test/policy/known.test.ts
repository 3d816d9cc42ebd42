import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import { copyKnown } from "../../policy/known";
import { unknownText } from "../support/policy";

describe("what is known of a resource", () => {
    it("is copied; what is not yet known is left out and named", () => {
        const properties = unknownCheckingProxy({
            organization: unknownText,
            origin: { address: unknownText, httpPort: 80 },
            proxyChain: [{ name: "varnish", image: unknownText }, unknownText],
            nothing: null,
            protect: false,
        });
        const { known, unknown } = copyKnown(properties);
        assert.deepEqual(known, {
            origin: { httpPort: 80 },
            proxyChain: [{ name: "varnish" }, undefined],
            nothing: null,
            protect: false,
        });
        assert.deepEqual(unknown, ["organization", "origin.address", "proxyChain.0.image", "proxyChain.1"]);
    });

    it("does not hide another failure, and takes any name as a name", () => {
        const failing = Object.defineProperty({}, "origin", {
            enumerable: true,
            get: () => {
                throw new Error("broken");
            },
        });
        assert.throws(() => copyKnown(failing as Record<string, unknown>), /broken/);
        const { known } = copyKnown(JSON.parse('{"config":{"__proto__":"text"}}'));
        assert.deepEqual(Object.keys(known.config as object), ["__proto__"]);
    });
});
