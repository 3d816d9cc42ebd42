import { randomBytes } from "node:crypto";
import type { NewClaim } from "section-model";

/** A claim of a resource with an id of its own. */
export function makeClaim(resource: string, stack = "prod"): NewClaim {
    return { id: randomBytes(12).toString("base64url"), project: "agency", stack, resource };
}
