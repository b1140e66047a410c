/** Job ids remembered so that none is sent twice: several days' tickets. */
const REMEMBERED_JOBS = 20_000;

/** The ids of the jobs given to one printer; the oldest are forgotten first. */
export class KnownJobs {
  readonly #ids = new Set<string>();

  /** @returns false when it was given before */
  add(jobId: string): boolean {
    if (this.#ids.has(jobId)) return false;
    this.#ids.add(jobId);
    if (this.#ids.size > REMEMBERED_JOBS) {
      const [oldest] = this.#ids;
      if (oldest !== undefined) this.#ids.delete(oldest);
    }
    return true;
  }
}
