import type { BranchAddress } from "../../client/repository/checkout";
import { openTestSession, type TestSession, type Way } from "./provider";
import { fresh } from "./stores";

export interface OpenedBranch {
    session: TestSession;
    address: BranchAddress;
    hostname: string;
    /** Path of the environments in the API. */
    root: string;
}

/** A new site's Production, reached in one of these ways. */
export async function openBranch(way: Way): Promise<OpenedBranch> {
    const session = await openTestSession();
    const hostname = `${fresh("way")}.acme.example`;
    const { gitUrl, account, application } = await session.platform.api.makeSite("Acme", hostname);
    const place = { organization: account, application, environment: "Production" };
    return {
        session,
        hostname,
        root: `/account/${account}/application/${application}/environment`,
        address: {
            gitUrl,
            branch: place.environment,
            token: session.settings.token,
            person: { name: "Pia", email: "pia@agency.example" },
            ...(way === "request" && { requests: { client: session.client, place } }),
        },
    };
}

/** The address of another branch of the same site. */
export function otherBranch(address: BranchAddress, branch: string): BranchAddress {
    const { requests } = address;
    return {
        ...address,
        branch,
        ...(requests && { requests: { ...requests, place: { ...requests.place, environment: branch } } }),
    };
}
