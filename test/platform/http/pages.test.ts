import assert from "node:assert/strict";
import path from "node:path";
import { pages } from "../../../platform/http/pages";
import { Api } from "../../support/api";
import { issueChain } from "../../support/certificates";
import { mustGit } from "../../support/git";
import { type RunningPlatform, withFolder } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";
import { Visitor, visitorWith } from "../../support/visitor";

/** A site with Production and Staging, whose address is the same in the API and among the pages. */
async function makeSite({ api }: RunningPlatform) {
    const hostname = `${fresh("page")}.acme.example`;
    const { account, application, gitUrl } = await api.makeSite(`Acme ${hostname}`, hostname);
    const at = `/account/${account}/application/${application}`;
    await api.must("POST", `${at}/environment/create`, {
        name: "Staging",
        source_environment_name: "Production",
        domain_name: `staging.${hostname}`,
    });
    const commit: string = (await api.get(`${at}/environment/Staging/head`)).commit;
    return { account, application, gitUrl, hostname, at, commit };
}

type Site = Awaited<ReturnType<typeof makeSite>>;

/** An address of every page, for one site. */
function everyAddress({ account, application, hostname, commit }: Site): string[] {
    const values: Record<string, string | number> = {
        ":accountId": account,
        ":applicationId": application,
        ":environmentName": "Staging",
        ":hostName": hostname,
        ":commit": commit,
        ":from": "Staging",
        ":to": "Production",
        "*": "varnish/default.vcl",
    };
    return pages.map((page) => page.path.replaceAll(/:\w+|\*/g, (name) => String(values[name])));
}

/** What of a page tells whom it was sent to. */
const anonymised = (text: string) => text.replaceAll(/title="[^"]*">[^<]*<|name="form" value="[^"]*"/g, "");

onEveryPlatform("pages", (platform) => {
    async function join(site: Site, capability: string) {
        const email = `${fresh(capability)}@agency.example`;
        const api = await platform().signUp(email);
        await platform().api.must("POST", `/account/${site.account}/user`, { email, accountCapability: capability });
        return { email, api, visitor: await visitorWith(platform().url, api.token) };
    }

    it("show the owner everything", async () => {
        const site = await makeSite(platform());
        const visitor = await visitorWith(platform().url, platform().token);
        for (const address of everyAddress(site)) {
            const { status, text, headers } = await visitor.get(address);
            assert.equal(status, 200, address);
            assert.match(headers.get("content-type") ?? "", /^text\/html/);
            assert.match(text, /<h1/);
        }
        const { text: organization } = await visitor.get(`/account/${site.account}`);
        for (const shown of [
            site.hostname.replaceAll(".", ".<wbr>"),
            "Production, Staging",
            "0 of 2 live",
            "olga@agency.example",
            "Owner",
        ])
            assert.ok(organization.includes(shown), shown);
        const { text: application } = await visitor.get(site.at);
        for (const shown of [
            site.commit.slice(0, 7),
            site.gitUrl,
            `CNAME to <code>${site.hostname}.c.section.io</code>`,
            "Create environment Staging",
        ])
            assert.ok(application.includes(shown), shown);
        const { text: environment } = await visitor.get(`${site.at}/environment/Staging`);
        for (const shown of [
            "varnish:6.3.1",
            "origin.example.net",
            "initial section.config.json",
            "varnish/default.vcl",
        ])
            assert.ok(environment.includes(shown), shown);
        const { text: domain } = await visitor.get(`/account/${site.account}/domain/${site.hostname}`);
        for (const shown of [
            `value="${site.hostname}.c.section.io"`,
            'value="CNAME"',
            "Nothing is live before the record is set",
        ])
            assert.ok(domain.includes(shown), shown); // asked by then or not
    });

    it("show a reader what the API shows a reader: no members, no list of all hostnames", async () => {
        const site = await makeSite(platform());
        const { visitor } = await join(site, "readonly");
        const refused = everyAddress(site).filter((address) => /\/(user|domains)$/.test(address));
        for (const address of everyAddress(site))
            assert.equal((await visitor.get(address)).status, refused.includes(address) ? 403 : 200, address);
        const { text } = await visitor.get(`/account/${site.account}`);
        assert.ok(!text.includes("olga@agency.example"));
        assert.match(text, /Only admins see the members/);
        assert.doesNotMatch(text, /id="hostnames"/);
        const state = await join(site, "state");
        assert.equal((await state.visitor.get(`/account/${site.account}/domains`)).status, 200);
        assert.equal((await state.visitor.get(`/account/${site.account}/user`)).status, 403);
    });

    it("tell an outsider nothing: byte for byte what does not exist", async () => {
        const site = await makeSite(platform());
        const outsider = await visitorWith(
            platform().url,
            (await platform().signUp(`${fresh("outsider")}@agency.example`)).token,
        );
        const missing = {
            ...site,
            account: 2 ** 31 - 1,
            application: 2 ** 31 - 1,
            hostname: "none.example",
            commit: "0".repeat(40),
        };
        for (const [index, address] of everyAddress(missing).entries()) {
            if (address === "/") continue;
            const nothing = await outsider.get(address);
            const something = await outsider.get(everyAddress(site)[index] as string);
            assert.equal(nothing.status, 404, address);
            assert.deepEqual([something.status, something.text], [nothing.status, nothing.text], address);
        }
        assert.ok(!(await outsider.get("/")).text.includes(site.hostname));
    });

    it("do not mix what belongs to different sites", async () => {
        const [one, other] = [await makeSite(platform()), await makeSite(platform())];
        // sites that were made alike within one second have commits alike
        const staging = `${other.at}/environment/Staging`;
        await platform().api.must("POST", `${staging}/ipRestrictions`, { ip_blacklist: ["192.0.2.77"] });
        const { commit } = await platform().api.get(`${staging}/head`);
        const visitor = await visitorWith(platform().url, platform().token);
        for (const address of [
            `/account/${one.account}/application/${other.application}`,
            `/account/${one.account}/domain/${other.hostname}`,
            `/account/${one.account}/application/${other.application}/environment/Staging`,
            `/account/${one.account}/application/${other.application}/commit/${commit}`,
            `${one.at}/commit/${commit}`,
        ])
            assert.equal((await visitor.get(address)).status, 404, address);
    });

    it("end for whoever is removed, at once", async () => {
        const site = await makeSite(platform());
        const { visitor, email } = await join(site, "admin");
        assert.equal((await visitor.get(site.at)).status, 200);
        const { id } = (await platform().api.get(`/account/${site.account}/user`)).find(
            (member: { email: string }) => member.email === email,
        );
        await platform().api.must("DELETE", `/account/${site.account}/user/${id}`);
        assert.equal((await visitor.get(site.at)).status, 404);
    });

    it("are for browsers: programs get what they always got, anonymous or not", async () => {
        const site = await makeSite(platform());
        const { url, token } = platform();
        for (const address of [...everyAddress(site), "/sign-in", "/sign-out"]) {
            for (const accept of ["application/json", "*/*", ""]) {
                const { status, text, headers } = await new Visitor(url).send(address, {
                    headers: { accept, "section-token": token },
                });
                const message = `there is nothing at ${address}. Check the id and the token's organization.`;
                assert.deepEqual(
                    [status, text],
                    [404, JSON.stringify({ message, code: "not-found" })],
                    `${address} for ${accept}`,
                );
                assert.equal(headers.get("content-type"), "application/json; charset=utf-8");
            }
        }
        const asBrowser = await new Api(url, token).call("GET", "/account", undefined, { accept: "text/html,*/*" });
        assert.equal(asBrowser.status, 200);
        assert.ok(Array.isArray(asBrowser.json), "and the API is the API, whatever it is asked for");
        const visitor = new Visitor(url);
        assert.equal(
            (await visitor.send("/", { headers: { "section-token": token } })).status,
            303,
            "a token in a header signs nobody in here",
        );
        assert.equal((await visitor.get(`/?access_token=${token}`)).status, 303);
    });

    it("show what was pushed: lines with numbers, binary files by name, odd names as text", () =>
        withFolder(async (folder) => {
            const site = await makeSite(platform());
            const { token, url } = platform();
            const clone = path.join(folder, "clone");
            await mustGit(folder, token, "clone", "-q", "-b", "Staging", site.gitUrl, clone);
            const { readFile, writeFile } = await import("node:fs/promises");
            const vcl = path.join(clone, "varnish/default.vcl");
            await writeFile(vcl, (await readFile(vcl, "utf8")).replace("125s", "60s"));
            await writeFile(
                path.join(clone, "varnish", "<img src=x onerror=alert(1)>.txt"),
                "</td><script>alert(1)</script>\n",
            );
            await writeFile(path.join(clone, "logo.png"), Buffer.from([0, 1]));
            await mustGit(clone, token, "add", "-A");
            await mustGit(clone, token, "commit", "-qm", "<b>Faster</b>\n\nBecause & why");
            await mustGit(clone, token, "push", "-q");
            const head = (await mustGit(clone, token, "rev-parse", "HEAD")).trim();
            const visitor = await visitorWith(url, token);
            const { text } = await visitor.get(`${site.at}/commit/${head}`);
            assert.match(text, /<h1>&lt;b&gt;Faster&lt;\/b&gt;<\/h1>/);
            assert.match(text, /Because &amp; why/);
            assert.match(text, /<del> {4}\.first_byte_timeout = 125s;<\/del>/);
            assert.match(
                text,
                /<td class="line">\d+<\/td><td class="sign">\+<\/td><td class="code"><ins> {4}\.first_byte_timeout = 60s;<\/ins>/,
            );
            assert.match(text, /logo\.png<\/span> <span class="quiet">New<\/span> · <span class="quiet">binary/);
            assert.doesNotMatch(text, /<script|<img src=x/);
            const name = encodeURIComponent("<img src=x onerror=alert(1)>.txt");
            const file = await visitor.get(`${site.at}/environment/Staging/file/varnish/${name}`);
            assert.match(file.text, /<td class="code">&lt;\/td&gt;&lt;script&gt;alert\(1\)/);
            assert.match(
                (await visitor.get(`${site.at}/environment/Staging/file/logo.png`)).text,
                /This file is binary/,
            );
            const older = await visitor.get(`${site.at}/environment/Staging?before=${head}`);
            assert.ok(!older.text.slice(older.text.indexOf('id="commits"')).includes(head));
        }));

    it("of a hostname show its certificate, and never the key", async () => {
        const site = await makeSite(platform());
        const visitor = await visitorWith(platform().url, platform().token);
        const at = `/account/${site.account}/domain/${site.hostname}`;
        assert.match((await visitor.get(at)).text, /None of its own\. This platform issues none/);
        const { publicCertificates, privateKey } = await issueChain([site.hostname]);
        await platform().api.must("POST", `${at}/https`, {
            public_certificates: publicCertificates,
            private_key: privateKey,
        });
        const { text } = await visitor.get(at);
        assert.match(text, /uploaded by an admin/);
        assert.match(text, /<dt>Expires<\/dt><dd><time datetime="20/);
        assert.doesNotMatch(text, /PRIVATE KEY|BEGIN/);
    });

    it("take addresses as people mistype them", async () => {
        const site = await makeSite(platform());
        const visitor = await visitorWith(platform().url, platform().token);
        for (const query of [
            "page=0",
            "page=x",
            "page=1&page=2",
            "page=99999999999",
            "search[]=1",
            "search=%00",
            "search=a&search=b",
            "before=x",
        ])
            for (const address of ["/", `/account/${site.account}`, `${site.at}/environment/Staging`]) {
                const { status } = await visitor.get(`${address}?${query}`);
                assert.ok(
                    status === 200 || (status === 400 && query === "search=%00"),
                    `${address}?${query} answered ${status}`,
                );
            }
        for (const address of [
            "/account/x",
            "/account/-1",
            "/account/99999999999",
            `${site.at}/commit/HEAD`,
            `${site.at}/commit/--help`,
            `${site.at}/environment/Staging/file/..%2f..%2fetc`,
            `${site.at}/compare/Staging/--output=x`,
            `/account/${site.account}/domain/none`,
        ]) {
            const { status } = await visitor.get(address);
            assert.ok(status === 404 || status === 400, `${address} answered ${status}`);
        }
    });

    it("of one person are those of another, but for who they are", async () => {
        const site = await makeSite(platform());
        const [ada, ben] = [await join(site, "admin"), await join(site, "admin")];
        assert.equal(
            anonymised((await ada.visitor.get(site.at)).text),
            anonymised((await ben.visitor.get(site.at)).text),
        );
    });
});
