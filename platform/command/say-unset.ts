import { sectionEdgeDomain } from "section-model";
import { type PlatformOptions, variableOf } from "../options";

/** What follows for sites from settings that an operator has left as they are, a sentence each. */
export function sayUnset({
    edgeDomain,
    acmeDirectory,
}: Pick<PlatformOptions, "edgeDomain" | "acmeDirectory">): string[] {
    const isSections = edgeDomain === undefined || edgeDomain === sectionEdgeDomain;
    return [
        ...(isSections
            ? [
                  `DNS records of sites point to Section's edge (${sectionEdgeDomain}), unless ${variableOf("edgeDomain")} names another edge`,
              ]
            : []),
        ...(acmeDirectory === undefined
            ? [`no certificates are issued, unless ${variableOf("acmeDirectory")} names an authority`]
            : []),
    ];
}
