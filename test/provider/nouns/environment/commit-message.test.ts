import assert from "node:assert/strict";
import {
    isMadeFor,
    makeConfigureMessage,
    makePromotionMessage,
    overLine,
    trailerOf,
} from "../../../../provider/nouns/environment/commit-message";

const maker = { project: "agency", stack: "prod", resource: "acme\nstaging" };
const program = "a".repeat(40);

describe("the message of a commit", () => {
    it("names few files, the stack and the program's commit; many files by number", () => {
        assert.equal(
            makeConfigureMessage("Staging", ["varnish/default.vcl", "section.config.json"], { maker, program }),
            [
                "Configure Staging: varnish/default.vcl, section.config.json (agency/prod)",
                "",
                "Pulumi-Stack: agency/prod",
                "Pulumi-Resource: acme staging",
                `Program-Commit: ${program}`,
            ].join("\n"),
        );
        const subject = (files: string[]) => makeConfigureMessage("S", files, { maker: undefined, program: undefined });
        assert.equal(subject(["a", "b", "c", "d: e"]), "Configure S: 4 files\n\n- a\n- b\n- c\n- d: e");
        assert.equal(subject(["x".repeat(100)]), `Configure S: 1 file\n\n- ${"x".repeat(100)}`);
        const many = subject(Array.from({ length: 40 }, (_, index) => `file ${index}`)).split("\n");
        assert.deepEqual(many.slice(-2), ["- file 29", "- and 10 more"]);
        assert.equal(subject(["a\nb"]), "Configure S: a b");
    });

    it("of a promotion names the files, and the commits in trailers", () => {
        const [target, over] = ["b".repeat(40), "c".repeat(40)];
        const files = ["varnish/default.vcl", "Pulumi-Stack: x\nPulumi-Stack: y"];
        const parts = { maker, program: undefined };
        const message = makePromotionMessage("Production", { target, over, files }, parts);
        assert.match(
            message,
            /^Promote bbbbbbbbbb to Production \(agency\/prod\)\n\n- varnish\/default\.vcl\n- Pulumi-Stack: x Pulumi-Stack: y\n\nPromoted-Commit: b{40}\nPromoted-Over: c{40}\nPulumi-Stack: agency/,
        );
        assert.equal(trailerOf(message, overLine), over);
        const back = makePromotionMessage("Production", { target, over: undefined, files: [] }, parts);
        assert.match(back, /^Roll back Production to bbbbbbbbbb \(agency\/prod\)\n\nPromoted-Commit/);
        assert.equal(trailerOf(back, overLine), undefined);
    });

    it("tells whose commit it is, by its last paragraph and its author", () => {
        const parts = { maker, program };
        const commit = {
            id: program,
            name: "Olga",
            email: "olga@agency.example",
            date: "2026-01-02T03:04:05Z",
            subject: "x",
            message: makeConfigureMessage("Staging", ["a"], parts),
        };
        assert.ok(isMadeFor(maker, commit.email, commit));
        assert.ok(!isMadeFor(maker, "eve@agency.example", commit));
        for (const [key, value] of Object.entries({ project: "other", stack: "other", resource: "other" }))
            assert.ok(!isMadeFor({ ...maker, [key]: value }, commit.email, commit), key);
        const quoted = { ...commit, message: `${commit.message}\n\nAs somebody wrote below it` };
        assert.ok(!isMadeFor(maker, commit.email, quoted));
    });
});
