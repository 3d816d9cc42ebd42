import assert from "node:assert/strict";
import { type Foreseen, type Kind, type Properties, unknownValue, withShown } from "pulumi-section/internal";
import { previewCreated, previewUpdated } from "../../plugin/preview-outputs";

// as the plugin shows them to programs in other languages
const created = (kind: Kind, inputs: Properties, foreseen: Foreseen) =>
    withShown(kind, foreseen.there, previewCreated(kind, inputs, foreseen));
const updated = (kind: Kind, id: string, olds: Properties, inputs: Properties, foreseen: Foreseen) =>
    withShown(kind, id, previewUpdated(kind, olds, inputs, foreseen));

describe("outputs of a preview", () => {
    it("of a new thing are its inputs, what follows from these, and the rest unknown", () => {
        const inputs = { organization: "1335", hostname: "www.acme.example", cname: "www.acme.example.c.section.io" };
        const { dns, ...outputs } = created("application", inputs, { reviewed: {} });
        assert.deepEqual(outputs, { ...inputs, gitUrl: unknownValue, production: unknownValue });
        assert.match((dns as { line: string }).line, /^www 300 IN CNAME www\.acme\.example\.c\.section\.io\.$/);
        const adopted = created("application", inputs, { there: "1335/7171", reviewed: { __takesOver: "x" } });
        assert.deepEqual([adopted.production, adopted.__takesOver], ["1335/7171/Production", "x"]);
    });

    it("of a changed thing keep what does not change", () => {
        const olds = { name: "Staging", gitUrl: "https://git", head: "a", tree: "b", hostnames: [], __claim: "c" };
        assert.deepEqual(updated("environment", "1/2/Staging", olds, { name: "Staging" }, { reviewed: {} }), {
            name: "Staging",
            gitUrl: "https://git",
            head: unknownValue,
            seenHead: { environment: "1/2/Staging", head: unknownValue },
            tree: unknownValue,
            hostnames: unknownValue,
        });
    });

    it("have no input that is none of them afterwards", () => {
        const certificate = { publicCertificates: "-", privateKey: "-" };
        const inputs = { environment: "1/2/Production", hostname: "www.acme.example", certificate, waitForLive: {} };
        const domain = created("domain", inputs, { reviewed: {} });
        assert.deepEqual([domain.certificate, "waitForLive" in domain], [unknownValue, false]);
        const changed = updated("domain", "id", { zoneName: "acme.example", certificate: {} }, inputs, {
            reviewed: {},
        });
        assert.deepEqual([changed.certificate, changed.zoneName], [unknownValue, "acme.example"]);
        const environment = created("environment", { name: "Production", config: {}, goesLive: {} }, { reviewed: {} });
        assert.deepEqual(["config" in environment, "goesLive" in environment], [false, false]);
    });
});
