import assert from "node:assert/strict";
import { findCertificate, replaceCertificate } from "../../../platform/store/certificates";
import type { CertificateRow } from "../../../platform/store/database";
import { isReferred } from "../../../platform/store/database-failure";
import { deleteDomains } from "../../../platform/store/domains";
import { onEveryStore } from "../../support/stores";
import { makeDomain } from "./rows";

onEveryStore("certificates", (store) => {
    it("are one for a hostname, replaced as a whole, and seen by their account only", async () => {
        const { database } = store();
        const { account, hostname, certificate } = await makeDomain(store());
        const stranger = await makeDomain(store());
        await replaceCertificate(database, certificate);
        assert.deepEqual(await findCertificate(database, account.id, hostname), certificate);
        const next: CertificateRow = {
            ...certificate,
            type: "letsencrypt",
            chain: "other",
            private_key: Buffer.from([7]),
            renew_from: new Date(0),
        };
        await replaceCertificate(database, next);
        assert.deepEqual(await findCertificate(database, account.id, hostname), next);
        assert.equal(await findCertificate(database, stranger.account.id, hostname), undefined);
    });

    it("go with their domain, and cannot be without one", async () => {
        const { database } = store();
        const { account, hostname, certificate } = await makeDomain(store());
        await replaceCertificate(database, certificate);
        await deleteDomains(database, account.id, { hostname });
        assert.equal(await findCertificate(database, account.id, hostname), undefined);
        await assert.rejects(replaceCertificate(database, certificate), (error) => isReferred(error));
    });
});
