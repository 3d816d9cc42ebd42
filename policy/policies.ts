import type { SectionPolicy } from "./rule";
import { certificateExpiry } from "./rules/certificate-expiry";
import { naming } from "./rules/naming";
import { noLatestImage } from "./rules/no-latest-image";
import { originNotEdge } from "./rules/origin-not-edge";
import { personalMail } from "./rules/personal-mail";
import { productionProtected } from "./rules/production-protected";
import { stagingExists } from "./rules/staging-exists";
import { twoAdmins } from "./rules/two-admins";

/**
 * Every rule of the ready pack, for use in your own pack.
 *
 * @example
 * new PolicyPack("agency", { policies: [...sectionPolicies, ownRule] });
 */
export const sectionPolicies: SectionPolicy[] = [
    productionProtected,
    twoAdmins,
    noLatestImage,
    originNotEdge,
    certificateExpiry,
    naming,
    personalMail,
    stagingExists,
];
