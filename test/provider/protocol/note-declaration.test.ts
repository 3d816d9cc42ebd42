import assert from "node:assert/strict";
import type { AnyNoun } from "../../../provider/nouns/noun";
import { nouns } from "../../../provider/nouns/nouns";
import { reasonToKeep } from "../../../provider/protection/declared-now";
import { noteClaimantOf, noteDeclaration } from "../../../provider/protocol/note-declaration";
import type { Claimant } from "../../../provider/run/claimant";
import { Memory } from "../../../provider/run/memory";

describe("a declaration that is noted", () => {
    const memory = new Memory();
    const inRun = (kind: string) => ({
        noun: nouns[kind] as AnyNoun,
        memory,
        open: () => assert.fail("nothing is sent"),
    });
    const declaredAs = (resource: string): Claimant => ({
        project: "agency",
        stack: "prod",
        resource,
        isPreview: false,
    });
    const inputs = { organization: "1", hostname: "www.acme.example", origin: "192.0.2.1", __provider: "p" };

    it("is known by the name of its resource, whatever else of it changes", () => {
        noteClaimantOf(inRun("application"), inputs, declaredAs("www2"));
        noteDeclaration(inRun("application"), "1/7", { ...inputs, origin: "192.0.2.2" });
        assert.equal(reasonToKeep(memory, "application", "1/7"), "now declared as www2");
    });

    it("has no name where none was told, nor that of another kind", () => {
        noteDeclaration(inRun("application"), "1/8", { ...inputs, hostname: "a.acme.example" });
        assert.equal(reasonToKeep(memory, "application", "1/8"), "this operation declares it under another name");
        noteClaimantOf(inRun("team"), { organization: "1" }, declaredAs("people"));
        noteDeclaration(inRun("organization"), "1", { name: "1" });
        assert.equal(reasonToKeep(memory, "organization", "1"), "this operation declares it under another name");
    });

    it("claims what its noun says: of an environment also its hostname", () => {
        noteDeclaration(inRun("environment"), "2/9/Staging", {
            application: "2/9",
            name: "Staging",
            hostname: "s.acme.example",
        });
        assert.ok(reasonToKeep(memory, "domain", "2/9/Staging/s.acme.example"));
        assert.equal(reasonToKeep(memory, "domain", "2/9/Staging/other.example"), undefined);
    });
});
