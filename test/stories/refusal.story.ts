import assert from "node:assert/strict";
import { cp, readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { openStack, openStackHere } from "../harness/stack";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi, pulumi as pulumiCommand } from "../support/pulumi";
import { engineVariables, isPluginWay, openStack as openEngineStack, type TestStack, typeHere } from "../support/stack";

function assertAll(message: string, expected: RegExp[]): void {
    const missing = expected.filter((pattern) => !pattern.test(message));
    assert.deepEqual(missing, [], message);
}

describe("refusals", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());
    const settings = () => ({ SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token });

    it("a check lists every failure with the name of its property, and nothing is made", () =>
        withFolder(async (folder) => {
            const messageOf = (stack: TestStack) =>
                stack.preview().then(
                    () => assert.fail("the preview passed"),
                    ({ message }: Error) => message,
                );
            const application = async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                new section.Application("www", {
                    organization: acme.id,
                    hostname: "https://www.acme.example/",
                    origin: "http://origin",
                    stack: "varnish 9",
                });
            };
            const stack = await openEngineStack({ folder, program: application, environment: settings() });
            assertAll(await messageOf(stack), [
                /hostname must not have a scheme; write "www\.acme\.example"/,
                /origin must be a hostname or an IPv4 address, without scheme/,
                /stack must be the name of a stack/,
            ]);
            stack.setProgram(async () => {
                new section.Environment("staging", {
                    application: "1/1",
                    name: "pre-prod",
                    hostname: "co.uk",
                    origin: { address: "origin.acme.example", httpPort: 81 },
                    proxyChain: [{ name: "my-varnish", image: "varnish:6.3.1" }],
                    ipBlacklist: ["2001:db8::/32"],
                    config: { "../escape": "x" },
                });
            });
            assertAll(await messageOf(stack), [
                /name must be a letter followed by letters and digits/,
                /hostname is a public suffix/,
                /origin\.httpPort must be one of 80, 443/,
                /proxyChain\[0\]\.name must be 1 to 32 letters and digits/,
                /ipBlacklist\[0\] must be an IPv4 address/,
                /config\["\.\.\/escape"\] has an empty part, \. or \.\./,
            ]);
            assert.deepEqual(await platform.api.get("/account"), [], "something was made");
        }));

    it("an unknown property, a stack and an image that the platform lacks are found at preview", () =>
        withFolder(async (folder) => {
            const program = async () => {
                new section.Organization("acme", { name: "Acme", colour: "blue" } as section.OrganizationArgs);
            };
            const stack = await openStackHere({ folder, program, environment: settings() });
            await assert.rejects(stack.preview(), /colour is not a known property/);
            stack.setProgram(async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                new section.Application("www", {
                    organization: acme.id,
                    hostname: "www.acme.example",
                    origin: "192.0.2.1",
                    stack: "varnish-99",
                });
            });
            await assert.rejects(
                stack.preview(),
                /stack varnish-99 is not a stack of this platform; it has varnish-6\.3-basic/,
            );
            stack.setProgram(async () => {
                new section.Environment("production", {
                    application: "1/1",
                    name: "Production",
                    proxyChain: [{ name: "varnish", image: "varnish:99" }],
                });
            });
            await assert.rejects(stack.preview(), /proxyChain\[0\]\.image varnish:99 is not an image of this platform/);
        }));

    it("an origin that is no IPv4 address is refused wherever a program can name one", () =>
        withFolder(async (folder) => {
            const hostname = "www.acme.example";
            const origin = "192.0.2.400";
            const site = { organization: "1", hostname, origin };
            const places: [property: string, declare: () => void][] = [
                ["origin", () => new section.Application("www", site)],
                ["origin", () => new section.ClientSite("www", site)],
                [
                    "firstSite.origin",
                    () => new section.Organization("acme", { name: "Acme", firstSite: { hostname, origin } }),
                ],
            ];
            const program = async () => {};
            const stack = await openStackHere({ folder, program, environment: settings() });
            for (const [property, declare] of places) {
                stack.setProgram(async () => declare());
                await assert.rejects(
                    stack.preview(),
                    new RegExp(`${property} is no IPv4 address: it has four numbers from 0 to 255`),
                );
            }
        }));

    it("hostnames declared twice are refused while the program runs, all of them by a preview", () =>
        withFolder(async (folder) => {
            const program = async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                const www = new section.Application("www", {
                    organization: acme.id,
                    hostname: "www.acme.example",
                    origin: "192.0.2.1",
                });
                new section.Environment("again", {
                    application: www.id,
                    name: "Staging",
                    hostname: "WWW.Acme.example.",
                });
                for (const name of ["one", "two"])
                    new section.Domain(name, { environment: www.production, hostname: "shop.acme.example" });
            };
            const stack = await openStackHere({ folder, program, environment: settings() });
            await assert.rejects(stack.preview(), ({ message }: Error) => {
                assertAll(message, [
                    /www\.acme\.example is declared twice, as hostname of Application "www" and as hostname of Environment "again"/,
                    /shop\.acme\.example is declared twice, as hostname of Domain "one" and as hostname of Domain "two"/,
                ]);
                return true;
            });
            await assert.rejects(stack.up(), /www\.acme\.example is declared twice/);
        }));

    it("organizations, people and branches declared twice are refused by a preview, all of them with both names", () =>
        withFolder(async (folder) => {
            const staff = { "ada@agency.example": "admin" } as const;
            const program = async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                new section.Organization("acme-again", { name: pulumi.output(" Acme ") });
                const jane = { organization: acme.id, role: "admin" } as const;
                new section.Membership("jane", { ...jane, email: "jane@agency.example" });
                new section.Membership("jane-again", { ...jane, email: " Jane@Agency.example" });
                const clients = ["one", "two"].map((key) => ({ name: "Bakery", key, sites: [] }));
                const bakery = new section.Agency("agency", { clients, staff, completeTeams: true }).clients.one;
                if (bakery === undefined) return;
                const { id: organization } = bakery.organization;
                new section.Membership("bob", { organization, email: "bob@agency.example", role: "state" });
                const site = { organization, hostname: "www.bakery.example", origin: "192.0.2.1", staging: {} };
                const { application } = new section.ClientSite("bakery", site);
                new section.Environment("own", { application: application.id, name: "Staging" });
            };
            const stack = await openStack({ folder, program, environment: settings() });
            await assert.rejects(stack.preview(), ({ message }: Error) => {
                assertAll(message, [
                    /Acme is declared twice, as Organization "acme" and as Organization "acme-again": both would be one/,
                    /jane@agency\.example is declared twice, as Membership "jane" and as Membership "jane-again": a person/,
                    /Bakery is declared twice, as Organization "agency\/one" and as Organization "agency\/two"/,
                    /everybody of an organization is declared twice, as Team "agency\/one" and as Membership "bob": a Team/,
                    /Staging is declared twice, as Environment "bakery\/Staging" and as Environment "own": an application/,
                ]);
                return true;
            });
            await assert.rejects(stack.up(), /jane@agency\.example is declared twice/);
        }));

    it("outputs are compared once they are known; other platforms, and organizations with ids of their own, are no doubles", () =>
        withFolder(async (folder) => {
            const other = await startPlatform();
            try {
                const jane = { email: "jane@agency.example", role: "admin" } as const;
                const program =
                    (name: string, more: (twin: section.Organization) => void = () => {}) =>
                    async () => {
                        const twin = new section.Organization("twin", { name: "Twin" });
                        new section.Organization("second", { name });
                        const { url, token } = other;
                        const provider = new section.Provider("elsewhere", { endpoint: pulumi.output(url), token });
                        const theirs = new section.Organization("theirs", { name: "Twin" }, { provider });
                        new section.Membership("theirs", { organization: theirs.id, ...jane }, { parent: theirs });
                        new section.Membership("jane", { organization: twin.id, ...jane });
                        more(twin);
                    };
                const stack = await openStackHere({ folder, program: program("Other"), environment: settings() });
                await stack.up();
                await stack.up({ program: program("Twin") });

                const doubles = program("Twin", (twin) => {
                    const found = section.Organization.get("found", twin.id);
                    new section.Membership("again", { organization: found.id, ...jane });
                    const endpoints = [platform.url, pulumi.output(`${platform.url}/`)];
                    for (const [at, endpoint] of endpoints.entries()) {
                        const provider = new section.Provider(`here-${at}`, { endpoint, token: platform.token });
                        new section.Organization(`new-${at}`, { name: "Bakery" }, { provider });
                    }
                });
                stack.setProgram(doubles);
                await assert.rejects(stack.preview(), ({ message }: Error) => {
                    assertAll(message, [
                        /jane@agency\.example is declared twice, as Membership "jane" and as Membership "again"/,
                        /Bakery is declared twice, as Organization "new-0" and as Organization "new-1"/,
                    ]);
                    assert.doesNotMatch(message, /Twin/);
                    return true;
                });
            } finally {
                await other.close();
            }
        }));

    it("content that the platform refuses keeps what was made, says why, and is finished by the next up", () =>
        withFolder(async (folder) => {
            const program = (features: string) => async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                const www = new section.Application("www", {
                    organization: acme.id,
                    hostname: "www.acme.example",
                    origin: "192.0.2.1",
                });
                new section.Environment("staging", {
                    application: www.id,
                    name: "Staging",
                    hostname: "staging.acme.example",
                    config: { "varnish/proxy-features.json": features },
                });
            };
            const stack = await openStackHere({ folder, program: program("{ not json"), environment: settings() });
            await assert.rejects(stack.up(), /varnish\/proxy-features\.json:\d+:\d+: cannot be parsed as JSON/);
            const [{ id: account }] = await platform.api.get("/account");
            const [{ id: application }] = await platform.api.get(`/account/${account}/application`);
            assert.equal(
                (await platform.api.get(`/account/${account}/application/${application}/environment`)).length,
                2,
                "Staging is there",
            );
            const { changes } = await stack.up({ program: program("{}") });
            assert.deepEqual([changes.create ?? 0, changes.update], [0, 1], "it is finished, not made again");
            await stack.destroy();
        }));

    it("an environment waits for the one that it is copied from; where that is not there, it is said how to name it", () =>
        withFolder(async (folder) => {
            const program = (names: string[], from?: string) => async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                const www = new section.Application("www", {
                    organization: acme.id,
                    hostname: "www.acme.example",
                    origin: "192.0.2.1",
                });
                for (const name of names)
                    new section.Environment(name, {
                        application: www.id,
                        name,
                        hostname: `${name}.acme.example`,
                        from: name === "Copy" ? from : undefined,
                    });
            };
            const stack = await openStackHere({
                folder,
                program: program(["Copy"], "Staging"),
                environment: settings(),
            });
            await assert.rejects(
                stack.up(),
                /there is no Staging in application \d+\/\d+ to copy Copy from\. Declare that environment before this one and write `from: itsVariable\.name`/,
            );
            const { changes } = await stack.up({ program: program(["Staging", "Copy"], "Staging") });
            assert.deepEqual([changes.create, changes.same], [2, 3]);
        }));

    it("an id that is unknown because its resource failed is not called a wrong one", () =>
        withFolder(async (folder) => {
            const program = async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                const www = new section.Application("www", {
                    organization: acme.id,
                    hostname: "www.acme.example",
                    origin: "192.0.2.1",
                });
                const staging = new section.Environment("staging", {
                    application: www.id,
                    name: "Staging",
                    from: "Nowhere",
                    hostname: "staging.acme.example",
                });
                new section.Domain("further", { environment: staging.id, hostname: "further.acme.example" });
            };
            const { automation } = await openEngineStack({ folder, program, environment: settings() });
            const { message } = await automation.up({ continueOnError: true, color: "never" }).then(
                () => assert.fail("the up passed"),
                (error: Error) => error,
            );
            assertAll(message, [
                /there is no Nowhere in/,
                /environment has no value: .* see why the resource that gives/,
            ]);
            assert.doesNotMatch(message, /must be the id of/);
        }));

    it("the owner cannot be removed or demoted, and the remedy is said", () =>
        withFolder(async (folder) => {
            const program = (role: section.Role) => async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                new section.Membership("me", { organization: acme.id, email: "olga@agency.example", role });
            };
            const stack = await openStackHere({ folder, program: program("admin"), environment: settings() });
            await stack.up();
            stack.setProgram(program("readonly"));
            await assert.rejects(
                stack.up(),
                /olga@agency\.example owns organization \d+ and cannot be demoted\. Write role: "admin", or take the Membership out of the program: an owner needs none/,
            );
        }));

    it("whoever makes an organization and a lesser Membership of their own is told at preview", () =>
        withFolder(async (folder) => {
            const program = async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                new section.Membership("me", { organization: acme.id, email: "olga@agency.example", role: "readonly" });
            };
            const stack = await openStackHere({ folder, program, environment: settings() });
            await assert.rejects(
                stack.preview(),
                /role is refused: olga@agency\.example makes the organization and then owns it\. Write role: "admin"/,
            );
        }));

    it("a platform that cannot be reached fails with its address and the remedy", () =>
        withFolder(async (folder) => {
            const program = async () => {
                new section.Organization("acme", { name: "Acme" });
            };
            const stack = await openStackHere({
                folder,
                program,
                environment: { SECTION_ENDPOINT: "http://127.0.0.1:9", SECTION_TOKEN: "x" },
            });
            const { stdout } = await stack.preview();
            assert.match(
                stdout,
                /not checked with the platform: organization/,
                "a preview works and says what it could not check",
            );
            await assert.rejects(
                stack.up(),
                /http:\/\/127\.0\.0\.1:9, from .*, cannot be reached: nothing listens there \(ECONNREFUSED\)\. Check .* and the network, then run again\./,
            );
        }));

    it("a token that is refused is never printed", () =>
        withFolder(async (folder) => {
            const token = "section_0123456789abcdef_not-a-real-token";
            const program = async () => {
                new section.Organization("acme", { name: "Acme" });
            };
            const stack = await openEngineStack({
                folder,
                program,
                environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: token },
            });
            await assert.rejects(stack.up(), (error: Error) => {
                assert.match(
                    error.message,
                    /does not know the token from SECTION_TOKEN: it is mistyped, revoked or expired \(API request is unauthorized\)/,
                );
                assert.ok(!error.message.includes(token), "the token was printed");
                return true;
            });
        }));

    // the plugin imports: yaml.story has it
    (isPluginWay ? it.skip : it)(
        "the engine's own import fails as docs/adoption.md says, and the option import says what to do in its place",
        () =>
            withFolder(async (folder) => {
                const cwd = path.join(folder, "program");
                await cp("examples/guards", cwd, { recursive: true });
                await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
                const options = { cwd, folder, environment: settings() };
                await mustPulumi(["stack", "init", "story"], options);
                const { account, application } = await platform.api.makeSite("Acme", "www.acme.example");
                const type = typeHere("application");
                const id = `${account}/${application}`;
                const imported = await pulumiCommand(["import", type, "www", id, "--yes"], options);
                const bin = `${(await engineVariables(folder)).PATH}`.split(path.delimiter, 1).join();
                const isOurs = (await readdir(bin)).includes("refuse-import.cjs");
                const page = await readFile("docs/adoption.md", "utf8");
                const [, words = "nothing"] =
                    (isOurs ? /says:\s+`([^`]+)`/ : /fails with\s+`([^`]+)`/).exec(page) ?? [];
                assert.notEqual(imported.code, 0);
                assert.ok(imported.output.includes(words), imported.output);

                const program = async () => {
                    const args = { organization: `${account}`, hostname: "www.acme.example" };
                    new section.Application("www", args, { import: id });
                };
                const stack = await openEngineStack({
                    folder: path.join(folder, "other"),
                    program,
                    environment: settings(),
                });
                await assert.rejects(stack.preview(), (error: Error) => {
                    assert.match(
                        error.message,
                        /Application "www" has the option import: "1\/1", which needs the plugin/,
                    );
                    assert.doesNotMatch(error.message, /\n\s+at /, "a sentence, and no trace");
                    return true;
                });
                const adopting = async () => {
                    new section.Application("www", { organization: `${account}`, hostname: "www.acme.example" });
                };
                assert.match(
                    (await stack.up({ program: adopting })).stdout,
                    new RegExp(`application ${id}: www takes it over from nobody, as it is`),
                    "without the option it is taken over",
                );
            }),
    );
});
