import { type Claimant, type Properties, splitUrn } from "pulumi-section/internal";
import { secretFilesOf } from "./wire/marks";

/**
 * Who makes a declaration. A class of TypeScript tells it, and more than the engine knows; for other programs the URN
 * says it. The marks of secrets tell which files are secret.
 */
export function describeClaimant(
    urn: string,
    news: Properties,
    told: Partial<Claimant> | undefined,
    adopts: boolean,
): Claimant {
    const { stack, project, name } = splitUrn(urn);
    const secretFiles = secretFilesOf(news);
    return {
        stack,
        project,
        resource: name,
        ...told,
        ...(adopts && { adopt: true }),
        ...(secretFiles && { secretFiles }),
    };
}
