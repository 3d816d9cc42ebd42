import { kindOfType, marker, nameOfUrn, pluginPackage, providerTextOf, stateVersion } from "pulumi-section/internal";
import { Problem } from "section-model";
import { kindOfRecorded } from "../engine/recorded-kind";
import type { RecordedResource, StateDocument } from "./state-document";

/** Of the form in which the engine writes states: with, and without, features that not every engine knows. */
const knownForms = [3, 4];

/** Why this version cannot convert a resource. Undefined where it can, and for resources of other packages. */
function findUnknown(resource: RecordedResource): string | undefined {
    const { urn, type, inputs = {}, outputs = {} } = resource;
    const name = nameOfUrn(urn);
    if (kindOfRecorded(resource) === undefined) return undefined;
    const kind = kindOfType(type);
    if (kind === undefined) return `${name} is of type ${type}, which this version does not know`;
    const version = outputs[marker];
    if (typeof version === "number" && version > stateVersion)
        return `${name} was written by a later version of ${pluginPackage} (its form is ${version}, this version knows ${stateVersion})`;
    const text = inputs.__provider;
    return text === undefined || text === providerTextOf(kind)
        ? undefined
        : `${name} names the code of another version: ${JSON.stringify(text)}`;
}

/**
 * Refuses a state that cannot be converted as a whole.
 *
 * @throws Problem `invalid-input` for operations that did not end, `unsupported` for what another version wrote
 */
export function refuseState({ version, deployment = {} }: StateDocument): void {
    if (version === undefined || !knownForms.includes(version))
        throw new Problem(
            "unsupported",
            `the state has form ${version}, and this version knows ${knownForms.join(", ")}`,
            {
                remedy: "Convert it with the version of pulumi-section-cli that belongs to the program and the engine",
            },
        );
    const [pending] = deployment.pending_operations ?? [];
    if (pending !== undefined)
        throw new Problem(
            "invalid-input",
            `an operation on ${nameOfUrn(pending.resource.urn)} did not end (${pending.type}), so the state may be wrong`,
            { remedy: "Run pulumi-section up, or pulumi refresh, then convert again" },
        );
    for (const resource of deployment.resources ?? []) {
        const reason = findUnknown(resource);
        if (reason === undefined) continue;
        throw new Problem("unsupported", reason, {
            remedy: "Install the version of pulumi-section-cli that matches the program, then convert again",
        });
    }
}
