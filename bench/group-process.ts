import { GROUPS } from './groups.ts';
import { type Order, type Report } from './harness/order.ts';
import { openPostgres } from './harness/postgres.ts';

// One group in a process of its own: it begins with an empty heap, and can be ended without hurting others.

const tell = (report: Report): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(report, () => resolve());
  });

const follow = async ({ group: name, settings, place, runFolder }: Order): Promise<void> => {
  const group = GROUPS.find((one) => one.name === name);
  const postgres = openPostgres(place, runFolder);
  try {
    const found = await group?.run({
      ...settings,
      postgres,
      collect: () => globalThis.gc?.(),
      progress: (text) => void tell({ kind: 'progress', text }),
      give: (some) => void tell({ kind: 'found', found: some }),
    });
    await tell({ kind: 'found', found: found ?? { rows: [] } });
  } catch (error) {
    const stack = error instanceof Error ? error.stack : undefined;
    console.error(stack ?? error);
    await tell({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
  }
  await postgres.close();
};

// What a group left open must not keep its process.
process.once('message', (order: Order) => void follow(order).finally(() => process.exit()));
