/** Tells the console that something about a branch changed. Never says what: the console asks again. */
export interface BranchNews {
  tell(branch: string): void;
  /** @returns how to stop listening */
  listen(listener: (branch: string) => void): () => void;
}

/** News within this process. */
export function createBranchNews(): BranchNews {
  const listeners = new Set<(branch: string) => void>();
  return {
    tell(branch) {
      for (const listener of listeners) listener(branch);
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
