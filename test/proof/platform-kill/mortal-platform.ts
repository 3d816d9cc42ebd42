import type { Choices } from "../../support/choices";
import { type FaultProxy, isMutating, startFaultProxy } from "../../support/fault-proxy";
import { type SpawnedPlatform, spawnPlatform } from "../../support/platform";

const longestDelayMs = 12;

/** A platform that is killed soon after a chosen write through its proxy, and begins again at the same address. */
export class MortalPlatform {
    killed = 0;
    /** What each new start took, in milliseconds. */
    readonly readyMs: number[] = [];
    #countdown = Number.POSITIVE_INFINITY;
    #restarting: Promise<void> = Promise.resolve();

    private constructor(
        private readonly data: string,
        private readonly choices: Choices,
        private platform: SpawnedPlatform,
        private readonly proxy: FaultProxy,
        readonly url: string,
    ) {}

    static async begin(data: string, choices: Choices): Promise<MortalPlatform> {
        const platform = await spawnPlatform(data);
        const proxy = await startFaultProxy(platform.url);
        const mortal = new MortalPlatform(data, choices, platform, proxy, platform.url);
        proxy.decide((request) => {
            if (isMutating(request)) mortal.#count();
            return "pass";
        });
        return mortal;
    }

    /** The address through which writes are counted. */
    get endpoint(): string {
        return this.proxy.url;
    }

    /** Has it killed at so many writes from now on. Infinity: not any more. */
    killAt(writes: number): void {
        this.#countdown = writes;
    }

    /** Resolves when it is there again, after the last kill. */
    get isBack(): Promise<void> {
        return this.#restarting;
    }

    async stop(): Promise<void> {
        await this.#restarting.catch(() => {});
        await this.proxy.close();
        await this.platform.stop();
    }

    #count(): void {
        this.#countdown -= 1;
        if (this.#countdown > 0) return;
        this.#countdown = Number.POSITIVE_INFINITY;
        this.#restarting = new Promise((resolve, reject) =>
            setTimeout(() => this.#kill().then(resolve, reject), this.choices.fraction() * longestDelayMs),
        );
    }

    async #kill(): Promise<void> {
        this.killed += 1;
        await this.platform.kill();
        const begun = Date.now();
        this.platform = await spawnPlatform(this.data, { port: Number(new URL(this.url).port) });
        this.readyMs.push(Date.now() - begun);
    }
}
