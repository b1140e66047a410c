/** How fast one key may go: `capacity` at once, then `perSecond`. */
export interface BucketRate {
  readonly capacity: number;
  readonly perSecond: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Keys remembered at once; the oldest are forgotten first, which only ever lets them go on. */
const MAX_KEYS = 100_000;

/** Counts what each key does against a rate. Times are milliseconds of any one steady clock. */
export class TokenBuckets {
  readonly #rate: BucketRate;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: BucketRate) {
    this.#rate = rate;
  }

  /** How long `key` has to wait before its next go; 0 when it may go now. Takes nothing. */
  waitMs(key: string, nowMs: number): number {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return 0;
    const missing = 1 - this.#filled(bucket, nowMs);
    return missing <= 0 ? 0 : Math.ceil((missing * 1000) / this.#rate.perSecond);
  }

  /** Counts one go of `key`. */
  take(key: string, nowMs: number): void {
    const bucket = this.#buckets.get(key);
    const tokens = bucket === undefined ? this.#rate.capacity : this.#filled(bucket, nowMs);
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: Math.max(0, tokens - 1), filledAt: nowMs });
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= MAX_KEYS) break;
      this.#buckets.delete(oldest);
    }
  }

  #filled({ tokens, filledAt }: Bucket, nowMs: number): number {
    const grown = tokens + (Math.max(0, nowMs - filledAt) * this.#rate.perSecond) / 1000;
    return Math.min(this.#rate.capacity, grown);
  }
}
