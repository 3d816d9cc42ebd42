import assert from "node:assert/strict";
import { checkHostname, requireHostname, requireSite, takenAsProblem } from "../../../platform/service/hostnames";
import { sharedContext } from "../../support/context";

describe("hostname use cases", () => {
    it("have one spelling and a reason for every refusal", () => {
        assert.equal(requireHostname(" Bücher.Example. ", "hostname"), "xn--bcher-kva.example");
        assert.throws(
            () => requireHostname("*.acme.example", "hostname"),
            /hostname "\*\.acme\.example" must not have a wildcard; declare each hostname, or contact support/,
        );
    });

    it("of a site are not the platform's own", async () => {
        const context = await sharedContext();
        assert.equal(requireSite(context, "www.acme.example", "hostname"), "www.acme.example");
        for (const name of ["www.acme.example.c.section.io", "C.Section.IO."])
            assert.throws(
                () => requireSite(context, name, "hostname"),
                /lies below c\.section\.io, which is the platform's own/,
            );
        assert.equal(requireSite(context, "xc.section.io", "hostname"), "xc.section.io", "labels count");
    });

    it("that nobody has are free, and other failures are passed on", async () => {
        assert.deepEqual(await checkHostname(await sharedContext(), "WWW.nobody.example"), {
            hostname: "www.nobody.example",
            taken: false,
        });
        const other = new Error("x");
        assert.equal(takenAsProblem(other, "www.acme.example"), other);
    });
});
