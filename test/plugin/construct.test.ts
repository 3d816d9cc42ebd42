import assert from "node:assert/strict";
import { ConstructRequest, type ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { construct } from "../../plugin/construct";
import type { Goal } from "../harness/goal";
import { type Monitor, startMonitor } from "../harness/monitor";
import { makeUrn } from "../harness/urns";

const project = { name: "agency", stack: "dev" };
const organization = "urn:pulumi:dev::agency::section:index:Organization::acme";

describe("a component in another language", () => {
    const goals: Goal[] = [];
    let monitor: Monitor;

    before(async () => {
        monitor = await startMonitor({
            register: async ({ type, name, custom, parent, inputs, ...goal }) => {
                goals.push({ type, name, custom, parent, inputs, ...goal });
                const urn = makeUrn(project, parent, type, name);
                const outputs = {
                    ...inputs,
                    cname: "www.acme.example.c.section.io",
                    gitUrl: "https://git.example/www",
                };
                const base = { urn, type, custom, parent, inputs, outputs: custom ? outputs : {} };
                return { ...base, id: custom ? `1335/${name}` : undefined, dependencies: [], propertyDependencies: {} };
            },
            lookUp: () => assert.fail(),
            finish: () => {},
            say: () => {},
            fail: (error) => {
                throw error;
            },
        });
    });
    after(() => monitor.close());

    function request(type: string, inputs: object): ConstructRequest {
        const asked = new ConstructRequest();
        asked.setProject(project.name);
        asked.setStack(project.stack);
        asked.setParallel(8);
        asked.setMonitorendpoint(monitor.address);
        asked.setType(type);
        asked.setName("www");
        asked.setParent("urn:pulumi:dev::agency::pulumi:pulumi:Stack::agency-dev");
        asked.setInputs(Struct.fromJavaScript(inputs as never));
        const dependencies = new ConstructRequest.PropertyDependencies();
        dependencies.setUrnsList([organization]);
        asked.getInputdependenciesMap().set("organization", dependencies);
        asked.getProvidersMap().set("section", "urn:pulumi:dev::agency::pulumi:providers:section::theirs::an-id");
        return asked;
    }

    it("registers the resources of the plugin, below it and with its provider, and gives what the schema names", async () => {
        const inputs = {
            organization: "1335",
            hostname: "www.acme.example",
            origin: "origin.acme.example",
            aliases: ["shop.acme.example"],
            staging: {},
        };
        const answer: ConstructResponse = await construct(request("section:index:ClientSite", inputs), monitor.address);
        assert.equal(answer.getUrn(), "urn:pulumi:dev::agency::section:index:ClientSite::www");
        const [component, ...children] = goals;
        assert.equal(component?.custom, false);
        assert.deepEqual(children.map(({ type, name }) => `${type} ${name}`).sort(), [
            "section:index:Application www",
            "section:index:Domain www/shop.acme.example",
            "section:index:Environment www/Production",
            "section:index:Environment www/Staging",
        ]);
        for (const { type, parent, provider, inputs: given } of children) {
            assert.equal(parent, answer.getUrn());
            assert.equal(provider, "urn:pulumi:dev::agency::pulumi:providers:section::theirs::an-id");
            assert.ok(!("__provider" in given), type);
        }
        const site = children.find(({ type }) => type === "section:index:Application");
        assert.deepEqual(site?.propertyDependencies.organization, [organization]);
        const state = answer.getState()?.toJavaScript() as Record<string, unknown>;
        assert.equal(state.gitUrl, "https://git.example/www");
        assert.deepEqual(Object.keys(state.aliases as object), ["shop.acme.example"]);
        assert.deepEqual(Object.keys(state.dnsLines as object).sort(), [
            "shop.acme.example",
            "staging-www.acme.example",
            "www.acme.example",
        ]);
    });

    it("names what is wrong with it, and an unknown one", async () => {
        await assert.rejects(
            construct(request("section:index:ClientSite", { organization: "1335", hostname: "a b" }), monitor.address),
            /hostname "a b" .*Correct the hostname of the site/,
        );
        await assert.rejects(
            construct(request("section:index:Zone", {}), monitor.address),
            /section:index:Zone is no component of this plugin/,
        );
    });
});
