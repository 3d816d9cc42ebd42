import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";

interface Registered {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
    id?: string;
}

describe("the resource classes", () => {
    const registered: Registered[] = [];
    before(async () => {
        await pulumi.runtime.setMocks({
            newResource: ({ type, name, inputs, id }) => {
                registered.push({ type, name, inputs, id });
                return { id: id || "1335/7171", state: { ...inputs, gitUrl: "https://x.example/y.git" } };
            },
            call: () => ({}),
        });
    });
    const settled = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

    it("register with a constant text of at most 100 bytes that asks for this package by name", async () => {
        const acme = new section.Organization("acme", { name: "Acme" });
        const www = new section.Application("www", { organization: acme.id, hostname: "www.mock.example" });
        new section.Membership("jane", { organization: acme.id, email: "jane@agency.example", role: "admin" });
        new section.Environment("staging", { application: www.id, name: "Staging", hostname: "staging.mock.example" });
        new section.Domain("shop", { environment: www.production, hostname: "shop.mock.example" });
        assert.equal(await settled(www.production), "1335/7171/Production");
        assert.equal(await settled(www.gitUrl), "https://x.example/y.git");
        await new Promise((resolve) => setTimeout(resolve, 50));
        const beta = new section.Organization("beta", { name: "Beta" });
        new section.Team("team", { organization: beta.id, members: { "ada@agency.example": "admin" } });
        await new Promise((resolve) => setTimeout(resolve, 50));
        const kinds = ["Organization", "Organization", "Membership", "Application", "Environment", "Domain", "Team"];
        assert.deepEqual(
            registered.map(({ type }) => type).sort(),
            kinds.map((kind) => `pulumi-nodejs:dynamic/section:${kind}`).sort(),
        );
        for (const { inputs } of registered) {
            assert.match(
                String(inputs.__provider),
                /^exports\.handler=\(\)=>require\("pulumi-section\/dynamic"\)\.[a-z]+$/,
            );
            assert.ok(String(inputs.__provider).length <= 100);
        }
    });

    it("refuse the option import in one sentence with the way to take a thing over", () => {
        const args = { organization: "1335", hostname: "www.imported.example" };
        assert.throws(() => new section.Application("imported", args, { import: "1335/7171" }), {
            message:
                'Application "imported" has the option import: "1335/7171", which needs the plugin (section:plugin). Take the option away: up takes the existing application over by what the arguments name, and the preview says what would change.',
        });
    });

    it(".get looks up by id and declares nothing", async () => {
        const found = section.Domain.get("found", "1/2/Production/www.found.example");
        assert.equal(await settled(found.id), "1/2/Production/www.found.example");
        assert.deepEqual(Object.keys(registered.at(-1)?.inputs ?? {}), ["__provider"]);
    });

    it("the text each carries finds its handler in the package", async () => {
        const before = registered.length;
        const own = new section.Organization("handled", { name: "Handled" });
        const site = new section.Application("handled", { organization: own.id, hostname: "handled.mock.example" });
        new section.Membership("handled", { organization: own.id, email: "hanna@agency.example", role: "admin" });
        new section.Environment("handled", { application: site.id, name: "Staging" });
        new section.Domain("handled", { environment: site.production, hostname: "h.mock.example" });
        new section.Team("handled", { organization: "handled", members: { "ada@agency.example": "admin" } });
        while (registered.length < before + 6) await new Promise((resolve) => setTimeout(resolve, 5));
        const texts = registered.slice(before).map(({ inputs }) => String(inputs.__provider));
        assert.equal(new Set(texts).size, 6, "each kind has its own");
        for (const text of texts) {
            const exported = { handler: (): unknown => undefined };
            new Function("exports", "require", text)(exported, require);
            assert.equal(typeof (exported.handler() as { check: unknown }).check, "function");
        }
    });

    it("let a program's transformations see and change everything", async () => {
        const seen: string[][] = [];
        const transform: pulumi.ResourceTransformation = ({ props, opts }) => {
            seen.push(Object.keys(props).filter((property) => props[property] !== undefined));
            return { props: { ...props, config: { "varnish/a.vcl": "# ours" } }, opts };
        };
        const config = { "varnish/a.vcl": "# theirs" };
        const parent = new pulumi.ComponentResource(
            "test:index:Parent",
            "transforming",
            {},
            { transformations: [transform] },
        );
        seen.length = 0; // of the component itself
        const before = registered.length;
        const options: Record<string, pulumi.CustomResourceOptions> = {
            transformed: { transformations: [transform] },
            inherited: { parent },
        };
        for (const [name, opts] of Object.entries(options))
            await settled(
                new section.Environment(name, { application: `7/${name}`, name: "Staging", config }, opts).id,
            );
        const declared = ["application", "name", "config", "__provider", "__declaredAs"];
        assert.deepEqual(
            seen.map((each) => each.sort()),
            [declared.toSorted(), declared.toSorted()],
        );
        assert.deepEqual(
            registered.slice(before).flatMap(({ inputs }) => (inputs.application === undefined ? [] : [inputs.config])),
            [{ "varnish/a.vcl": "# ours" }, { "varnish/a.vcl": "# ours" }],
        );
    });

    it("a hostname of two resources is refused, in any spelling", () => {
        new section.Domain("one", { environment: "1/2/Production", hostname: "twice.mock.example" });
        assert.throws(
            () => new section.Domain("two", { environment: "1/2/Production", hostname: "TWICE.mock.example." }),
            /twice\.mock\.example is declared twice, as hostname of Domain "one" and as hostname of Domain "two"/,
        );
    });

    it("a Domain may name an Application's own hostname, once", () => {
        const www = new section.Application("own", { organization: "1", hostname: "own.mock.example" });
        new section.Domain("own", { environment: www.production, hostname: "own.mock.example", waitForLive: {} });
        assert.throws(
            () => new section.Domain("own2", { environment: www.production, hostname: "own.mock.example" }),
            /declared twice/,
        );
    });

    it("say what whoever sets the DNS has to know, whatever version wrote the state", async () => {
        const record = {
            type: "CNAME" as const,
            name: "go.mock.example",
            value: "go.mock.example.edge.example",
            ttl: 300,
            apex: false,
            notes: [],
        };
        const known = { environment: "1/2/Production", hostname: "go.mock.example", dns: record } as section.DomainArgs;
        const { host, zone, line, notes } = await settled(new section.Domain("go", known).dns);
        assert.deepEqual([host, zone, notes.length > 2], ["go", "mock.example", true]);
        assert.equal(line, "go 300 IN CNAME go.mock.example.edge.example.");
        const www = new section.Application("apex", {
            organization: "1",
            hostname: "mock.example",
            cname: "mock.example.edge.example",
        } as section.ApplicationArgs);
        const dns = await settled(www.dns);
        assert.deepEqual([dns.type, dns.value, dns.alternatives.length], ["ALIAS", "mock.example.edge.example", 3]);
        assert.equal(dns.line, "@ 300 IN ALIAS mock.example.edge.example.");
        const hostnames = [{ hostname: "s.mock.example", cname: "s.mock.example.edge.example", engaged: true }];
        const staging = new section.Environment("with", {
            application: "1/2",
            name: "Staging",
            hostnames,
        } as unknown as section.EnvironmentArgs);
        const [first] = await settled(staging.hostnames);
        assert.equal(first?.dns.line, "s 300 IN CNAME s.mock.example.edge.example.");
    });

    it("a certificate's key is a secret, and what it will be is unknown in a preview", async () => {
        const own = { publicCertificates: "PEM", privateKey: "hush" };
        const declared = new section.Domain("keyed", {
            environment: "1/2/Production",
            hostname: "keyed.mock.example",
            certificate: own,
        });
        assert.equal(await (declared.certificate as unknown as { isKnown: Promise<boolean> }).isKnown, false);
        const computed = new section.Domain("computed", {
            environment: "1/2/Production",
            hostname: "c.mock.example",
            certificate: pulumi.output(own),
        });
        assert.equal(await (computed.certificate as unknown as { isSecret: Promise<boolean> }).isSecret, true);
        const seen = { type: "custom", configured: true, names: [] };
        const read = new section.Domain("read", {
            environment: "1/2/Production",
            hostname: "r.mock.example",
            certificate: seen,
        } as unknown as section.DomainArgs);
        assert.equal((await settled(read.certificate))?.type, "custom");
    });

    it("a Team and somebody else's list of the same organization are refused", () => {
        const acme = new section.Organization("both", { name: "Both" });
        const members = { "ada@agency.example": "admin" as const };
        new section.Membership("both-jane", { organization: acme.id, email: "jane@agency.example", role: "admin" });
        assert.throws(
            () => new section.Team("both-team", { organization: acme.id, members }),
            /^Error: everybody of an organization is declared twice, as Membership "both-jane" and as Team "both-team": /,
        );
        new section.Team("one", { organization: "77", members });
        assert.throws(
            () => new section.Team("two", { organization: "77", members }),
            /as Team "one" and as Team "two": a Team lists everybody/,
        );
        assert.throws(
            () => new section.Membership("three", { organization: "77", email: "jane@agency.example", role: "admin" }),
            /as Team "one" and as Membership "three": .* Name the person in one Team instead/,
        );
        new section.Membership("four", { organization: "78", email: "jane@agency.example", role: "admin" });
    });

    it("the access matrix is everybody's role by person and organization, with the names of organizations", async () => {
        const gamma = new section.Organization("gamma", { name: "Gamma" });
        new section.Membership("gamma-zoe", {
            organization: gamma.id,
            email: "zoe@agency.example",
            role: "state",
            until: "2099-12-31",
        });
        new section.Team("seventy-nine", {
            organization: "79",
            members: { "zoe@agency.example": "admin", "yan@agency.example": { role: "readonly" } },
        });
        const { people, list, table } = await settled(section.accessMatrix());
        assert.deepEqual(
            [people["zoe@agency.example"], people["yan@agency.example"]],
            [{ "79": "admin", Gamma: "state" }, { "79": "readonly" }],
        );
        assert.deepEqual(
            list.filter(({ organization }) => organization === "Gamma"),
            [{ person: "zoe@agency.example", organization: "Gamma", role: "state", until: "2099-12-31" }],
        );
        const lines = table.split("\n");
        assert.match(lines[0] ?? "", /^person +organization +role +until$/);
        assert.match(lines.slice(-2).join("\n"), /^zoe@agency\.example +79 +admin\n +Gamma +state +2099-12-31$/);
    });

    it("a provider refuses a setting that it does not have: it would be one for the stack's own platform", () => {
        const wrong = { endpont: "https://x.example", token: "hush" } as section.ProviderArgs;
        assert.throws(
            () => new section.Provider("other", wrong),
            /^Problem: endpont: is not a known property; did you mean endpoint\?\n1 error in the Provider other\. /,
        );
    });

    it("a provider's token is a secret", async () => {
        new section.Provider("other", {
            endpoint: "https://x.example",
            token: "hush",
            allowLiveDelete: true,
            resolver: "192.0.2.53",
        });
        await new Promise((resolve) => setTimeout(resolve, 50));
        const { type, inputs } = registered.at(-1) as Registered;
        assert.equal(type, "pulumi:providers:pulumi-nodejs");
        const {
            "section-provider:endpoint": endpoint,
            "section-provider:allowLiveDelete": allow,
            "section-provider:resolver": resolver,
        } = inputs;
        assert.deepEqual([endpoint, allow, resolver], ["https://x.example", "true", "192.0.2.53"]);
    });
});
