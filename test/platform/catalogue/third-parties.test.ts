import assert from "node:assert/strict";
import { findThirdParty } from "../../../platform/catalogue/third-parties";

describe("third parties", () => {
    it("are told by the end of a name, in whole labels", () => {
        assert.equal(findThirdParty(["acme.myshopify.com"]), "Shopify");
        assert.equal(findThirdParty(["www.other.example", "d111.cloudfront.net"]), "Amazon CloudFront");
        assert.equal(findThirdParty(["acme.s3.amazonaws.com"]), "Amazon S3", "the longer domain tells");
        assert.equal(findThirdParty(["evilmyshopify.com"]), undefined);
        assert.equal(findThirdParty(["myshopify.com.evil.example"]), undefined);
        assert.equal(findThirdParty([]), undefined);
    });
});
