/** A time for a person, such as `50 minutes`. */
export function durationOf(seconds: number): string {
    if (seconds >= 7200) return `${Math.round(seconds / 3600)} hours`;
    if (seconds >= 120) return `${Math.round(seconds / 60)} minutes`;
    return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
