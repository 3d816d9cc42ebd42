import assert from "node:assert/strict";
import path from "node:path";
import { issueCertificate } from "../support/certificates";
import { pathWithLanguages } from "../support/languages";
import { owner, type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import {
    makeBareProject,
    makeTypeScriptProject,
    makeYamlProject,
    openExample,
    type PluginProject,
} from "../support/plugin-project";

const isEmpty = (output: string) => !/to (create|update|delete|replace)/.test(output);

const wrong = `resources:
    ada:
        type: section:index:Membership
        properties: { organization: "1335", email: ada@agency.example, role: boss }
    typo:
        type: section:index:Application
        properties: { organization: "1335", hostnam: "https://www.acme.example" }
`;

const served = `resources:
    acme:
        type: section:index:Organization
        properties: { name: Acme }
    www:
        type: section:index:Application
        properties: { organization: "\${acme.id}", hostname: www.acme.example, origin: 192.0.2.1 }
    served:
        type: section:index:Domain
        properties:
            environment: \${www.id}/Production
            hostname: www.acme.example
            certificate:
                publicCertificates:
                    fn::readFile: ./certificate.pem
                privateKey:
                    fn::readFile: ./key.pem
`;

const named = `resources:
    acme:
        type: section:index:Organization
        properties: { name: www.acme.example }
    www:
        type: section:index:ClientSite
        properties: { organization: "\${acme.id}", hostname: "\${acme.name}", origin: 192.0.2.1 }
`;

const lookUps = `variables:
    museum:
        fn::invoke: { function: "section:index:getOrganization", arguments: { name: Museum } }
outputs:
    id: \${museum.id}
    sites: \${museum.applications[0].hostname}
`;

/** The files that `served` reads. */
async function writeCertificate(project: PluginProject): Promise<void> {
    const { key, certificate } = await issueCertificate({ names: ["www.acme.example"] });
    await project.write("certificate.pem", certificate);
    await project.write("key.pem", key);
}

describe("a YAML program", () => {
    let platform: RunningPlatform;
    let languages: string;
    before(async function findLanguages() {
        const found = await pathWithLanguages();
        if (found === undefined) return this.skip();
        languages = found;
    });
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform?.close());

    const start = (folder: string, program: string) => makeYamlProject(program, { folder, languages, platform });

    /** The id of an environment that no state knows. */
    async function makeStaging(): Promise<string> {
        const { account, application } = await platform.api.makeSite("Acme", "www.acme.example");
        await platform.api.must("POST", `/account/${account}/application/${application}/environment/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: "staging.acme.example",
        });
        return `${account}/${application}/Staging`;
    }

    it("goes from nothing through a change and drift back to nothing", () =>
        withFolder(async (folder) => {
            const project = await openExample("agency-yaml", { folder, languages, platform });
            assert.match(await project.must("up", "--yes"), /\+ (\d+) to create.*\+ \1 created/s);
            assert.ok(isEmpty(await project.must("preview")), "after the first up");

            await project.edit("Pulumi.yaml", "{ ttl: 1h }", "{ ttl: 2h }");
            const changed = await project.must("up", "--yes", "--diff");
            assert.match(
                changed,
                /-\s+set beresp\.ttl = 1h;\s+\+\s+set beresp\.ttl = 2h;.*~ 1 to update.*~ 1 updated/s,
            );
            assert.doesNotMatch(changed, /[+-] \d+ (created|deleted)/);

            const [account] = (await platform.api.get("/account")).filter(
                ({ account_name }: { account_name: string }) => account_name === "Acme Outdoor",
            );
            await platform.api.must("PATCH", `/account/${account.id}`, { account_name: "Somebody Else" });
            const seen = await project.must("refresh", "--yes", "--diff");
            assert.match(seen, /"Acme Outdoor" => "Somebody Else".*~ 1 updated/s);
            assert.match(await project.must("up", "--yes"), /~ 1 updated/);

            await project.must("destroy", "--yes", "--skip-preview");
            assert.deepEqual(await platform.api.get("/account"), [], "nothing is left");
        }));

    it("gets an environment by import, as code that previews clean", () =>
        withFolder(async (folder) => {
            const id = await makeStaging();
            const project = await start(folder, "");
            await project.must("import", "section:index:Environment", "staging", id, "--yes", "--out", "code.yaml");
            const code = await project.read("code.yaml");
            assert.match(code, /type: section:Environment\n.*hostname: staging\.acme\.example/s);
            await project.write("Pulumi.yaml", (await project.read("Pulumi.yaml")) + code);
            assert.match(await project.must("preview", "--diff"), /\n {4}2 unchanged/);
        }));

    it("gets one thing of each kind by import, as code in which they name each other", () =>
        withFolder(async (folder) => {
            const staging = await makeStaging();
            const [organization, application] = [staging.split("/")[0], staging.replace("/Staging", "")];
            const ids: Record<string, string> = {
                Organization: `${organization}`,
                Membership: `${organization}/${owner.email}`,
                Team: `${organization}`,
                Application: application,
                Environment: staging,
                Domain: `${staging}/staging.acme.example`,
            };
            const resources = Object.entries(ids).map(([kind, id]) => ({
                type: `section:index:${kind}`,
                name: kind.toLowerCase(),
                id,
            }));
            const project = await start(folder, "");
            await project.write("all.json", JSON.stringify({ resources }));
            await project.must("import", "--file", "all.json", "--yes", "--out", "code.yaml");
            const code = await project.read("code.yaml");
            assert.match(code, /application: \$\{application\.id\}/);
            assert.match(code, /environment: \$\{environment\.id\}/);
            await project.write("Pulumi.yaml", (await project.read("Pulumi.yaml")) + code);
            assert.match(await project.must("preview", "--diff"), /\n {4}7 unchanged/);
            assert.match(await project.must("refresh", "--yes", "--diff"), /\n {4}7 unchanged\n.*\n {4}7 unchanged/s);
        }));

    it("gets an environment by import in TypeScript, too, where the code uses our classes", () =>
        withFolder(async (folder) => {
            const id = await makeStaging();
            const project = await makeTypeScriptProject("", { folder, languages, platform });
            await project.must("config", "set", "section:plugin", "true");
            await project.must("import", "section:index:Environment", "staging", id, "--yes", "--out", "index.ts");
            assert.match(await project.read("index.ts"), /import \* as section from "pulumi-section";/);
            assert.match(await project.must("preview", "--diff"), /\n {4}2 unchanged/);
        }));

    it("gets the plugin by pulumi package add", () =>
        withFolder(async (folder) => {
            const project = await makeBareProject("yaml", { folder, languages, platform });
            await project.must("package", "add", "./node_modules/pulumi-resource-section/engine");
            const added = await project.read("Pulumi.yaml");
            assert.match(added, /packages:\n {2}section: \.\/node_modules\/pulumi-resource-section\/engine\n/);
            await project.write("Pulumi.yaml", added + served);
            await writeCertificate(project);
            assert.match(await project.must("preview"), /\+ 4 to create/);
        }));

    it("gets an SDK by pulumi package add where the language has one, as TypeScript", () =>
        withFolder(async (folder) => {
            const project = await makeBareProject("nodejs", { folder, languages, platform });
            const { version } = require("@pulumi/pulumi/package.json") as { version: string };
            const dependencies = { "@pulumi/pulumi": version };
            await project.write("package.json", JSON.stringify({ main: "index.ts", dependencies }));
            await project.must("package", "add", path.resolve("plugin/engine"));
            assert.match(await project.read("package.json"), /"pulumi-section": "file:sdks\/section"/);
            await project.write(
                "index.ts",
                `import * as section from "pulumi-section"; new section.Organization("acme", { name: "Acme" });`,
            );
            assert.match(await project.must("preview"), /section:index:Organization acme create/);
        }));

    it("gets what a platform has by functions, and says which function found nothing", () =>
        withFolder(async (folder) => {
            const { account } = await platform.api.makeSite("Museum", "www.museum.example");
            const project = await start(folder, lookUps);
            const found = await project.must("up", "--yes", "--skip-preview");
            assert.match(found, new RegExp(`id +: "${account}"\\n +sites: "www\\.museum\\.example"`));
            await project.edit("Pulumi.yaml", "name: Museum", "name: Nobody");
            const { code, output } = await project.run("preview");
            assert.notEqual(code, 0);
            assert.match(output, /there is no organization named Nobody that this token can see/);
        }));

    it("gets words for an output where a component needs a value", () =>
        withFolder(async (folder) => {
            const project = await start(folder, named);
            const { code, output } = await project.run("preview");
            assert.notEqual(code, 0);
            assert.match(output, /ClientSite: hostname cannot be an output.* Write the value itself\./);
        }));

    it("with mistakes gets their properties and remedies at preview", () =>
        withFolder(async (folder) => {
            const project = await start(folder, wrong);
            const byTypes = await project.run("preview");
            assert.notEqual(byTypes.code, 0);
            assert.match(byTypes.output, /role: Cannot assign.*\n.*Allowed values are Admin \("admin"\)/);
            assert.match(byTypes.output, /Missing required property 'hostname'\n.*Existing properties are: .*hostname/);

            await project.edit("Pulumi.yaml", "boss", "admin");
            await project.edit("Pulumi.yaml", "hostnam:", "hostname:");
            const byProvider = await project.run("preview");
            assert.notEqual(byProvider.code, 0);
            assert.match(byProvider.output, /property hostname .*https:\/\//);
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("keeps secrets encrypted", () =>
        withFolder(async (folder) => {
            const project = await start(folder, served);
            await writeCertificate(project);
            await project.must("config", "set", "--secret", "section:token", platform.token);
            await project.must("up", "--yes");
            assert.ok(isEmpty(await project.must("preview")), "after the up");
            const state = await project.must("stack", "export");
            assert.ok(!state.includes("PRIVATE KEY"), "the key is in clear in the state");
            assert.ok(!state.includes(platform.token), "the token is in clear in the state");
            assert.match(
                state,
                /"privateKey": \{\s+"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",/,
            );
        }));
});
