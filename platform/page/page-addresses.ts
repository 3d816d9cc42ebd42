/** A page is at the address of the same thing in the API, without `/api/v1`. */
const part = encodeURIComponent;

export const home = "/";
export const signInAddress = "/sign-in";
export const signOutAddress = "/sign-out";

export function organizationAddress(accountId: number): string {
    return `/account/${accountId}`;
}

export function membersAddress(accountId: number): string {
    return `${organizationAddress(accountId)}/user`;
}

export function domainsAddress(accountId: number): string {
    return `${organizationAddress(accountId)}/domains`;
}

export function domainAddress(accountId: number, hostname: string): string {
    return `${organizationAddress(accountId)}/domain/${part(hostname)}`;
}

/** An application of an account. */
export interface SiteKey {
    accountId: number;
    applicationId: number;
}

export function siteAddress({ accountId, applicationId }: SiteKey): string {
    return `${organizationAddress(accountId)}/application/${applicationId}`;
}

export function environmentAddress(site: SiteKey, name: string): string {
    return `${siteAddress(site)}/environment/${part(name)}`;
}

export function fileAddress(site: SiteKey, environment: string, path: string): string {
    return `${environmentAddress(site, environment)}/file/${path.split("/").map(part).join("/")}`;
}

export function commitAddress(site: SiteKey, commit: string): string {
    return `${siteAddress(site)}/commit/${commit}`;
}

/** The page with the changes that would make `to` the same as `from`. */
export function comparisonAddress(site: SiteKey, from: string, to: string): string {
    return `${siteAddress(site)}/compare/${part(from)}/${part(to)}`;
}
