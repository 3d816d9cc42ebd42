import assert from "node:assert/strict";
import { fresh, onEveryPlatform, sharedNames } from "../../support/stores";

onEveryPlatform("applications over HTTP", (platform) => {
    it("come with Production, its domain and a first commit", async () => {
        const { api } = platform();
        const hostname = `${fresh("app")}.acme.example`;
        const { account, application, gitUrl } = await api.makeSite("Acme", hostname.toUpperCase());
        const shown = await api.get(`/account/${account}/application/${application}`);
        assert.deepEqual(shown, {
            id: application,
            href: `/api/v1/account/${account}/application/${application}`,
            application_name: hostname,
            git_url: gitUrl,
            path_prefix: "/",
            path_prefixes: ["/"],
        });
        const [production] = await api.get(`/account/${account}/application/${application}/environment`);
        assert.deepEqual(production.domains, [
            {
                name: hostname,
                zoneName: "acme.example",
                cname: `${hostname}.c.section.io`,
                engaged: false,
                engaged_checked_at: null,
            },
        ]);
        assert.equal(production.href, `/api/v1/account/${account}/application/${application}/environment/Production`);
        const [commit, ...older] = await api.get(
            `/account/${account}/application/${application}/environment/Production/commits`,
        );
        assert.deepEqual(
            [commit.message, commit.author, older],
            ["initial section.config.json", { name: "Section.io", email: "support@section.io" }, []],
        );
    });

    it("one hostname is one application, and its owner is not named", async () => {
        const { api, signUp } = platform();
        const hostname = `${fresh("taken")}.acme.example`;
        await api.makeSite("Acme", hostname);
        const stranger = await signUp(`${fresh("stranger")}@elsewhere.example`);
        const { id } = await stranger.must("POST", "/account", { name: "Elsewhere" });
        for (const asked of [hostname, hostname.toUpperCase(), `${hostname}.`]) {
            const { status, json } = await stranger.call("POST", `/account/${id}/application/create`, {
                hostname: asked,
                origin: "192.0.2.1",
            });
            assert.deepEqual(
                [status, json.message],
                [403, `An application has already been created with domain name ${asked}`],
                "as it was asked for",
            );
        }
    });

    it("twenty creations of one hostname at once make one", async () => {
        const { api } = platform();
        const { id } = await api.must("POST", "/account", { name: "Race" });
        const hostname = `${fresh("race")}.acme.example`;
        const answers = await Promise.all(
            Array.from({ length: 20 }, () =>
                api.call("POST", `/account/${id}/application/create`, { hostname, origin: "192.0.2.1" }),
            ),
        );
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(19).fill(403)]);
        assert.equal((await api.get(`/account/${id}/application`)).length, 1);
    });

    it("deleted ones release their hostname at once", async () => {
        const { api } = platform();
        const hostname = `${fresh("again")}.acme.example`;
        const first = await api.makeSite("Acme", hostname);
        assert.equal(
            (await api.call("DELETE", `/account/${first.account}/application/${first.application}`)).status,
            204,
        );
        assert.equal(
            (await api.call("DELETE", `/account/${first.account}/application/${first.application}`)).status,
            404,
        );
        assert.notEqual((await api.makeSite("Acme", hostname)).application, first.application);
    });

    it("refuse what cannot be a site", async () => {
        const { api } = platform();
        const { id } = await api.must("POST", "/account", { name: "Refusals" });
        const refusal = async (body: object) => {
            const { status, json } = await api.call("POST", `/account/${id}/application/create`, body);
            return `${status} ${json.message}`;
        };
        assert.match(
            await refusal({ hostname: "co.uk", origin: "192.0.2.1" }),
            /^400 hostname "co\.uk" is a public suffix/,
        );
        assert.match(await refusal({ hostname: "a.acme.example" }), /^400 .*needs origin or stackName/);
        assert.match(
            await refusal({ hostname: "a.acme.example", stackName: "varnish-99" }),
            /^403 there is no stack varnish-99/,
        );
        for (const [stackName, shown] of [
            ["", '""'],
            ["varnish 6.3/basic", '"varnish 6.3/basic"'],
            ["ümlaut\0", '"ümlaut\\u0000"'],
            ["../../etc/passwd", '"../../etc/passwd"'],
            ["x".repeat(1000), `"${"x".repeat(64)}"`],
        ] as [string, string][])
            assert.ok(
                (await refusal({ hostname: "a.acme.example", origin: "192.0.2.1", stackName })).startsWith(
                    `403 there is no stack ${shown}. `,
                ),
                stackName,
            );
        assert.match(
            await refusal({ hostname: "a.acme.example", origin: "192.0.2.1", stackName: 7 }),
            /^400 stackName must be the name of a stack/,
        );
        assert.match(
            await refusal({ hostname: "unresolvable.invalid", stackName: "varnish" }),
            /^400 origin is missing and unresolvable\.invalid does not resolve/,
        );
        assert.match(
            await refusal({ hostname: "a.acme.example", origin: "http://192.0.2.1/" }),
            /^400 origin must be a hostname or an IPv4 address/,
        );
        assert.match(
            await refusal({ hostname: "a.acme.example", origin: "192.0.2.1", extra: 1 }),
            /^400 extra is not a known property/,
        );
        assert.match(await refusal({ origin: "192.0.2.1", stackName: "varnish" }), /^400 hostname/);
        assert.match(
            await refusal({ hostname: "a.acme.example.c.section.io", origin: "192.0.2.1" }),
            /^400 .* is the platform's own/,
        );
        assert.deepEqual(await api.get(`/account/${id}/application`), []);
    });

    it("of a hostname that is taken are refused for that, whatever else the request lacks", async () => {
        const { api, signUp } = platform();
        const hostname = `${fresh("lacking")}.acme.example`; // the DNS knows nothing of it
        const { account, application } = await api.makeSite("Acme", hostname);
        const stranger = await signUp(`${fresh("lacking")}@agency.example`);
        const { id } = await stranger.must("POST", "/account", { name: "Another" });
        const asked = hostname.toUpperCase();
        const taken = { message: `An application has already been created with domain name ${asked}` };
        const place = { account_id: account, application_id: application, environment_name: "Production" };
        for (const lacking of [{}, { stackName: "varnish" }, { origin: "" }, { takes_from: place }]) {
            const body = { hostname: asked, ...lacking };
            for (const [path, more] of [
                [`/account/${id}/application/create`, {}],
                ["/account/create", { name: "Next" }],
            ] as [string, object][]) {
                const { status, json } = await stranger.call("POST", path, { ...body, ...more });
                assert.deepEqual([status, json.message], [403, taken.message], `${path} ${JSON.stringify(body)}`);
            }
        }
        const own = await api.call("POST", "/account/create", { name: "Next", hostname, takes_from: place });
        assert.match(`${own.status} ${own.json.message}`, /^400 origin is missing/, "its owner may take it");
    });

    it("take their origin from the DNS when none, or an empty one, is named", async () => {
        const { api } = platform();
        const { id } = await api.must("POST", "/account", { name: "Origins" });
        const hostname = `${fresh("found")}.acme.example`;
        sharedNames.set(hostname, { A: ["192.0.2.77"] });
        const made = await api.must("POST", `/account/${id}/application/create`, { hostname, origin: "" });
        const egress = await api.get(`/account/${id}/application/${made.id}/environment/Production/egress`);
        assert.deepEqual(egress.origins.default, { address: "192.0.2.77" });
        const stack = await api.get(`/account/${id}/application/${made.id}/environment/Production/stack`);
        assert.equal(stack[0].image, "varnish:5.1.3", "the stack that v1 begins with");
    });
});
