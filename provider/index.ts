/** Pulumi resources for the Section platform. */
import { guardProgram } from "./guard";

export * from "./access-matrix";
export * from "./application";
export { Agency, type AgencyArgs, type AgencyClient, type ClientArgs, type People } from "./components/agency";
export {
    ClientSite,
    type ClientSiteArgs,
    type SiteArgs,
    type SiteDnsRecord,
    type StagingArgs,
} from "./components/client-site";
export { clientsFromCsv } from "./components/clients-from-csv";
export { clientsFromYaml } from "./components/clients-from-yaml";
export type { SiteConfigFiles, SiteConfigPlace, SiteConfigSource, Variables } from "./components/site-config";
export * from "./config-from";
export * from "./domain";
export * from "./environment";
export * from "./lookups";
export * from "./membership";
export * from "./organization";
export * from "./provider";
export * from "./team";

guardProgram(); // the engine loads a program, and this with it, once per run
