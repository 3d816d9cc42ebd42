import assert from "node:assert/strict";
import { UrnConversion } from "../../../cli/convert/convert-urns";

const urn = (path: string, name: string) => `urn:pulumi:prod::agency::${path}::${name}`;
const dynamic = (name: string) => `pulumi-nodejs:dynamic/section:${name}`;

describe("the URNs of a converted state", () => {
    it("change in their types, alone and in those of the parents, and in no name", () => {
        const urns = new UrnConversion("plugin");
        const name = `x::${dynamic("Domain")}::y`;
        assert.equal(urns.convert(urn(dynamic("Team"), name)), urn("section:index:Team", name));
        assert.equal(
            urns.convert(urn(`my:index:Box$${dynamic("Application")}$aws:s3:Bucket`, "logs")),
            urn("my:index:Box$section:index:Application$aws:s3:Bucket", "logs"),
        );
        for (const same of [
            urn("pulumi-nodejs:dynamic:Resource", "x"),
            urn(dynamic("PathRule"), "x"),
            "https://x",
            "urn:pulumi:x",
        ])
            assert.equal(urns.convert(same), same);
    });

    it("follow a parent that is called otherwise from now on", () => {
        const urns = new UrnConversion("plugin");
        const provider = urn("pulumi:providers:pulumi-nodejs", "other");
        const child = urn("pulumi:providers:pulumi-nodejs$aws:s3:Bucket", "logs");
        urns.take({ urn: provider, type: "pulumi:providers:pulumi-nodejs" }, "pulumi:providers:section");
        assert.equal(
            urns.take({ urn: child, type: "aws:s3:Bucket", parent: provider }, "aws:s3:Bucket"),
            urn("pulumi:providers:section$aws:s3:Bucket", "logs"),
        );
        assert.deepEqual(urns.convertField({ name: [provider, child], other: null }), {
            name: [urn("pulumi:providers:section", "other"), urn("pulumi:providers:section$aws:s3:Bucket", "logs")],
            other: null,
        });
    });

    it("change in properties where they stand for a resource, and as texts of the stack, not of what another provider made", () => {
        const urns = new UrnConversion("plugin");
        const [before, after] = [urn(dynamic("Team"), "t"), urn("section:index:Team", "t")];
        urns.take({ urn: before, type: dynamic("Team") }, "section:index:Team");
        const signature = "4dabf18193072939515e22adb298388d";
        const resource = (of: string) => ({ [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: of, id: "1" });
        const properties = (of: string, text: string) => ({
            list: [resource(of)],
            text,
            other: `see ${before}`,
            urn: text,
        });
        assert.deepEqual(urns.convertProperties(properties(before, before), true), properties(after, before));
        assert.deepEqual(urns.convertProperties(properties(before, before), false), properties(after, after));
    });
});
