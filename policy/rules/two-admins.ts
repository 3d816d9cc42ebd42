import { lastDayOf, normaliseEmail, roleOf, utcDay } from "section-model";
import { defineRule } from "../rule";
import { type StackSectionResource, sectionResourcesOf } from "../section-resource";

interface Config {
    least: number;
    owner: string;
}

type Holder = StackSectionResource<"membership"> | StackSectionResource<"team">;

/** The organization of a resource: the URN of the resource that its id comes from, else the id. */
function organizationOf(holder: Holder): string | undefined {
    const [source] = holder.sourcesOf("organization", "organization");
    return source?.urn ?? holder.inputs.organization;
}

/** The admins that one resource declares and whose last day is not past. A person who is not known yet counts. */
function adminsOf(holder: Holder, today: string): string[] {
    const isNow = (until: string | undefined) => until === undefined || until >= today;
    if (holder.kind === "team") {
        if (holder.unknown.includes("members")) return [`${holder.name}, one`, `${holder.name}, another`];
        const people = Object.entries(holder.inputs.members ?? {}) as [string, Parameters<typeof roleOf>[0]][];
        const unknown = holder.unknown.filter((path) => path.startsWith("members."));
        return [
            ...people
                .filter(([, member]) => roleOf(member) === "admin" && isNow(lastDayOf(member)))
                .map(([email]) => email),
            ...unknown,
        ];
    }
    const { email, role = "admin", until } = holder.inputs;
    return role === "admin" && isNow(until) ? [email ?? holder.urn] : [];
}

/** Nobody is locked out when one person leaves, loses a phone or is on holiday. */
export const twoAdmins = defineRule<Config>(
    {
        name: "section-two-admins",
        description: "Every organization has two admins.",
        level: "mandatory",
        config: {
            least: {
                type: "integer",
                minimum: 1,
                default: 2,
                description: "How many admins an organization has to have",
            },
            owner: {
                type: "string",
                default: "",
                description:
                    "The e-mail address of the owner of the organizations, who is an admin of each without being declared",
            },
        },
    },
    {
        stack: (args, report, { least, owner }) => {
            const holders: Holder[] = [...sectionResourcesOf(args, "membership"), ...sectionResourcesOf(args, "team")];
            const organizations = sectionResourcesOf(args, "organization");
            const teams = sectionResourcesOf(args, "team").filter(
                (team) => team.sourcesOf("organization", "organization").length === 0,
            );
            const today = utcDay();
            for (const resource of [...organizations, ...teams]) {
                const own = resource.kind === "team" ? organizationOf(resource) : resource.urn;
                const admins = new Set(
                    holders
                        .filter((holder) => organizationOf(holder) === own)
                        .flatMap((holder) => adminsOf(holder, today)),
                );
                if (owner !== "") admins.add(normaliseEmail(owner));
                if (admins.size >= least) continue;
                const client = resource.kind === "team" ? resource.inputs.organization : resource.inputs.name;
                report(resource, {
                    finding: `Organization ${client ?? resource.name} has ${admins.size} of ${least} admins${admins.size > 0 ? `: ${[...admins].join(", ")}` : ""}`,
                    why: "when the only admin leaves or loses access, nobody can let others in or change the roles",
                    fix: "declare another admin, in a Membership or Team, whose last day is not past; the owner counts if the setting owner names them",
                });
            }
        },
    },
);
