import * as pulumi from "@pulumi/pulumi";
import { Slot } from "../run/memory";
import { currentRun } from "./program";

type ListKind = "membership" | "team";

/** The value that names an organization -> the resources that list its people. */
const listsByOrganization = new Slot(() => new Map<unknown, Partial<Record<ListKind, object>>>());

/**
 * Refuses a Team beside Memberships or another Team for the same organization: each would undo the other. Organizations
 * are the same when they are the same value in the program; other outputs are compared once they are known.
 */
export function declarePeople(kind: ListKind, organization: pulumi.Input<string> | undefined): void {
    if (organization === undefined) return;
    const here = {};
    const organizations = currentRun().memory.of(listsByOrganization);
    const claim = (key: unknown) => {
        const { team, membership } = organizations.get(key) ?? {};
        const rival = team ?? (kind === "team" ? membership : undefined);
        if (rival !== undefined && rival !== here) {
            const both = rival === team && kind === "team" ? "two Teams" : "a Team and a Membership";
            throw new pulumi.RunError(
                `an organization has ${both} in this program. A Team lists everybody of an organization and would remove whom it does not list. ` +
                    "Name the person in one Team instead.",
            );
        }
        organizations.set(key, { team, membership, [kind]: here });
    };
    claim(organization);
    pulumi.output(organization).apply((id) => id !== undefined && claim(id));
}
