import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";

const config = new pulumi.Config();
// on the day: pulumi config set goLive true
const waitForLive = config.getBoolean("goLive") ? { timeoutSeconds: 900 } : undefined;
// where the client brings a certificate: pulumi config set --secret shopKey < shop.key
const shopKey = config.getSecret("shopKey");

const acme = new section.Organization("acme", { name: "Acme" });

const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

// the application's own hostname once more: to wait for it, and to see its certificate
const site = new section.Domain("acme-www-live", {
    environment: www.production,
    hostname: "www.acme.example",
    waitForLive,
    certificate: "acme",
});

const shop = new section.Domain("acme-shop", {
    environment: www.production,
    hostname: "shop.acme.example",
    waitForLive,
    certificate: shopKey && { publicCertificates: readFileSync("shop.pem", "utf8"), privateKey: shopKey },
});

const apex = new section.Domain("acme-apex", { environment: www.production, hostname: "acme.example" });

// lines of the file of zone acme.example
export const dnsToSet = [site.dns.line, shop.dns.line, apex.dns.line];
export const insteadAtTheApex = apex.dns.alternatives.apply((all) => all.map(({ advice }) => advice));
export const isLive = site.engaged;
export const certificateEnds = site.certificate.apply((certificate) => certificate?.expires);
