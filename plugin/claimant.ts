import { type Claimant, type Properties, splitUrn } from "pulumi-section/internal";
import { secretFilesOf } from "./wire/marks";

/** Those of the state count, too: a preview shows the lines of a file that goes. */
function joinSecretFiles(...all: (string[] | true | undefined)[]): Claimant["secretFiles"] {
    if (all.includes(true)) return true;
    const files = all.flatMap((each) => (each === true ? [] : (each ?? [])));
    return files.length > 0 ? [...new Set(files)] : undefined;
}

/**
 * Who makes a declaration. A class of TypeScript tells it, and more than the engine knows; for other programs the URN
 * says it. The marks of secrets tell which files are secret.
 */
export function describeClaimant(
    urn: string,
    olds: Properties,
    news: Properties,
    told: Partial<Claimant> | undefined,
    adopts: boolean,
): Claimant {
    const { stack, project, name } = splitUrn(urn);
    const secretFiles = joinSecretFiles(secretFilesOf(news), secretFilesOf(olds), told?.secretFiles);
    return {
        stack,
        project,
        resource: name,
        ...told,
        ...(adopts && { adopt: true }),
        ...(secretFiles && { secretFiles }),
    };
}
