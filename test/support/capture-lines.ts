/** The lines that work writes to the output of this process, as a provider writes them for people. */
export async function captureLines(work: () => Promise<unknown>): Promise<string[]> {
    const { write } = process.stdout;
    let text = "";
    process.stdout.write = (chunk: string | Uint8Array) => {
        text += String(chunk);
        return true;
    };
    try {
        await work();
    } finally {
        process.stdout.write = write;
    }
    return text.trimEnd().split("\n");
}
