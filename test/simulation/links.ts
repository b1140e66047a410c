import type { StationId } from '#core/replication/log.ts';
import type { ClaimAnswer } from '#core/replication/station.ts';
import type { PushAnswer } from './head-office.ts';
import type { Scene } from './scene.ts';
import type { SimulatedStation } from './simulated-station.ts';
import type { SimulatedMessage } from './surroundings.ts';

const DAY_MS = 86_400_000;
/** A certificate is believed this long before it was issued: clocks differ (as `src-main/link/certificates.ts`). */
const CLOCK_SLACK_MS = DAY_MS;

/** Ways between the PCs of a branch and to head office, and what goes wrong on them. */
export class Links {
  /** "from>to" by name: nothing passes in this direction. */
  readonly blocked = new Set<string>();
  headOfficeUp = true;
  readonly #scene: Scene;
  /** When each certificate was issued, by the wall clock of who issued it. */
  readonly #issuedMs = new Map<string, number>();
  /** The last message sent each way, and the last one that came. */
  readonly #sent = new Map<string, number>();
  readonly #came = new Map<string, number>();
  #messages = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  issue(serial: string, wallMs: number): void {
    this.#issuedMs.set(serial, wallMs);
  }

  cutOff(id: StationId, isOff: boolean): void {
    for (const other of [...new Set(this.#scene.pcs.map(pc => pc.id)), 'head-office'])
      for (const way of [`${id}>${other}`, `${other}>${id}`])
        if (isOff) this.blocked.add(way);
        else this.blocked.delete(way);
  }

  /** Clocks are right again: who had a certificate of a wrong one gets another. */
  renewAll(): void {
    const { nowMs } = this.#scene.timeline;
    for (const [serial, issuedMs] of this.#issuedMs) this.#issuedMs.set(serial, Math.min(issuedMs, nowMs));
  }

  send(from: SimulatedStation, to: StationId | 'everybody', message: SimulatedMessage): void {
    const { random, cruelty, pcs } = this.#scene;
    const names = to === 'everybody' ? new Set(pcs.map(({ id }) => id)) : [to];
    for (const name of names) {
      if (name === from.id) continue;
      const reached = pcs.filter(
        pc => pc.id === name && this.#believes(from, pc) && this.#believes(pc, from),
      );
      // Two PCs of one name push each other off: the one or the other is linked.
      const pc = reached.length > 1 ? random.pick(reached) : reached[0];
      if (pc === undefined) continue;
      this.#carry(from, pc, message);
      if (!this.#scene.healed && random.chance(cruelty.lossy / 3)) {
        this.#scene.count('message doubled');
        this.#carry(from, pc, message);
      }
    }
  }

  /** As each side judges the other's certificate when they link, and again whenever its own knowledge changes. */
  #believes(pc: SimulatedStation, other: SimulatedStation): boolean {
    const { scene } = { scene: this.#scene };
    if (pc.clock.wallMs() < (this.#issuedMs.get(other.serial) ?? 0) - CLOCK_SLACK_MS) {
      scene.count('certificate out of date by a wrong clock');
      return false;
    }
    if (!pc.revoked.has(other.serial) || scene.bug === 'old-certificate') return true;
    scene.count('removed PC refused');
    return false;
  }

  #carry(from: SimulatedStation, to: SimulatedStation, message: SimulatedMessage): void {
    const { random, cruelty, healed, timeline } = this.#scene;
    const scene = this.#scene;
    const way = `${from.id}>${to.id}`;
    if (Math.min(from.protocol, to.protocol) < 2) {
      scene.count('older protocol spoken');
      if (message.kind === 'late' && (message as { readonly more?: true }).more) {
        // Without the word that there is more, the part would be taken for all: it waits for the update.
        scene.count('message the older protocol lacks');
        return;
      }
    }
    if (!healed && this.blocked.has(way)) return void scene.count('message on a blocked way');
    if (!healed && random.chance(cruelty.lossy)) return void scene.count('message lost');
    const late = !healed && cruelty.slow && random.chance(0.1);
    if (late) scene.count('message delayed');
    if (from.isRemoved && !to.isRemoved) scene.count('removed PC still believed');
    const delayMs = late ? random.between(100, 8_000) : random.between(1, 40);
    const number = ++this.#messages;
    const { starts } = to;
    const revoked = [...from.revoked];
    this.#sent.set(way, number);
    timeline.after(delayMs, () =>
      this.arrive(to, () => {
        if ((this.#came.get(way) ?? 0) > number) scene.count('message overtaken');
        else this.#came.set(way, number);
        // A link ends with the program at its end; and its sender may have been found out on the way.
        if (to.starts !== starts || !this.#believes(to, from)) return;
        // The list goes first on every link, and again when it grows: nothing overtakes it.
        for (const serial of revoked) to.revoked.add(serial);
        to.receive(from.id, message);
      }),
    );
  }

  /** A PC that sleeps gets what was under way when it wakes, unless it slept so long that its links were cut. */
  arrive(to: SimulatedStation, act: () => void): void {
    const { timeline, random } = this.#scene;
    if (!to.clock.isAsleep()) return void to.run(act);
    const leftMs = to.clock.asleepUntilMs - timeline.nowMs;
    if (leftMs > 60_000 && random.chance(0.8)) return;
    timeline.after(leftMs, () => this.arrive(to, act));
  }

  askHeadOffice(from: SimulatedStation, ask: () => ClaimAnswer): void {
    this.#call(from, ask, answer =>
      from.give({ kind: 'claimed', answer: answer ?? { kind: 'unreachable' } }),
    );
  }

  upload(from: SimulatedStation, push: () => PushAnswer | null): void {
    this.#call(from, push, answer => from.uploaded(answer));
  }

  /** A call of head office: it may not arrive, its answer may not come back, and both may be slow. */
  #call<T>(from: SimulatedStation, ask: () => T | null, tell: (answer: T | null) => void): void {
    const { random, timeline, cruelty } = this.#scene;
    const scene = this.#scene;
    if (from.isRemoved) scene.count('removed PC asks head office');
    const delay = () => {
      if (scene.healed || !cruelty.slow) return random.between(5, 100);
      scene.count('head office slow');
      return random.between(5, 5_000);
    };
    timeline.after(delay(), () => {
      const arrived = scene.healed || (this.headOfficeUp && !this.blocked.has(`${from.id}>head-office`));
      if (!arrived) scene.count('head office out of reach');
      const answer = arrived ? ask() : null;
      const lost = arrived && !scene.healed && random.chance(cruelty.lossy);
      if (lost) scene.count('head office answer lost');
      timeline.after(delay(), () => this.arrive(from, () => tell(lost ? null : answer)));
    });
  }
}
