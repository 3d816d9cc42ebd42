import { type Notice, writeNotice } from "./notice";

/** The mails that the platform writes to people. */
export type Letter =
    | Notice
    | { kind: "invitation"; organization: string; inviter: string; link: string }
    | { kind: "access"; organization: string; inviter: string }
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
const once = `The link works once, within ${linkHours} hours.`;

// a name of somebody's choice is one line, and not longer than a name
function quote(text: string): string {
    return text
        .replaceAll(/[\s\0-\x1f\x7f]+/g, " ")
        .trim()
        .slice(0, 100);
}

/** The words of a letter. Everything that somebody chose is quoted. */
export function writeLetter(letter: Letter, platform: string): LetterText {
    switch (letter.kind) {
        case "invitation":
            return {
                subject: `Invitation to ${quote(letter.organization)}`,
                lines: [
                    `${quote(letter.inviter)} has invited you to the organization "${quote(letter.organization)}" at ${platform}.`,
                    "Choose a password to get access:",
                    letter.link,
                    once,
                    ignore,
                ],
            };
        case "access":
            return {
                subject: `Access to ${quote(letter.organization)}`,
                lines: [
                    `${quote(letter.inviter)} has given you access to the organization "${quote(letter.organization)}" at ${platform}.`,
                    "Sign in as always.",
                ],
            };
        case "verification":
            return {
                subject: "Verify your e-mail address",
                lines: [
                    `This address was registered at ${platform}. Choose the password that will count, and you are in:`,
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
                    "Sign in with it. If the password is lost, ask whoever operates the platform for another.",
                    "If this was not you, do nothing: nothing has changed.",
                ],
            };
        case "email-change":
            return {
                subject: "Verify your new e-mail address",
                lines: [
                    `The user ${quote(letter.from)} at ${platform} wants to have this e-mail address instead. If that is you, sign in to say so:`,
                    letter.link,
                    once,
                    ignore,
                ],
            };
        case "email-changed":
            return {
                subject: "Your e-mail address has changed",
                lines: [
                    `Your user at ${platform} now has the e-mail address ${quote(letter.to)} instead of this one.`,
                    "If this was not you, tell whoever operates the platform.",
                ],
            };
        default:
            return writeNotice(letter, platform, quote);
    }
}
