import assert from "node:assert/strict";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
    CheckRequest,
    type CheckResponse,
    ConfigureRequest,
    type ConfigureResponse,
    DiffRequest,
    DiffResponse,
    GetSchemaRequest,
    type GetSchemaResponse,
    InvokeRequest,
    type InvokeResponse,
    ReadRequest,
    type ReadResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { openEngineLog } from "../../plugin/engine-log";
import { callFunction } from "../../plugin/functions";
import { servePlugin } from "../../plugin/main";
import { readSchema } from "../../plugin/read-schema";
import { SectionProvider } from "../../plugin/section-provider";
import { makeService } from "../../plugin/service";
import { Run } from "../../provider/run/run";
import { type Monitor, startMonitor } from "../harness/monitor";
import { openProvider, type Provider } from "../harness/provider";
import { ask } from "../harness/provider-process";
import { openTestSession, type TestSession } from "../support/provider";
import { fresh } from "../support/stores";

const providerUrn = "urn:pulumi:dev::agency::pulumi:providers:section::theirs";
const urnOf = (type: string, name: string) => `urn:pulumi:dev::agency::section:index:${type}::${name}`;
const struct = (properties: object) => Struct.fromJavaScript(properties as never);

describe("the plugin", () => {
    let session: TestSession;
    let monitor: Monitor;
    let client: ResourceProviderClient;
    let provider: Provider;
    const lines: string[] = [];

    /** The plugin of another operation. */
    async function open() {
        const port = await servePlugin(monitor.address);
        const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
        const { endpoint, token } = session.settings;
        const process = { client, stop: async () => {}, kill: async () => {} };
        return { client, provider: openProvider(process, providerUrn, "1", { endpoint, token }) };
    }

    before(async () => {
        session = await openTestSession();
        monitor = await startMonitor({
            register: () => assert.fail(),
            lookUp: () => assert.fail(),
            finish: () => {},
            say: (line) => lines.push(line),
            fail: () => {},
        });
        ({ client, provider } = await open());
    });
    after(() => {
        client.close();
        monitor.close();
    });

    it("takes marked secrets, previews, and serves its schema", async () => {
        const request = new ConfigureRequest();
        request.setUrn(providerUrn);
        request.setArgs(struct({ endpoint: session.settings.endpoint, token: session.settings.token }));
        const configured = await ask<ConfigureResponse>((done) => client.configure(request, done));
        assert.deepEqual([configured.getAcceptsecrets(), configured.getSupportspreview()], [true, true]);
        const answer = await ask<GetSchemaResponse>((done) => client.getSchema(new GetSchemaRequest(), done));
        assert.equal(answer.getSchema(), await readSchema());
        assert.equal(JSON.parse(answer.getSchema()).name, "section");
        await ask<Empty>((done) => client.cancel(new Empty(), done));
    });

    it("checks its own settings, and replaces nothing for another one", async () => {
        const check = new CheckRequest();
        check.setUrn(providerUrn);
        check.setNews(struct({ endpont: "https://one.example" }));
        const checked = await ask<CheckResponse>((done) => client.checkConfig(check, done));
        assert.deepEqual(
            checked.getFailuresList().map((failure) => failure.getReason()),
            ["is not a known property; did you mean endpoint?"],
        );
        const diff = new DiffRequest();
        diff.setUrn(providerUrn);
        diff.setOldInputs(struct({ endpoint: "https://one.example" }));
        diff.setNews(struct({ endpoint: "https://two.example" }));
        const changed = await ask<DiffResponse>((done) => client.diffConfig(diff, done));
        assert.deepEqual([changed.getChanges(), changed.getReplacesList()], [DiffResponse.DiffChanges.DIFF_SOME, []]);
        diff.setNews(struct({ endpoint: "https://one.example" }));
        const same = await ask<DiffResponse>((done) => client.diffConfig(diff, done));
        assert.equal(same.getChanges(), DiffResponse.DiffChanges.DIFF_NONE);
    });

    it("makes, foresees, changes, imports and removes a thing", async () => {
        const name = fresh("Acme");
        const urn = urnOf("Organization", "acme");
        const { inputs, failures } = await provider.check(urn, {}, { name });
        assert.deepEqual([inputs, failures], [{ name }, []]);
        const foreseen = await provider.create(urn, inputs, true);
        assert.deepEqual(foreseen, { id: "", outputs: { name } });
        const { id, outputs } = await provider.create(urn, inputs, false);
        const known = { urn, id, inputs, outputs };
        assert.deepEqual((await provider.diff(known, inputs)).changes, false);

        const request = new ReadRequest();
        request.setUrn(urn);
        request.setId(id);
        const found = await ask<ReadResponse>((done) => client.read(request, done));
        assert.deepEqual(found.getInputs()?.toJavaScript(), { name });

        const renamed = await provider.check(urn, inputs, { name: `${name} & Sons` });
        const { changes, replaces } = await provider.diff(known, renamed.inputs);
        assert.deepEqual([changes, replaces], [true, []]);
        const updated = await provider.update(known, renamed.inputs, false);
        assert.equal(updated.outputs.name, `${name} & Sons`);

        // in the operation that declares it, it would be kept
        const later = await open();
        const last = { ...known, inputs: renamed.inputs, outputs: updated.outputs };
        await later.provider.delete(last);
        assert.equal(await later.provider.read(last), undefined);
        later.client.close();
    });

    it("names what is wrong, and what an import cannot find", async () => {
        const urn = urnOf("Application", "www");
        const { failures } = await provider.check(urn, {}, { organization: "1", hostnam: "x", adopt: "yes" });
        // the engine shows the value of the property that a failure names: a missing one stands in the reason only
        assert.deepEqual(failures.map(({ property, reason }) => [property, reason.split(" ")[0]]).sort(), [
            ["", "hostname"],
            ["adopt", "adopt"],
            ["hostnam", "hostnam"],
        ]);
        const request = new ReadRequest();
        request.setUrn(urn);
        request.setId("1/4711");
        await assert.rejects(
            ask<ReadResponse>((done) => client.read(request, done)),
            /there is no application 1\/4711 that this token can see\. Check the id/,
        );
        await assert.rejects(
            provider.check("urn:pulumi:dev::agency::section:index:Zone::x", {}, {}),
            /section:index:Zone is no resource of this plugin/,
        );
    });

    it("names both resources of a thing that is declared twice, in a preview", async () => {
        const { account } = await session.platform.api.makeSite(fresh("Twice"), `${fresh("twice")}.example`);
        const inputs = { organization: String(account), email: "jane@agency.example", role: "admin" };
        const { provider: own, client: operation } = await open();
        assert.deepEqual((await own.check(urnOf("Membership", "jane"), {}, inputs)).failures, []);
        assert.deepEqual((await own.check(urnOf("Membership", "jane"), {}, inputs)).failures, [], "checked again");
        const { failures } = await own.check(urnOf("Membership", "janet"), {}, { ...inputs, role: "state" });
        const reason = "email is declared twice, as jane and as janet. Remove one of the two resources";
        assert.deepEqual(failures, [{ property: "email", reason }]);
        operation.close();
    });

    it("calls functions: look-ups and files; unknown ones are named", async () => {
        const { account } = await session.platform.api.makeSite(fresh("Bakery"), `${fresh("bakery")}.example`);
        const call = (name: string, args: object) => {
            const request = new InvokeRequest();
            request.setTok(`section:index:${name}`);
            request.setArgs(struct(args));
            return ask<InvokeResponse>((done) => client.invoke(request, done));
        };
        const found = await call("getOrganization", { id: String(account) });
        assert.equal((found.getReturn()?.toJavaScript() as { id?: string } | undefined)?.id, String(account));
        const files = await call("configFrom", {
            sources: { "varnish/robots.txt": "{{line}}" },
            variables: { line: "User-agent: *" },
        });
        assert.deepEqual(files.getReturn()?.toJavaScript(), { config: { "varnish/robots.txt": "User-agent: *" } });
        await assert.rejects(call("getOrganization", {}), /getOrganization got nothing to look for/);
        await assert.rejects(call("getNothing", {}), /section:index:getNothing is no function of this plugin/);
    });

    it("tells lines in their order, before the answer that they belong to", async () => {
        const log = openEngineLog(monitor.address);
        lines.length = 0;
        const told = Array.from({ length: 50 }, (_, index) => `line ${index}`);
        told.forEach(log.tell);
        await log.flush();
        assert.deepEqual(lines, told);
    });

    it("has every call of the protocol, served or refused", async () => {
        const own = new SectionProvider(new Run(() => {}));
        const service = makeService(own, openEngineLog(undefined));
        const calls = Object.entries(ResourceProviderService as unknown as Record<string, { responseStream: boolean }>);
        const single = calls.filter(([, { responseStream }]) => !responseStream).map(([name]) => name);
        assert.ok(single.length > 15);
        const lacking = single.filter((name) => !(name in service));
        assert.deepEqual(lacking, []);
        await assert.rejects(callFunction(own, "section:index:getEstate", {}), /no endpoint is set/);
    });
});
