/** Pulumi resources for the Section platform. */
import { warnOfUnknownSettings } from "./program/config-keys";
import { guardProgram } from "./program/guard";

export * from "./access-matrix";
export { Agency, type AgencyArgs, type AgencyClient, type ClientArgs, type People } from "./agency/agency";
export {
    ClientSite,
    type ClientSiteArgs,
    type SiteArgs,
    type SiteDnsRecord,
    type StagingArgs,
} from "./agency/client-site";
export type { SiteConfigFiles, SiteConfigPlace, SiteConfigSource, Variables } from "./agency/site-config";
export * from "./client-lists";
export * from "./config/config-from";
export * from "./lookups";
export * from "./provider";
export * from "./resources/application";
export * from "./resources/domain";
export * from "./resources/environment";
export * from "./resources/membership";
export * from "./resources/organization";
export * from "./resources/team";

warnOfUnknownSettings();
guardProgram(); // the engine loads the program, and so this module, once per run
