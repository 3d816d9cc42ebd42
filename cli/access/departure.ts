import { findLockouts } from "pulumi-section/internal";
import type { MemberRecord } from "section-client";
import { nearestNames, Problem } from "section-model";
import { sayCount } from "../report/say-count";
import type { AccessList, ClientAccess, Unseen } from "./access-list";

/** A membership that ends, and the steps that have to come before. */
export interface EndingAccess extends ClientAccess {
    /** Reasons why the platform would refuse to end it, each with a remedy. Empty: it can end at once. */
    handOver: { reason: string; remedy: string }[];
}

/** The access that a person loses when they leave. */
export interface Departure {
    person: string;
    /** By client; those that have to be handed over come first. */
    ends: EndingAccess[];
    /** Their invitations that nobody has accepted. */
    pending: ClientAccess[];
    /** Facts to know beside the list, such as API tokens, which nobody else can see. */
    notes: string[];
    unseen: Unseen[];
}

function memberOf({ person, role, status }: ClientAccess, index: number): MemberRecord {
    return { email: person, role, status, userId: index };
}

function handOverOf(list: readonly ClientAccess[], access: ClientAccess, user: string): EndingAccess["handOver"] {
    const { client, person } = access;
    const there = list.filter((each) => each.client.id === client.id);
    const owner = there.find(({ isOwner }) => isOwner)?.person;
    const members = there.map(memberOf);
    const found = findLockouts({ organization: Number(client.id), members, caller: user, owner }, ({ email, role }) =>
        email === person ? undefined : role,
    );
    const handOver = found.map(({ detail, remedy }) => ({ reason: detail, remedy: remedy ?? "" }));
    const others = there.filter((each) => each.role === "admin" && each.person !== person);
    const isWaiting =
        access.role === "admin" && others.length > 0 && others.every(({ status }) => status === "pending");
    if (!isWaiting) return handOver;
    const names = others.map((each) => each.person).join(", ");
    return [
        ...handOver,
        {
            reason: `the other admins have not accepted their invitation yet: ${names}`,
            remedy: "Wait until one of them has accepted it",
        },
    ];
}

/** Lists the access that a person would lose by leaving the clients that were looked at. Changes nothing. */
export function planDeparture({ list, unseen, user }: AccessList, person: string): Departure {
    const own = list.filter((each) => each.person === person);
    if (own.length === 0) {
        const nearest = nearestNames(person, [...new Set(list.map((each) => each.person))]);
        const hidden = unseen.length === 0 ? "" : `; ${sayCount(unseen.length, "organization")} cannot be looked into`;
        throw new Problem(
            "not-found",
            `${person} is no member of any organization that this token's user is an admin of${hidden}`,
            {
                remedy:
                    nearest.length === 0
                        ? "Check with pulumi-section whoami whose token it is"
                        : `Check the address; the nearest ones are ${nearest.join(", ")}`,
            },
        );
    }
    const ends = own
        .filter(({ status }) => status === "active")
        .map((each) => ({ ...each, handOver: handOverOf(list, each, user) }));
    return {
        person,
        ends: [
            ...ends.filter(({ handOver }) => handOver.length > 0),
            ...ends.filter(({ handOver }) => handOver.length === 0),
        ],
        pending: own.filter(({ status }) => status === "pending"),
        notes: [
            `Only ${person} sees their API tokens. Without a membership these tokens reach no client: each build or nightly job that uses one needs a token of somebody else first.`,
            "Commits stay, with their author.",
            ...own
                .filter(({ isOwner }) => isOwner === undefined)
                .map(({ client: { name, id } }) => `This endpoint does not tell who owns ${name} (${id}).`),
        ],
        unseen,
    };
}
