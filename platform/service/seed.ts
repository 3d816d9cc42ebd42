import path from "node:path";
import { mapAtMost } from "section-display";
import { Problem, productionName } from "section-model";
import type { SeedAccount, SeedApplication, SeedDocument } from "../archive/seed-document";
import { unpackBundle } from "../git/unpack-bundle";
import type { Database } from "../store/database";
import { setEngaged } from "../store/domains";
import { insertEnvironment, moveEnvironment } from "../store/environments";
import type { NewInvitation } from "../store/invitations";
import { insertMembership } from "../store/memberships";
import { isEmpty, seedAccount, seedApplication, seedUser, skipSeededIds } from "../store/seed";
import { attachHostname } from "./attachments";
import { noteChange } from "./changes";
import type { Context } from "./context";
import { requireSite } from "./hostnames";

/** The numbers of things that a seed had. */
export interface SeedCounts {
    accounts: number;
    people: number;
    applications: number;
    environments: number;
    domains: number;
}

const repositoriesAtOnce = 8;
const command = "seed";

/** Writes the rows of the documents' things; the ids are the document's. */
class Sowing {
    constructor(
        private readonly context: Context,
        private readonly transaction: Database,
        /** By e-mail address. */
        private readonly people: ReadonlyMap<string, SeedDocument["people"][number]>,
    ) {}

    /** Who is not verified has not accepted an invitation yet. */
    invitationOf(email: string, owner: string): NewInvitation | undefined {
        const { id = 0, isVerified = true } = this.people.get(email) ?? {};
        if (isVerified) return undefined;
        const person = { email, first_name: "", last_name: "", phone_number: "" };
        return { person, number: id, by: this.idOf(owner), at: this.context.now() };
    }

    idOf(email: string): number {
        return this.people.get(email)?.id as number;
    }

    async account({ id, name, owner, claim, members, applications }: SeedAccount): Promise<void> {
        const { transaction } = this;
        await seedAccount(transaction, { id, name, owner_id: this.idOf(owner), claim });
        for (const { email, role, claim: own } of members)
            await insertMembership(transaction, id, this.idOf(email), role, own, this.invitationOf(email, owner));
        await noteChange(transaction, { accountId: id, command }, "organization.create", { to: name });
        for (const application of applications) await this.application(id, application);
    }

    async application(accountId: number, { id, hostname, claim, environments }: SeedApplication): Promise<void> {
        const { context, transaction } = this;
        await seedApplication(transaction, { id, account_id: accountId, name: hostname, claim });
        for (const { name, claim: own, domains } of environments) {
            const environment = await insertEnvironment(transaction, accountId, id, name, own);
            await moveEnvironment(transaction, accountId, environment.id, "creating", "ready");
            for (const domain of domains) {
                const attached = requireSite(context, domain.hostname, "hostname");
                await attachHostname(context, transaction, {
                    hostname: attached,
                    account_id: accountId,
                    application_id: id,
                    environment_id: environment.id,
                    claim: domain.claim,
                });
                if (domain.isEngaged) await setEngaged(transaction, accountId, attached, true, context.now());
            }
        }
        await noteChange(transaction, { accountId, command }, "application.create", {
            thing: { application_id: id },
            to: hostname,
        });
    }
}

async function requireEmpty({ store }: Context): Promise<void> {
    if (await isEmpty(store.database)) return;
    throw new Problem("place-occupied", "the platform is not empty: it has users or accounts", {
        remedy: "Name a new data folder or an empty database",
    });
}

const branchesOf = ({ environments }: SeedApplication) =>
    [...environments]
        .sort((one, other) => Number(other.name === productionName) - Number(one.name === productionName))
        .map(({ name }) => name);

/**
 * Fills an empty platform: repositories first, then all rows in one transaction. An interrupted run has left no row,
 * and can be done again.
 *
 * @param folder holds the document's bundles
 * @throws Problem `place-occupied` when the platform is not empty, `invalid-input` for bundles that lack something
 */
export async function sowPlatform(
    context: Context,
    { people, accounts }: SeedDocument,
    folder: string,
): Promise<SeedCounts> {
    await requireEmpty(context);
    const applications = accounts.flatMap((account) =>
        account.applications.map((application) => ({ accountId: account.id, application })),
    );
    await mapAtMost(repositoriesAtOnce, applications, ({ accountId, application }) => {
        const key = { accountId, applicationId: application.id };
        return unpackBundle(
            context.repositories,
            key,
            path.resolve(folder, application.bundle),
            branchesOf(application),
        );
    });
    await context.store.transact(async (transaction) => {
        for (const { id, email, isVerified } of people)
            await seedUser(transaction, { id, email, email_key: email, verified: isVerified });
        const sowing = new Sowing(context, transaction, new Map(people.map((person) => [person.email, person])));
        for (const account of accounts) await sowing.account(account);
        await skipSeededIds(transaction);
    });
    const environments = applications.flatMap(({ application }) => application.environments);
    return {
        accounts: accounts.length,
        people: people.length,
        applications: applications.length,
        environments: environments.length,
        domains: environments.reduce((sum, { domains }) => sum + domains.length, 0),
    };
}
