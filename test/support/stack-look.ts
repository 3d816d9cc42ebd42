import type { StackLook } from "../../cli/engine/look-at-stack";

/** An empty stack `agency/prod` whose states are in an S3 bucket. */
export const makeLook = (more: Partial<StackLook> = {}): StackLook => ({
    choice: {},
    state: { resources: [], explicit: new Map(), claims: new Map(), begun: new Set(), foreign: [] },
    owner: { project: "agency", stack: "prod" },
    backend: { isSelfManaged: true },
    ...more,
});
