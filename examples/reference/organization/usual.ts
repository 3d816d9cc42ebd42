import * as section from "pulumi-section";

// A client, a person who may read everything, and the first site.
const bakery = new section.Organization("bakery", { name: "Bakery Lindqvist" });

new section.Membership("bakery-karin", { organization: bakery.id, email: "karin@lindqvist.example", role: "readonly" });

new section.Application("bakery-www", {
    organization: bakery.id,
    hostname: "www.lindqvist.example",
    origin: "192.0.2.40",
});
