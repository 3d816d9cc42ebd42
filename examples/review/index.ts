import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";

new section.Agency("agency", {
    staff: { "olga@agency.example": "admin" },
    clients: section.clientsFromYaml("clients.yaml"),
    baseConfig: "./proxy",
    variables: { ttl: "1h" },
});

// the agency's own site, which visitors need a password for
const password = new pulumi.Config().getSecret("password") ?? pulumi.secret("not said yet");
const studio = new section.Organization("studio", { name: "Studio" });
new section.Team("studio-team", {
    organization: studio.id,
    members: { "olga@agency.example": "admin", "joe@acme.example": "readonly" },
});
const www = new section.Application("studio-www", {
    organization: studio.id,
    hostname: "www.studio.example",
    origin: "192.0.2.80",
});
new section.Environment("studio-www-production", {
    application: www.id,
    name: "Production",
    config: { "varnish/visitors.vcl": pulumi.interpolate`table visitors { "studio": "${password}" }\n` },
});
new section.Domain("studio-shop", { environment: www.production, hostname: "shop.studio.example" });
