import { quoteAddress, quoteName } from "./quote-name";

/** What a user is told about the ways to sign in as them, so that they find out if it was not them. */
export type Notice =
    | { kind: "authenticator-set"; replaces: boolean }
    | { kind: "two-factor-changed"; isOn: boolean }
    | { kind: "two-factor-reset" }
    | { kind: "email-change-begun"; to: string }
    | { kind: "password-set" }
    | { kind: "token-made"; description: string; scope: string; expiresAt: string | null };

const ifNotYou = "If this was not you, revoke your API tokens and tell the operator of the platform.";

/** The words of a notice. Everything that somebody chose is quoted. */
export function writeNotice(notice: Notice, platform: string): { subject: string; lines: string[] } {
    const write = (subject: string, ...lines: string[]) => ({ subject, lines: [...lines, ifNotYou] });
    switch (notice.kind) {
        case "authenticator-set":
            return write(
                notice.replaces ? "Your authenticator app was replaced" : "Your user has an authenticator app",
                `Your user at ${platform} now has ${notice.replaces ? "another" : "an"} authenticator app: its codes count${notice.replaces ? ", and those of the one before do not" : ""}.`,
            );
        case "two-factor-changed":
            return write(
                `Two-factor authentication is ${notice.isOn ? "on" : "off"}`,
                `Your user at ${platform} now signs in with ${notice.isOn ? "the password and a code of the authenticator app" : "the password alone, except where an organization asks for a code"}.`,
            );
        case "two-factor-reset":
            return write(
                "Your authenticator app is not used any more",
                `The operator of ${platform} has removed the authenticator app from your user. People ask for that when they lose the app. To be asked for codes again, set up another one.`,
            );
        case "email-change-begun":
            return write(
                "Your e-mail address is to be changed",
                `Your user at ${platform} gets the e-mail address ${quoteAddress(notice.to)} instead of this one as soon as somebody who is signed in as you follows the link that was sent there.`,
            );
        case "password-set":
            return write("Your password has changed", `Your user at ${platform} now has another password.`);
        case "token-made": {
            const end = notice.expiresAt === null ? "It never ends" : `It ends at ${notice.expiresAt}`;
            const may = notice.scope === "read" ? "may only read" : "may change whatever you may";
            return write(
                "An API token was made",
                `Your user at ${platform} has another API token, "${quoteName(notice.description)}". ${end}, and it ${may}.`,
            );
        }
    }
}
