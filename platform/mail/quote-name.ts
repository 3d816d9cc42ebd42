const longest = 60;
const plainAddress = /^[\w.+-]{1,64}@[\w.-]{1,190}$/;

/**
 * Text of somebody's choice, such as the name of an organization, for a mail to somebody else: one short line in which
 * no mail program sees an address to click on, and in which nothing is hidden or turned around.
 */
export function quoteName(text: string): string {
    const line = text
        .normalize("NFC")
        .replaceAll(/[\s\p{Cc}]+/gu, " ")
        .replaceAll(/\p{C}/gu, "") // marks that turn the direction of text, and others that cannot be seen
        .replaceAll(/[a-z][a-z\d+.-]*:\/*(?=\S)/gi, (scheme) => (scheme.includes("/") ? "" : scheme))
        .replaceAll(/(?<=\S)[.\u3002\uff0e\uff61](?=[\p{L}\p{N}]{2})/gu, "·")
        .trim();
    const letters = [...line];
    return letters.length <= longest ? line : `${letters.slice(0, longest).join("").trimEnd()}…`;
}

/** An e-mail address of a user, as it is unless it looks like something else. */
export function quoteAddress(email: string): string {
    return plainAddress.test(email) ? email : quoteName(email);
}
