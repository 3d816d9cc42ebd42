import assert from "node:assert/strict";
import { unknownValue } from "pulumi-section/internal";
import { previewCreated, previewUpdated } from "../../plugin/preview-outputs";

const nothing = { reviewed: {} };

describe("outputs in a preview", () => {
    it("have no input that is none of them afterwards", () => {
        const certificate = { publicCertificates: "-", privateKey: "-" };
        const inputs = { environment: "1/2/Production", hostname: "www.acme.example", certificate, waitForLive: {} };
        const created = previewCreated("domain", inputs, nothing);
        assert.deepEqual([created.certificate, "waitForLive" in created], [unknownValue, false]);
        const updated = previewUpdated("domain", "id", { zoneName: "acme.example", certificate: {} }, inputs, nothing);
        assert.deepEqual([updated.certificate, updated.zoneName], [unknownValue, "acme.example"]);
        const environment = previewCreated("environment", { name: "Production", config: {}, goesLive: {} }, nothing);
        assert.deepEqual(["config" in environment, "goesLive" in environment], [false, false]);
    });
});
