// The same program of resources that do nothing: as many, with inputs of the same sizes and the same dependencies.
const { readdirSync, readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");

const provider = `exports.handler=()=>require(${JSON.stringify(process.env.SECTION_BENCH_NOTHING)}).handler`;

class Nothing extends pulumi.CustomResource {
    constructor(kind, name, args, opts) {
        super(`pulumi-nodejs:dynamic/bench:${kind}`, name, { ...args, __provider: provider }, opts);
    }
}

const files = readdirSync("proxy/varnish").map((name) => [
    `varnish/${name}`,
    readFileSync(`proxy/varnish/${name}`, "utf8"),
]);
const configOf = (hostname) =>
    Object.fromEntries(files.map(([name, text]) => [name, text.replaceAll("{{hostname}}", hostname)]));
const proxyChain = [{ name: "varnish", image: "varnish:6.3.1" }];

const agency = new pulumi.ComponentResource("bench:index:Agency", "agency", {});
const [, ...rows] = readFileSync("clients.csv", "utf8").trim().split("\n");
for (const row of rows) {
    const [client, hostname, origin, alias, stagingOrigin] = row.split(",");
    const at = `agency/${client}`;
    const organization = new Nothing("Organization", at, { name: client }, { parent: agency });
    const below = { parent: organization };
    const email = "ada@agency.example";
    new Nothing("Membership", `${at}/${email}`, { organization: organization.id, email, role: "admin" }, below);
    const site = new pulumi.ComponentResource("bench:index:Site", `${at}/${hostname}`, {}, below);
    const inSite = { parent: site };
    const name = `${at}/${hostname}`;
    const application = new Nothing("Application", name, { organization: organization.id, hostname, origin }, inSite);
    const branch = { application: application.id, proxyChain, config: configOf(hostname) };
    const staging = { name: "Staging", hostname: `staging-${hostname}`, origin: stagingOrigin };
    new Nothing("Environment", `${name}/Staging`, { ...branch, ...staging }, inSite);
    new Nothing("Environment", `${name}/Production`, { ...branch, name: "Production", origin }, inSite);
    const environment = pulumi.interpolate`${application.id}/Production`;
    new Nothing("Domain", `${name}/${alias}`, { environment, hostname: alias }, inSite);
    site.registerOutputs({ hostname });
}
agency.registerOutputs({});
