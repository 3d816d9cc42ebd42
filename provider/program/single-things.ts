import * as pulumi from "@pulumi/pulumi";
import { model } from "../run/late-module";
import { type Declarer, declareOnce } from "./declared-twice";
import { noteHostname } from "./hostname-list";

type Value = pulumi.Input<string>;

/**
 * A hostname belongs to one environment. A Domain may name an application's own hostname, to wait for it or to give it
 * a certificate.
 */
export function declareHostname(declarer: Declarer, hostname: Value | undefined): void {
    const note = (text: string) => noteHostname(model.normaliseHostname(text), declarer.type);
    if (declarer.opts?.id === undefined && hostname !== undefined)
        if (typeof hostname === "string") note(hostname);
        else pulumi.output(hostname).apply((text) => text !== undefined && note(text));
    declareOnce(declarer, {
        kind: "hostname",
        name: hostname,
        spell: model.normaliseHostname,
        relation: "hostname of",
        reason: "a hostname belongs to one environment. Remove one of them.",
        mayShare: (one, other) => one !== other && [one, other].every((type) => /^(Application|Domain)$/.test(type)),
    });
}

/** Two new Organizations of one name would be one: the people of one client would see the sites of the other. */
export function declareOrganization(declarer: Declarer, name: Value | undefined, id: pulumi.Output<string>): void {
    declareOnce(declarer, {
        kind: "organization",
        name,
        id,
        spell: (text) => text.trim(),
        reason: "both would be one organization, with the people of both. Give one of them another name.",
    });
}

/** A person has one role in an organization. */
export function declarePerson(declarer: Declarer, organization: Value | undefined, email: Value | undefined): void {
    declareOnce(declarer, {
        kind: "person",
        within: organization,
        name: email,
        spell: model.normaliseEmail,
        reason: "a person has one role in an organization. Remove one of them.",
    });
    declareList(declarer, organization);
}

/** A Team lists everybody of an organization, so that there is neither another one nor a Membership. */
export function declareList(declarer: Declarer, organization: Value | undefined): void {
    declareOnce(declarer, {
        kind: "list",
        within: organization,
        name: "everybody of an organization",
        reason: "a Team lists everybody of an organization, and would remove the people whom it does not list. Name the person in one Team instead.",
        mayShare: (one, other) => one === "Membership" && other === "Membership",
    });
}

/** An application has one branch of a name. */
export function declareBranch(declarer: Declarer, application: Value | undefined, name: Value | undefined): void {
    declareOnce(declarer, {
        kind: "branch",
        within: application,
        name,
        reason: "an application has one environment of a name. Remove one of them.",
    });
}
