import type { Capability } from "section-model";
import { defineRule } from "../rule";
import type { AnySectionResource } from "../section-resource";

interface Config {
    domains: string[];
    roles: Capability[];
}

const free = [
    "gmail.com",
    "googlemail.com",
    "gmx.de",
    "gmx.net",
    "hotmail.com",
    "icloud.com",
    "outlook.com",
    "proton.me",
    "web.de",
    "yahoo.com",
];

interface Person {
    email: string | undefined;
    role: Capability | undefined;
}

function peopleOf({ kind, inputs }: AnySectionResource): Person[] {
    if (kind === "membership") return [{ email: inputs.email, role: inputs.role }];
    if (kind !== "team") return [];
    return Object.entries(inputs.members ?? {}).map(([email, member]) => ({
        email,
        role: typeof member === "object" ? member.role : member,
    }));
}

/** A person who leaves the agency keeps a personal address, and with it the access. */
export const personalMail = defineRule<Config>(
    {
        name: "section-personal-mail",
        description: "People with a personal mailbox may only read.",
        level: "advisory",
        config: {
            domains: {
                type: "array",
                items: { type: "string" },
                default: free,
                description: "Domains of personal mailboxes",
            },
            roles: {
                type: "array",
                items: { type: "string", enum: ["admin", "restrictions-editor", "state", "readonly"] },
                default: ["readonly"],
                description: "Roles that they may have; an empty list: none",
            },
        },
    },
    {
        resource: (resource, report, { domains, roles }) => {
            for (const { email, role } of peopleOf(resource)) {
                if (email === undefined || role === undefined || roles.includes(role)) continue;
                if (!domains.includes(email.slice(email.lastIndexOf("@") + 1))) continue;
                report(resource, {
                    finding: `${email} has a personal mailbox and the role ${role}`,
                    why: "the person keeps the mailbox when the work ends, and with it the way to a new password",
                    fix: `invite an address of the agency or the client${roles.length > 0 ? `, or give the role ${roles.join(" or ")}` : ""}`,
                });
            }
        },
    },
);
