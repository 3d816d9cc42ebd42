import { randomInt } from "node:crypto";

/**
 * The id that one request has in its answer's `Aperture-Tx-Id`, in the logs and in support mail: 12 digits, a dot, 6
 * digits.
 */
export function makeTransactionId(now = new Date()): string {
    const second = now.toISOString().replaceAll(/\D/g, "").slice(2, 14);
    return `${second}.${String(randomInt(1_000_000)).padStart(6, "0")}`;
}
