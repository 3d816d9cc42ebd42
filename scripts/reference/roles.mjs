// What each role may do: the access rules of the platform's routes, by the things that people want to do.
import { createRequire } from "node:module";
import path from "node:path";
import { repository } from "../sources.mjs";
import { tableOf } from "./tables.mjs";

const load = createRequire(path.join(repository, "platform/"));

/** What people do -> the operations of the API that it takes. Every operation within an organization is in one row. */
const tasks = {
    "read sites, environments, commits, files, certificates and hosted zones": [
        "accountGet applicationList applicationGet environmentList environmentGet environmentHead environmentCommits",
        "environmentDeployments environmentContent egressGet environmentIpRestrictionsGet environmentConfigurationGet",
        "environmentStackGet configurationGet proxyOperationList outagePageGet httpsGetConfiguration getDomainZone",
        "getZones getZoneDetail accountUserGet",
    ],
    "let the platform check files before they are pushed": ["environmentValidate"],
    "ask the DNS whether a hostname is live": [
        "applicationVerifyEngaged environmentVerifyEngaged environmentFetchEngaged verifyEngaged",
    ],
    "list all hostnames of the organization": ["accountDomainList"],
    "ban pages from a cache, and send other messages to a proxy": [
        "proxyStatePost proxyOperationAction applicationStatePost",
    ],
    "show an outage page, and end it": ["outagePagePost outagePageDelete"],
    "refuse requests by IP address": ["environmentIpRestrictionsPost"],
    "list members, invite, change roles, end memberships": [
        "accountUserList accountUserInvitePost accountUserUpdate accountUserRemove",
    ],
    "make, split, copy and delete sites": ["applicationCreate applicationDelete applicationSplit applicationClone"],
    "make and delete environments": ["environmentCreate environmentDelete"],
    "commit files, origins and proxies": [
        "environmentCommit egressPost patchConfiguration environmentStackPost patchFile configurationPost",
    ],
    "attach, move and detach hostnames": ["environmentAddDomain environmentRemoveDomain domainMove"],
    "upload, obtain and renew certificates": ["postConfiguration renewCertificate"],
    "lead traffic past the platform": ["environmentDnsBypassPost environmentDnsBypassDelete"],
    "host DNS zones, and change their records": ["enableHostedDNS postZoneRecord zoneDelete deleteZoneRecord"],
    "rename and delete the organization": ["accountRename accountDelete"],
    "see who changed what, and the bills": ["accountChanges accountBillingGet accountBillingHistoryGet"],
    "take over what another stack has": ["accountClaims"],
};

const mayUse = (role, access) => access === "member" || access.includes(role);

export function tableOfRoles() {
    const { allRoutes } = load("./dist/http/routes.js");
    const { capabilities } = load("section-model");
    const within = allRoutes.filter(({ access }) => access === "member" || typeof access !== "string");
    const rest = new Map(within.map(({ operation, access }) => [operation, access]));
    const rows = Object.entries(tasks).map(([task, lines]) => {
        const rules = lines
            .flatMap((line) => line.split(" "))
            .map((operation) => {
                const access = rest.get(operation);
                if (access === undefined) throw new Error(`roles: ${operation} is no operation, or is in two rows`);
                rest.delete(operation);
                return access;
            });
        return [
            task,
            ...capabilities.map((role) => {
                const answers = new Set(rules.map((access) => mayUse(role, access)));
                if (answers.size > 1) throw new Error(`roles: a ${role} may do a part of "${task}": split the row`);
                return answers.has(true) ? "yes" : "";
            }),
        ];
    });
    if (rest.size > 0) throw new Error(`roles: no row has ${[...rest.keys()].join(", ")}`);
    return tableOf(["to", ...capabilities.map((role) => `\`${role}\``)], rows);
}
