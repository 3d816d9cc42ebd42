/** A time for a person, such as `50 minutes`. It is never shorter than the real one. */
export function durationOf(seconds: number): string {
    if (seconds >= 7200) return `${Math.ceil(seconds / 3600)} hours`;
    if (seconds >= 120) return `${Math.ceil(seconds / 60)} minutes`;
    return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
