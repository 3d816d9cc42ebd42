/** One `-----BEGIN X-----` block. */
export interface PemBlock {
    /** Such as `CERTIFICATE`. */
    label: string;
    /** In normal spelling: lines of 64 characters, a line break at the end. */
    text: string;
    /** The line where it begins, from 1. */
    line: number;
    isEncrypted: boolean;
}

const boundary = /^-----(BEGIN|END) ([A-Z0-9 ]+)-----\s*$/;
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

function spell(label: string, data: string): string {
    return `-----BEGIN ${label}-----\n${(data.match(/.{1,64}/g) ?? []).join("\n")}\n-----END ${label}-----\n`;
}

/**
 * Reads every block of a PEM text, and reports those that it cannot read. Skips text between blocks, as openssl writes
 * it.
 */
export function readPem(text: string): { blocks: PemBlock[]; reasons: string[] } {
    const blocks: PemBlock[] = [];
    const reasons: string[] = [];
    if (text.includes("\\n-----") || text.includes("-----\\n")) {
        return { blocks, reasons: ["has \\n as two characters instead of line breaks; send the file as it is"] };
    }
    let open: { label: string; line: number; body: string[] } | undefined;
    const abandon = () => {
        if (open !== undefined)
            reasons.push(
                `line ${open.line} begins a ${open.label} that never ends; copy the whole block, with its END line`,
            );
        open = undefined;
    };
    const lines = text.replaceAll(/-----(?=-----BEGIN )/g, "-----\n"); // joined files without a line break at the end
    for (const [index, raw] of lines.split(/\r\n|\n|\r/).entries()) {
        const line = raw.trim();
        const [, edge, label = ""] = boundary.exec(line) ?? [];
        if (edge === "BEGIN") {
            abandon();
            open = { label, line: index + 1, body: [] };
        } else if (edge === "END" && open?.label === label) {
            const headers = open.body.filter((each) => each.includes(":"));
            const data = open.body.filter((each) => !each.includes(":")).join("");
            if (data === "" || data.length % 4 !== 0 || !base64.test(data)) {
                reasons.push(
                    `the ${label} of line ${open.line} is damaged: it is not base64; copy the block again, without changing its lines`,
                );
            } else {
                const isEncrypted =
                    label === "ENCRYPTED PRIVATE KEY" || headers.some((each) => each.includes("ENCRYPTED"));
                blocks.push({ label, text: spell(label, data), line: open.line, isEncrypted });
            }
            open = undefined;
        } else if (edge === "END") {
            if (open === undefined)
                reasons.push(`line ${index + 1} ends a ${label} that has no BEGIN line; copy the whole block`);
            else abandon();
        } else open?.body.push(line);
    }
    abandon();
    return { blocks, reasons };
}
