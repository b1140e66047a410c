import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { PrinterCapabilities } from '#core/wire/device-settings.ts';
import type { PrintNews } from '#drivers/contract.ts';

/** Whoever listens to one printer. */
export class PrinterListeners {
  readonly #onHealth: ((health: DeviceHealth) => void)[] = [];
  readonly #onNews: ((news: PrintNews) => void)[] = [];
  readonly #onLearned: ((learned: Partial<PrinterCapabilities>) => void)[] = [];
  #health: DeviceHealth | null = null;

  onHealth(listener: (health: DeviceHealth) => void): void {
    this.#onHealth.push(listener);
  }

  onNews(listener: (news: PrintNews) => void): void {
    this.#onNews.push(listener);
  }

  onLearned(listener: (learned: Partial<PrinterCapabilities>) => void): void {
    this.#onLearned.push(listener);
  }

  /** Tells the health when it is another one than told last. */
  tellHealth(health: DeviceHealth): void {
    if (health.status === this.#health?.status && health.code === this.#health.code) return;
    this.#health = health;
    for (const listener of this.#onHealth) listener(health);
  }

  tellNews(news: PrintNews): void {
    for (const listener of this.#onNews) listener(news);
  }

  tellLearned(learned: Partial<PrinterCapabilities>): void {
    for (const listener of this.#onLearned) listener(learned);
  }
}
