/** One line of the result: ours beside its floor of the same run. */
export interface Figure {
    name: string;
    ours: number;
    floor: number;
    unit: string;
    /** What the design asks of `ours / floor`. */
    target?: { most?: number; least?: number };
}

export function median(values: readonly number[]): number {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
    const begun = process.hrtime.bigint();
    await work();
    return Number(process.hrtime.bigint() - begun) / 1e6;
}

const round = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

export function printFigure({ name, ours, floor, unit, target }: Figure): void {
    const ratio = ours / floor;
    const isMet =
        target === undefined || (ratio <= (target.most ?? Number.POSITIVE_INFINITY) && ratio >= (target.least ?? 0));
    const wanted =
        target === undefined
            ? ""
            : `target ${target.most !== undefined ? `<= ${target.most}` : `>= ${target.least}`} ${isMet ? "met" : "MISSED"}`;
    console.log(
        `${name.padEnd(44)} ${round(ours).padStart(8)} ${unit.padEnd(6)} floor ${round(floor).padStart(8)}   ratio ${ratio.toFixed(2)}   ${wanted}`,
    );
}

/** A figure that is counted and not timed. */
export function printCount(name: string, count: number, unit: string, most?: number): void {
    console.log(
        `${name.padEnd(44)} ${round(count).padStart(8)} ${unit.padEnd(6)} ${most === undefined ? "" : `target <= ${round(most)} ${count <= most ? "met" : "MISSED"}`}`,
    );
}
