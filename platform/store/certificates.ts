import type { CertificateRow, Database } from "./database";

export async function findCertificate(
    database: Database,
    accountId: number,
    hostname: string,
): Promise<CertificateRow | undefined> {
    return database
        .selectFrom("certificates")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("hostname", "=", hostname)
        .executeTakeFirst();
}

/** Gives a hostname a certificate, in place of any it has. */
export async function replaceCertificate(database: Database, certificate: CertificateRow): Promise<void> {
    const { hostname, ...rest } = certificate;
    await database
        .insertInto("certificates")
        .values(certificate)
        .onConflict((conflict) => conflict.column("hostname").doUpdateSet(rest))
        .execute();
}
