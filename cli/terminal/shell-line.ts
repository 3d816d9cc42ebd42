const plainWord = /^[\w@%+=:,./-]+$/;

/**
 * Words as a line for a POSIX shell, to be copied.
 *
 * @example sayShellLine(["waves", "--stack", "my stack"]) === "waves --stack 'my stack'"
 */
export function sayShellLine(words: readonly string[]): string {
    return words.map((word) => (plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
