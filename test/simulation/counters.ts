import type { Links } from './links.ts';
import type { Scene } from './scene.ts';
import type { SimulatedStation } from './simulated-station.ts';
import type { Order } from './surroundings.ts';

export interface Answer {
  readonly kind: 'issue' | 'call';
  readonly number: number;
  readonly counter: string;
  /** Who gave it. */
  readonly by: SimulatedStation;
}

const COUNTERS = ['counter-1', 'counter-2', 'counter-3', 'kiosk'] as const;

/** Counters and the kiosk: one command at a time each, asked for again until it is answered. */
export class Counters {
  readonly orders = new Map<string, Order>();
  readonly answers = new Map<string, Answer>();
  /** Commands nobody has answered or refused yet. */
  readonly open = new Set<string>();
  readonly #scene: Scene;
  readonly #links: Links;
  readonly #endMs: number;
  /** A long schedule has no more customers than a short one. */
  readonly #pace: number;

  constructor(scene: Scene, links: Links, endMs: number, pace: number) {
    this.#scene = scene;
    this.#links = links;
    this.#endMs = endMs;
    this.#pace = pace;
  }

  start(): void {
    for (const counter of COUNTERS) this.#workLater(counter);
  }

  answered(commandId: string, number: number, by: SimulatedStation): void {
    const order = this.orders.get(commandId);
    if (order === undefined || this.answers.has(commandId)) return;
    this.open.delete(commandId);
    this.answers.set(commandId, { kind: order.kind, number, counter: order.counter, by });
  }

  #workLater(counter: string): void {
    const { random, timeline } = this.#scene;
    const pauseMs = random.between(300, 3_000) * this.#pace;
    timeline.after(pauseMs, () => {
      if (timeline.nowMs > this.#endMs) return;
      const kind = counter === 'kiosk' ? 'issue' : 'call';
      const order: Order = { commandId: `${kind}-${this.orders.size + 1}`, kind, counter };
      this.orders.set(order.commandId, order);
      this.open.add(order.commandId);
      this.#ask(order);
    });
  }

  #ask(order: Order): void {
    const { random, timeline } = this.#scene;
    if (!this.open.has(order.commandId)) return void this.#workLater(order.counter);
    const to = this.#askedPc();
    if (to !== undefined)
      timeline.after(random.between(1, 50), () =>
        this.#links.arrive(to, () => {
          // Nobody to call: that is an answer too.
          if (!to.order(order)) this.open.delete(order.commandId);
        }),
      );
    timeline.after(1_500, () => this.#ask(order));
  }

  /** A station asks whom it takes for the host; sometimes it is wrong, and sometimes it is a removed PC's. */
  #askedPc(): SimulatedStation | undefined {
    const { random } = this.#scene;
    const believed = this.#scene.believedHost();
    if (believed !== undefined && random.chance(0.8)) return believed;
    return random.pick(this.#scene.members());
  }
}
