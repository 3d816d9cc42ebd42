import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";

const config = new pulumi.Config();

const platform = new section.Provider("platform", {
    endpoint: config.require("endpoint"),
    token: config.requireSecret("token"),
});

new section.Organization("acme", { name: "Acme" }, { provider: platform });
