import { type Context } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { closedLoop, interleaved } from '../harness/rounds.ts';
import { type Row } from '../harness/row.ts';
import { openFloors } from '../micro/floors.ts';

/** The p50 of each kind of hop alone, there and back in a tight loop, which is the fastest that it can be. */
export const hopParts = async (
  { natsUrl, databaseUrl }: { readonly natsUrl: string; readonly databaseUrl: string },
  { rounds, roundMs }: Pick<Context, 'rounds' | 'roundMs'>,
): Promise<NonNullable<Row['parts']>> => {
  const floors = await openFloors(natsUrl, databaseUrl);
  const alone = Object.entries(floors.tasks).map(([name, task]) => [
    `${name} alone p50`,
    async () => figuresOf((await closedLoop(1, roundMs / 4, task)).latenciesUs).median,
  ]);
  const turns = await interleaved(Object.fromEntries(alone) as Record<string, () => Promise<number>>, rounds);
  await floors.close();
  return Object.fromEntries(
    Object.entries(turns).map(([name, p50s]) => [name, { figures: figuresOf(p50s), unit: 'us' }]),
  );
};
