import assert from "node:assert/strict";
import { originNotEdge } from "../../../policy/rules/origin-not-edge";
import { unknownText, violationsOf } from "../../support/policy";

const application = (name: string, origin: string, props: object = {}) => ({
    type: "Application",
    name,
    props: { hostname: `${name}.acme.example`, origin, ...props },
});

describe("the rule section-origin-not-edge", () => {
    it("refuses the edge by whole labels, wherever an origin is named", async () => {
        const found = await violationsOf(originNotEdge, [
            application("www", "WWW.acme.example.C.section.io."),
            application("fine", "origin.acme.example"),
            application("close", "evilc.section.io"),
            application("later", unknownText),
            {
                type: "Environment",
                name: "live",
                props: { origin: { address: "c.section.io" }, origins: { blog: { address: "x.c.section.io" } } },
            },
        ]);
        assert.deepEqual(found, [
            "www: origin of www is www.acme.example.c.section.io, which is the platform's edge.",
            "live: origin of live is c.section.io, which is the platform's edge.",
            "live: origins.blog of live is x.c.section.io, which is the platform's edge.",
        ]);
    });

    it("refuses what is configured as the edge", async () => {
        const all = [
            application("www", "192.0.2.1"),
            application("shop", "a.edge.example"),
            application("old", "x.c.section.io"),
        ];
        assert.deepEqual(
            await violationsOf(originNotEdge, all, { edges: ["edge.example"], addresses: ["192.0.2.1"] }),
            [
                "www: origin of www is 192.0.2.1, which is the platform's edge.",
                "shop: origin of shop is a.edge.example, which is the platform's edge.",
            ],
        );
    });

    it("refuses hostnames that the stack itself serves, and the edge that its state shows, once each", async () => {
        const found = await violationsOf(originNotEdge, [
            application("www", "shop.acme.example", { cname: "www.acme.example.edge.agency.example" }),
            application("self", "self.acme.example"),
            application("other", "x.edge.agency.example"),
            application("again", "x.c.section.io", { cname: "again.acme.example.c.section.io" }),
            { type: "Domain", name: "shop", props: { hostname: "shop.acme.example" } },
        ]);
        assert.deepEqual(found, [
            "again: origin of again is x.c.section.io, which is the platform's edge.",
            "other: origin of other is x.edge.agency.example, which is the platform's edge.",
            "self: origin of self is self.acme.example, a hostname that the platform serves for self.",
            "www: origin of www is shop.acme.example, a hostname that the platform serves for shop.",
        ]);
    });
});
