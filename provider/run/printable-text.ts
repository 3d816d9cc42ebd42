/** Makes a text by others safe for a terminal: control characters are written as `^[` and `^M`. */
export function printable(text: string): string {
    return text
        .replaceAll(
            /[\u0000-\u0008\u000b-\u001f\u007f]/g,
            (control) => `^${String.fromCharCode(control.charCodeAt(0) ^ 64)}`,
        )
        .replaceAll(/[\u0080-\u009f\u202a-\u202e\u2066-\u2069]/g, "?");
}

/** The same on one line. */
export function printableLine(text: string): string {
    return printable(text.replaceAll(/\s+/g, " "));
}
