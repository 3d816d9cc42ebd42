const mebibyte = 1024 * 1024;

/** A size the way a person says it. */
export function formatSize(bytes: number): string {
    return bytes >= mebibyte ? `${Math.floor(bytes / mebibyte)} MiB` : `${bytes} bytes`;
}
