import { z } from "zod";
import { confirmTotp, startTotp } from "../service/two-factor";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";
import { userAnswer, userToWire } from "./users";

const totpAnswer = named(
    "Totp",
    z.strictObject({ base32text: z.string(), svg: z.string(), url: z.string(), png_data_uri: z.string() }),
);

// both are exempt so that a user whose account begins to require a second factor can set one up; a factor in use guards
// itself
export const twoFactorRoutes = [
    defineRoute({
        operation: "currentUserTotpPost",
        method: "POST",
        path: "/user/totp",
        summary: "A new secret for an authenticator app; it counts once it is confirmed",
        access: "verified",
        twoFactorExempt: true,
        failures: ["second-factor"],
        answer: totpAnswer,
        handle: async ({ context, caller }) => {
            const { base32, url, svg, pngDataUri } = await startTotp(context, caller);
            return { base32text: base32, svg, url, png_data_uri: pngDataUri };
        },
    }),
    defineRoute({
        operation: "totpConfirm",
        method: "POST",
        path: "/user/totp/confirm",
        summary: "Put the secret that was shown last into use, by a code that the app makes from it",
        access: "verified",
        twoFactorExempt: true,
        body: z.object({ code: z.string("must be the code that the app shows").max(20) }),
        failures: ["second-factor", "password-needed"],
        extension: "totp.confirm",
        answer: userAnswer,
        handle: async ({ context, caller, body }) => userToWire(await confirmTotp(context, caller, body.code)),
    }),
];
