import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";

const config = new pulumi.Config();

// Resources that are declared below another one take its provider.
const platform = new section.Provider("platform", {
    endpoint: config.require("endpoint"),
    token: config.requireSecret("token"),
    resolver: "none", // previews ask no DNS servers
});

const acme = new section.Organization("acme", { name: "Acme" }, { provider: platform });
new section.Application(
    "acme-www",
    { organization: acme.id, hostname: "www.acme.example", origin: "origin.acme.example" },
    { parent: acme },
);
