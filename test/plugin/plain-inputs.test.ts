import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { refuseOutputs } from "../../plugin/plain-inputs";

const later = pulumi.output("known later");
const site = "section:index:ClientSite";
const agency = "section:index:Agency";

/** An agency with one site of one client. */
const withSite = (args: object) => ({
    clients: [{ name: "Acme", sites: [{ hostname: "www.acme.example", ...args }] }],
});

const refused: Record<string, [string, pulumi.Inputs, string]> = {
    "a hostname": [site, { hostname: later }, "hostname"],
    "an item of a list": [site, { hostname: "www.acme.example", aliases: ["a.example", later] }, "aliases[1]"],
    "a property inside": [site, { hostname: "www.acme.example", staging: { hostname: later } }, "staging.hostname"],
    "all configuration": [site, { hostname: "www.acme.example", config: later }, "config"],
    "the list of clients": [agency, { clients: later }, "clients"],
    "a hostname in the list": [agency, withSite({ hostname: later }), "clients[0].sites[0].hostname"],
    "a value of a variable": [agency, withSite({ variables: { ttl: later } }), "clients[0].sites[0].variables.ttl"],
    "the role of a person": [agency, { clients: [], staff: { "a@b.example": later } }, "staff.a@b.example"],
};

const taken: Record<string, [string, pulumi.Inputs]> = {
    "an organization": [site, { organization: later, hostname: "www.acme.example" }],
    "an origin, as a whole": [agency, withSite({ origin: later })],
    "a property of an origin": [agency, withSite({ origin: { address: later } })],
    "an item of a list that names nothing": [agency, withSite({ ipBlacklist: [later] })],
    "the text of a file": [site, { hostname: "www.acme.example", config: { "varnish/a.vcl": later } }],
    "a private key": [agency, withSite({ certificate: { publicCertificates: "PEM", privateKey: later } })],
};

describe("outputs as inputs of a component", () => {
    for (const [what, [type, inputs, path]] of Object.entries(refused))
        it(`are refused for ${what}`, () =>
            assert.rejects(refuseOutputs(type, inputs, pulumi.Output.isInstance), ({ message }: Error) =>
                message.startsWith(`${type.split(":")[2]}: ${path} cannot be an output`),
            ));

    for (const [what, [type, inputs]] of Object.entries(taken))
        it(`are taken for ${what}`, () => assert.doesNotReject(refuseOutputs(type, inputs, pulumi.Output.isInstance)));
});
