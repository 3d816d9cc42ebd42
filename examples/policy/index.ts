import { PolicyPack } from "@pulumi/policy";
import { forSection, sectionPolicies, sectionResourcesOf } from "pulumi-section-policy";

new PolicyPack("our-agency", {
    policies: [
        ...sectionPolicies,
        {
            name: "our-origins",
            description: "Origins are our own servers.",
            enforcementLevel: "mandatory",
            validateResource: forSection("environment", ({ name, inputs }, report) => {
                const address = inputs.origin?.address;
                if (address !== undefined && !address.endsWith(".agency.example"))
                    report(`The origin of ${name} is ${address}.`);
            }),
        },
        {
            name: "our-admins",
            description: "Admins are people of the agency.",
            enforcementLevel: "advisory",
            validateStack: (stack, report) => {
                for (const { inputs, urn } of sectionResourcesOf(stack, "membership"))
                    if (inputs.role === "admin" && !inputs.email?.endsWith("@agency.example"))
                        report(`${inputs.email} is an admin.`, urn);
            },
        },
    ],
});
