import { type ChangeRecord, findChange, readFeatures } from "section-client";
import {
    parseApplicationId,
    parseDomainId,
    parseEnvironmentId,
    parseMembershipId,
    parseOrganizationId,
} from "section-model";
import type { Properties } from "../run/properties";
import type { Session } from "../run/session";
import { type Author, authorOfChange } from "./author";
import type { Difference } from "./difference";

/** A question to the log about one property of a thing, or about its existence. */
interface Question {
    organization: number;
    /** Selects the lines of the log about it. */
    isAbout(change: ChangeRecord): boolean;
    /**
     * Words for a line that ended the thing; undefined for any other line. Missing when the question is about a value.
     */
    endings?: (change: ChangeRecord) => string | undefined;
    /** The value in the newest line, when nobody changed it since. Missing when it cannot be compared. */
    says?: string;
}

interface Asked {
    id: string;
    known: Properties;
    /** Missing when the whole object is gone. */
    difference?: Pick<Difference, "key" | "member" | "to">;
}

function askApplication({ organization, application }: { organization: number; application: number }): Question {
    return {
        organization,
        isAbout: ({ what, thing }) => what.startsWith("application.") && thing.applicationId === application,
        endings: ({ what }) => (what === "application.delete" ? "deleted" : undefined),
    };
}

function askEnvironment({ organization, application, environment }: ReturnType<typeof parseEnvironmentId>): Question {
    const above = askApplication({ organization, application });
    return {
        organization,
        isAbout: (change) =>
            above.isAbout(change) ||
            (/^environment\.(create|delete)$/.test(change.what) &&
                change.thing.applicationId === application &&
                change.thing.environment === environment),
        endings: ({ what }) => {
            if (what === "environment.delete") return "deleted";
            return what === "application.delete" ? "deleted with its application" : undefined;
        },
    };
}

function askDomain({ hostname, ...place }: ReturnType<typeof parseDomainId>): Question {
    const above = askEnvironment(place);
    return {
        organization: place.organization,
        isAbout: (change) =>
            above.isAbout(change) || (change.what.startsWith("domain.") && change.thing.hostname === hostname),
        endings: ({ what, to }) => {
            if (what === "domain.detach") return "detached";
            if (what === "domain.move") return to === place.environment ? undefined : `moved to ${to}`;
            if (what === "environment.delete") return "deleted with its environment";
            return what === "application.delete" ? "deleted with its application" : undefined;
        },
    };
}

function askMember(id: string, isGone: boolean): Question {
    const { organization, email } = parseMembershipId(id);
    const endings = ({ what, from, to }: ChangeRecord) => {
        if (what === "member.remove") return "removed";
        return what === "member.email" && from === email ? `now known as ${to}` : undefined;
    };
    const isAbout = ({ what, thing, to }: ChangeRecord) =>
        what.startsWith("member.") && (thing.email === email || to === email);
    return { organization, isAbout, ...(isGone && { endings }) };
}

/** The question to ask for each kind of object. */
const questions: Record<string, (asked: Asked) => Question | undefined> = {
    organization: ({ id, difference }) =>
        difference?.key === "name"
            ? {
                  organization: parseOrganizationId(id).organization,
                  isAbout: ({ what }) => what === "organization.rename",
                  says: String(difference.to),
              }
            : undefined,
    membership: ({ id, difference }) => {
        if (difference === undefined) return askMember(id, true);
        if (difference.key === "role") return { ...askMember(id, false), says: String(difference.to) };
        return difference.key === "ended" ? askMember(id, false) : undefined;
    },
    team: ({ id, difference: { member, to } = { key: "" } }) => {
        if (member === undefined) return undefined;
        const role = typeof to === "object" && to !== null ? (to as Properties).role : to;
        return { ...askMember(`${id}/${member}`, to === undefined), ...(to !== undefined && { says: String(role) }) };
    },
    application: ({ id, difference }) =>
        difference === undefined ? askApplication(parseApplicationId(id)) : undefined,
    environment: ({ id, difference, known }) => {
        if (difference === undefined) return askEnvironment(parseEnvironmentId(id));
        return difference.key === "hostname" ? askDomain(parseDomainId(`${id}/${known.hostname}`)) : undefined;
    },
    domain: ({ id, difference }) =>
        difference === undefined || difference.key === "environment" ? askDomain(parseDomainId(id)) : undefined,
};

/**
 * The last author of an object or of one of its properties, from the log of its account. Undefined where the log does
 * not tell.
 */
export async function askLog({ client }: Session, kind: string, asked: Asked): Promise<Author | undefined> {
    const question = questions[kind]?.(asked);
    if (question === undefined || !(await readFeatures(client)).extensions.has("account.changes")) return undefined;
    const change = await findChange(client, question.organization, question.isAbout);
    if (change === undefined) return undefined;
    // the newest line has another value, so a later change is missing from the log
    if (question.says !== undefined && question.says !== change.to) return undefined;
    if (question.endings === undefined) return authorOfChange(change);
    const deed = question.endings(change);
    return deed === undefined ? undefined : authorOfChange(change, deed);
}
