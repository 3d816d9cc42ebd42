import type { Takeover } from "pulumi-section/internal";
import { productionName, sectionConfigPath } from "section-model";
import { sayNames } from "../report/say-names";
import type { PersonAccess } from "./person-access";
import type { ResourceChange } from "./resource-change";

/** The facts that rules read. */
export interface RiskFacts {
    changes: readonly ResourceChange[];
    /** Of all people, also those whose access stays the same. */
    access: readonly PersonAccess[];
    /** More production sites than these with new content are a risk. */
    manySites: number;
    /** What the preview could not ask the platform about, a line for each provider. */
    unchecked: readonly string[];
}

/** Something that a reviewer has to look at before it is applied. */
export interface Risk {
    /** The rule that found it. */
    rule: string;
    sentence: string;
    urns: string[];
}

/** True for a risk of all the changes together, not of one client rather than another. */
export const isOverall = ({ rule }: Risk) => rule === "many-sites";

interface Rule {
    rule: string;
    /** When it applies, for docs/review.md. */
    when: string;
    find(facts: RiskFacts): Omit<Risk, "rule">[];
}

const leaves = ({ verb }: ResourceChange) => verb === "delete" || verb === "replace";
const deed = ({ verb }: ResourceChange) => (verb === "delete" ? "removed" : "removed and made again");
const siteOf = ({ owner: { site, client } }: ResourceChange) => site?.name ?? client.name;
const thing = (change: ResourceChange) => {
    const { kind, subject, owner } = change;
    if (kind === "application") return `the site ${subject}`;
    if (kind === "environment") return `${subject} of ${siteOf(change)}`;
    if (kind === "organization") return `the client ${subject}`;
    return kind === "domain" ? `${subject} of ${owner.environment ?? productionName}` : subject;
};
const upper = (text: string) => text.replace(/^the /, "The ");
const isPerson = ({ kind }: ResourceChange) => kind === "membership" || kind === "team";

/** Finds one risk for each matching change. */
function each(choose: (change: ResourceChange) => boolean, sentence: (change: ResourceChange) => string): Rule["find"] {
    return ({ changes }) =>
        changes.filter(choose).map((change) => ({ sentence: sentence(change), urns: [change.urn] }));
}

/** Finds one risk for each removed thing; a removed site includes its environments and hostnames. */
function eachLeaving(
    choose: (change: ResourceChange) => boolean,
    sentence: (change: ResourceChange) => string,
): Rule["find"] {
    return ({ changes }) => {
        const leaving = changes.filter((change) => leaves(change) && !isPerson(change));
        const has = (kind: string, key: string | undefined) =>
            leaving.some(
                (each) =>
                    each.kind === kind &&
                    (kind === "application" ? each.owner.site?.key : each.owner.client.key) === key,
            );
        const isWithin = ({ kind, owner }: ResourceChange) =>
            (kind !== "organization" && has("organization", owner.client.key)) ||
            (!["organization", "application"].includes(kind) && has("application", owner.site?.key));
        return leaving
            .filter((change) => choose(change) && !isWithin(change))
            .map((change) => ({ sentence: sentence(change), urns: [change.urn] }));
    };
}

const touches = (...roots: string[]) => {
    return ({ shown }: ResourceChange) =>
        shown.some(
            ({ property, isFile }) =>
                !isFile &&
                roots.some(
                    (root) => property === root || property.startsWith(`${root}.`) || property.startsWith(`${root}[`),
                ),
        );
};
const changesOrigin = touches("origin", "origins");
const changesContent = (change: ResourceChange) =>
    change.shown.some(({ isFile }) => isFile) ||
    touches("config", "proxyChain", "ipBlacklist", "ownership")(change) ||
    (touches("promote")(change) && !change.shown.some(({ keepsContent }) => keepsContent));
/** The file has the proxies. Only a promotion changes it as a file. */
const changesProxies = (change: ResourceChange) =>
    touches("proxyChain", "stack", "ownership")(change) ||
    change.shown.some(({ isFile, property }) => isFile && property === sectionConfigPath);
const isProductionUpdate = (change: ResourceChange) => change.verb === "update" && change.isProduction;

function byClient(access: readonly PersonAccess[]): PersonAccess[][] {
    const groups = new Map<string, PersonAccess[]>();
    for (const person of access) groups.set(person.client.key, [...(groups.get(person.client.key) ?? []), person]);
    return [...groups.values()];
}

/** The rules of risk, in the order of a review. */
export const riskRules: readonly Rule[] = [
    {
        rule: "unchecked",
        when: "the platform did not answer the preview, so facts that only it knows were not checked",
        find: ({ unchecked }) => unchecked.map((line) => ({ sentence: `The preview is ${line}`, urns: [] })),
    },
    {
        rule: "live-leaves",
        when: "something that the state knows as live is deleted or replaced",
        find: eachLeaving(
            (change) => change.isLive,
            (change) => `${upper(thing(change))} is live and is ${deed(change)}: visitors lose it.`,
        ),
    },
    {
        rule: "production-leaves",
        when: "a client, a site, a Production or a hostname of one is deleted or replaced",
        find: eachLeaving(
            (change) => change.isProduction && !change.isLive,
            (change) => {
                if (change.kind === "environment")
                    return `${upper(thing(change))} is no longer declared: the platform keeps what it has.`;
                const what =
                    {
                        application: " with its repository, environments and hostnames",
                        organization: " with everything in it",
                    }[change.kind] ?? "";
                return `${upper(thing(change))} is ${deed(change)}${what}. The state does not know it as live: a refresh asks the platform.`;
            },
        ),
    },
    {
        rule: "environment-leaves",
        when: "another environment is deleted or replaced",
        find: eachLeaving(
            (change) => change.kind === "environment" && !change.isProduction && !change.isLive,
            (change) =>
                `${upper(thing(change))} is ${deed(change)}: its branch goes, with commits that are nowhere else.`,
        ),
    },
    {
        rule: "protected-leaves",
        when: "something that the program protects is deleted or replaced; the engine will refuse it",
        find: each(
            (change) => leaves(change) && change.isProtected,
            (change) =>
                `${upper(thing(change))} is protected and would be ${deed(change)}: applying this is refused until the protection is gone.`,
        ),
    },
    {
        rule: "takes-over",
        when: "something that exists is taken over from nobody or from another stack ([claims](claims.md))",
        find: each(
            ({ takeover }) => takeover !== undefined,
            (change) => {
                const { from, changes } = change.takeover as Takeover;
                if (change.verb === "update")
                    return `${upper(thing(change))} is taken over from ${from}, with this change.`;
                const what = changes.length === 0 ? "as it is" : `with changes: ${changes.join(", ")}`;
                return `${upper(thing(change))} exists already and is taken over from ${from}, ${what}.`;
            },
        ),
    },
    {
        rule: "becomes-admin",
        when: "somebody becomes admin of a client",
        find: ({ access }) => {
            const rising = access.filter(({ before, after }) => after?.role === "admin" && before?.role !== "admin");
            return [...new Set(rising.map(({ email }) => email))].map((email) => {
                const own = rising.filter((person) => person.email === email);
                const where = sayNames(
                    own.map(
                        ({ client, after }) =>
                            `${client.name}${after?.until === undefined ? "" : ` until ${after.until}`}`,
                    ),
                );
                return {
                    sentence: `${email} becomes admin of ${where}: may do everything there, people and billing included.`,
                    urns: own.flatMap(({ urns }) => urns),
                };
            });
        },
    },
    {
        rule: "last-admin",
        when: "a client keeps people and loses its last admin, as far as the program declares them",
        find: ({ access }) =>
            byClient(access).flatMap((people) => {
                const isAdmin = (side: "before" | "after") => (person: PersonAccess) => person[side]?.role === "admin";
                if (
                    !people.some(isAdmin("before")) ||
                    people.some(isAdmin("after")) ||
                    !people.some(({ after }) => after !== undefined)
                )
                    return [];
                const lost = people.filter(isAdmin("before"));
                const sentence = `${lost[0]?.client.name} loses its last declared admin: ${lost.map(({ email }) => email).join(", ")}.`;
                return [{ sentence, urns: lost.flatMap(({ urns }) => urns) }];
            }),
    },
    {
        rule: "last-access",
        when: "somebody loses access to the last client that they had access to",
        find: ({ access }) =>
            access.flatMap(({ email, client, before, after, urns }) => {
                const isElsewhere = access.some((other) => other.email === email && other.after !== undefined);
                if (before === undefined || after !== undefined || isElsewhere) return [];
                return [
                    {
                        sentence: `${email} loses ${client.name} and then has access to no client of this program.`,
                        urns,
                    },
                ];
            }),
    },
    {
        rule: "production-origin",
        when: "the origin of a production changes",
        find: each(
            (change) => isProductionUpdate(change) && changesOrigin(change),
            (change) => `Visitors of ${siteOf(change)} get it from another origin.`,
        ),
    },
    {
        rule: "production-proxies",
        when: "the proxies of a production change, or files that are not declared would be removed from it",
        find: each(
            (change) => isProductionUpdate(change) && changesProxies(change),
            (change) => `The proxies of ${siteOf(change)} change, or files that are not declared are removed from it.`,
        ),
    },
    {
        rule: "live-certificate",
        when: "the certificate of a live hostname changes",
        find: each(
            (change) =>
                change.isLive && change.kind === "domain" && change.verb === "update" && touches("certificate")(change),
            (change) => `${upper(thing(change))} is live and gets another certificate.`,
        ),
    },
    {
        rule: "live-moves",
        when: "a live hostname moves to another environment or site",
        find: each(
            (change) =>
                change.isLive && change.verb === "update" && change.kind === "domain" && touches("environment")(change),
            (change) =>
                `${upper(thing(change))} is live and moves: its visitors get the content of another environment.`,
        ),
    },
    {
        rule: "many-sites",
        when: "the content of many productions changes at once: more than 10, or what `--many-sites` says",
        find: ({ changes, manySites }) => {
            const touched = changes.filter(
                (change) =>
                    isProductionUpdate(change) &&
                    !isPerson(change) &&
                    (changesContent(change) || changesOrigin(change)),
            );
            const sites = new Set(touched.map(({ owner }) => owner.site?.key));
            if (sites.size <= manySites) return [];
            return [
                {
                    sentence: `${sites.size} production sites change at once: a mistake reaches all of them.`,
                    urns: touched.map(({ urn }) => urn),
                },
            ];
        },
    },
];

export function findRisks(facts: RiskFacts): Risk[] {
    return riskRules.flatMap(({ rule, find }) => find(facts).map((found) => ({ rule, ...found })));
}
