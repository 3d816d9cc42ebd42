/** The address of an account below the root of the platform. */
export function accountHref(accountId: number): string {
    return `/api/v1/account/${accountId}`;
}

export function applicationHref(accountId: number, applicationId: number): string {
    return `${accountHref(accountId)}/application/${applicationId}`;
}

export function environmentHref(accountId: number, applicationId: number, name: string): string {
    return `${applicationHref(accountId, applicationId)}/environment/${name}`;
}
