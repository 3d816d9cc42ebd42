import { type Notice, writeNotice } from "./notice";
import { quoteAddress, quoteName } from "./quote-name";

/** Who gives access to what. */
export interface Inviting {
    organization: string;
    /** The name of a person, if they have one. */
    inviter?: string;
    inviterEmail: string;
}

/** The mails that the platform writes to people. */
export type Letter =
    | Notice
    | ({ kind: "invitation"; link: string; isUser: boolean } & Inviting)
    | ({ kind: "access" } & Inviting)
    | { kind: "verification"; link: string }
    | { kind: "registered" }
    | { kind: "email-change"; from: string; link: string }
    | { kind: "email-changed"; to: string };

export interface LetterText {
    subject: string;
    /** Lines without a greeting: names that strangers typed have no place in a mail to somebody else. */
    lines: string[];
}

/** Hours that a link in a letter counts. */
export const linkHours = 48;

const ignore = "If you do not expect this, do nothing: without the link nothing happens.";
const ignoreAsUser =
    "If you do not expect this, do nothing: nobody learns anything about you, and the invitation ends by itself.";
const once = `The link works once, within ${linkHours} hours.`;

function sayWho({ inviter, inviterEmail }: Inviting): string {
    const address = quoteAddress(inviterEmail);
    return inviter === undefined ? address : `${quoteName(inviter)} (${address})`;
}

/** The words of a letter. Everything that somebody chose is quoted. */
export function writeLetter(letter: Letter, platform: string): LetterText {
    switch (letter.kind) {
        case "invitation": {
            const organization = quoteName(letter.organization);
            return {
                subject: `Invitation to ${organization}`,
                lines: [
                    `${sayWho(letter)} has invited you to the organization "${organization}" at ${platform}.`,
                    letter.isUser
                        ? "Your user has access already. Its admins see your name and telephone number once you accept:"
                        : "Choose a password to get access:",
                    letter.link,
                    once,
                    letter.isUser ? ignoreAsUser : ignore,
                ],
            };
        }
        case "access": {
            const organization = quoteName(letter.organization);
            return {
                subject: `Access to ${organization}`,
                lines: [
                    `${sayWho(letter)} has given you access to the organization "${organization}" at ${platform}.`,
                    "Sign in as always.",
                ],
            };
        }
        case "verification":
            return {
                subject: "Verify your e-mail address",
                lines: [
                    `This address was registered at ${platform}. Choose a password to complete the registration:`,
                    letter.link,
                    once,
                    ignore,
                ],
            };
        case "registered":
            return {
                subject: "You are registered already",
                lines: [
                    `This address was to be used for a user at ${platform}, and it has one already.`,
                    "Sign in with it. If the password is lost, ask the operator of the platform for another.",
                    "If this was not you, do nothing: nothing has changed.",
                ],
            };
        case "email-change":
            return {
                subject: "Verify your new e-mail address",
                lines: [
                    `The user ${quoteAddress(letter.from)} at ${platform} wants to have this e-mail address instead. If that is you, sign in to say so:`,
                    letter.link,
                    once,
                    ignore,
                ],
            };
        case "email-changed":
            return {
                subject: "Your e-mail address has changed",
                lines: [
                    `Your user at ${platform} now has the e-mail address ${quoteAddress(letter.to)} instead of this one.`,
                    "If this was not you, tell the operator of the platform.",
                ],
            };
        default:
            return writeNotice(letter, platform);
    }
}
