/** So many at once, the rest in turn; no one key may hold more than its share, so that a slow one delays its own only. */
export interface Admission {
  /** Runs `begin` when there is room, never before `enter` returns. The returned function gives the place or the wait up. */
  readonly enter: (key: string, begin: () => void) => () => void;
}

export interface AdmissionOptions {
  readonly limit: number;
  readonly limitPerKey: number;
  readonly onChange?: ((underWay: number, waiting: number) => void) | undefined;
}

export const createAdmission = ({ limit, limitPerKey, onChange }: AdmissionOptions): Admission => {
  const waiting = new Map<string, Set<() => void>>();
  const underWay = new Map<string, number>();
  let all = 0;
  let queued = 0;

  const tell = (): void => onChange?.(all, queued);
  const hasRoom = (key: string): boolean => all < limit && (underWay.get(key) ?? 0) < limitPerKey;

  const take = (key: string, by: 1 | -1): void => {
    all += by;
    const now = (underWay.get(key) ?? 0) + by;
    if (now === 0) underWay.delete(key);
    else underWay.set(key, now);
  };

  const unqueue = (key: string, admit: () => void): void => {
    const queue = waiting.get(key);
    if (queue?.delete(admit) !== true) return;
    queued -= 1;
    // Whoever has had a turn comes last.
    waiting.delete(key);
    if (queue.size > 0) waiting.set(key, queue);
  };

  const next = (): (() => void) | null => {
    for (const [key, queue] of waiting) {
      const [admit] = queue;
      if (admit !== undefined && hasRoom(key)) return admit;
    }
    return null;
  };

  const enter: Admission['enter'] = (key, begin) => {
    let place = 'waits' as 'waits' | 'has' | 'left';
    const admit = (): void => {
      unqueue(key, admit);
      place = 'has';
      take(key, 1);
      tell();
      queueMicrotask(() => place === 'has' && begin());
    };
    const leave = (): void => {
      const before = place;
      place = 'left';
      if (before === 'left') return;
      if (before === 'waits') unqueue(key, admit);
      else take(key, -1);
      tell();
      if (before === 'has') next()?.();
    };
    if (hasRoom(key)) admit();
    else {
      const queue = waiting.get(key) ?? new Set();
      waiting.set(key, queue.add(admit));
      queued += 1;
      tell();
    }
    return leave;
  };

  return { enter };
};
