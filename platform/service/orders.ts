import { listEveryAccount, setApplicationLimit, setTwoFactorRule, transferAccount } from "./account-administration";
import type { Context } from "./context";
import { addToken, listTokens, revokeToken } from "./tokens";
import { listUsers, removeUser, resetTwoFactor, verifyUserByHand } from "./user-administration";
import { addUser, requireUser } from "./users";

interface OfUser {
    email: string;
}

interface OfAccount {
    account: number;
}

const emailOf = ({ email }: OfUser): OfUser => ({ email });

/**
 * The operator's work on people, tokens and accounts, by name. A command does it where nothing serves the data, and
 * asks the platform that serves them otherwise: so all that goes in and comes out can be written as JSON.
 */
export const orders = {
    addToken: async (
        context: Context,
        { email, expiresAt, ...wanted }: OfUser & { description: string; scope: "read" | "write"; expiresAt?: string },
    ) => {
        const { id: userId } = await requireUser(context, email);
        const { row, token } = await addToken(context, {
            userId,
            ...wanted,
            ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
        });
        return { ...describeToken(row), token };
    },
    listTokens: async (context: Context, { email }: OfUser) => {
        const { id } = await requireUser(context, email);
        return (await listTokens(context, id)).map(describeToken);
    },
    revokeToken: async (context: Context, { email, id }: OfUser & { id: string }) => {
        await revokeToken(context, (await requireUser(context, email)).id, id);
        return { id, revoked: true };
    },
    addUser: async (context: Context, user: OfUser & { firstName?: string; lastName?: string; password?: string }) => {
        const { id, email } = await addUser(context, user);
        return { id, email };
    },
    listUsers: async (context: Context) =>
        (await listUsers(context)).map(({ id, email, verified, requires_2fa, first_name, last_name }) => ({
            id,
            email,
            verified,
            requiresTwoFactor: requires_2fa,
            firstName: first_name,
            lastName: last_name,
        })),
    verifyUser: async (context: Context, { email }: OfUser) => emailOf(await verifyUserByHand(context, email)),
    resetTwoFactor: async (context: Context, { email }: OfUser) => emailOf(await resetTwoFactor(context, email)),
    removeUser: async (context: Context, { email }: OfUser) => emailOf(await removeUser(context, email)),
    listAccounts: async (context: Context) =>
        (await listEveryAccount(context)).map((each) => ({
            id: each.id,
            name: each.name,
            owner: each.owner_email,
            members: each.members,
            applications: each.applications,
            applicationLimit: each.application_limit,
            requiresTwoFactor: each.requires_2fa,
        })),
    requireTwoFactor: async (context: Context, { account, isRequired }: OfAccount & { isRequired: boolean }) => ({
        id: account,
        name: (await setTwoFactorRule(context, account, isRequired)).name,
        requiresTwoFactor: isRequired,
    }),
    transferAccount: async (context: Context, { account, email }: OfAccount & OfUser) => ({
        id: account,
        name: (await transferAccount(context, account, email)).name,
        owner: email,
    }),
    limitApplications: async (
        context: Context,
        { account, applicationLimit }: OfAccount & { applicationLimit: number | null },
    ) => ({
        id: account,
        name: (await setApplicationLimit(context, account, applicationLimit)).name,
        applicationLimit,
    }),
} as const;

export type OrderName = keyof typeof orders;
export type OrderInput<Name extends OrderName> = Parameters<(typeof orders)[Name]>[1];
export type OrderAnswer<Name extends OrderName> = Awaited<ReturnType<(typeof orders)[Name]>>;

/** Carries out an order by its name. Undefined for a name that is none. */
export function carryOut(context: Context, name: string, input: unknown): Promise<unknown> | undefined {
    if (!Object.hasOwn(orders, name)) return undefined;
    const order = orders[name as OrderName] as (context: Context, input: unknown) => Promise<unknown>;
    return order(context, input);
}

/** A token without its value. */
function describeToken(row: { id: string; scope: string; expires_at: Date | null; description: string }) {
    const { id, scope, expires_at, description } = row;
    return { id, scope, expiresAt: expires_at?.toISOString() ?? null, description };
}
