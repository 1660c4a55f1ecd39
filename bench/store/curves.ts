import { type Context } from '../harness/context.ts';
import { type Curve, type Disk } from '../harness/row.ts';
import { openCopy } from './contestants/copy.ts';
import { type Contestant } from './contestants/contestant.ts';
import { openEngine } from './contestants/engine.ts';
import { openOneRow } from './contestants/one-row.ts';
import { type Stage } from './stage.ts';
import { CONNECTIONS, rowsABatch } from './throughput.ts';
import { lasting, oneTurn, type Turn, type TurnOptions } from './turns.ts';

type Point = readonly [sessions: number, eventsPerSecond: number];

/** A short turn to warm up and half a one that counts: for the eye, the table has rounds. */
const pointTurn = async (name: string, contestant: Contestant, options: TurnOptions): Promise<Turn> => {
  await oneTurn(name, contestant, lasting(0.1, options));
  return oneTurn(name, contestant, lasting(0.5, options));
};

/** Events a second over how many sessions append at once. */
export const throughputCurve = async (disk: Disk, stage: Stage, context: Context): Promise<Curve> => {
  const url = stage.log.applicationUrl;
  const engine = await openEngine(url);
  const oneRow = await openOneRow(url, CONNECTIONS);
  const series: Record<'engine' | 'COPY' | 'one row per commit, 16 connections', Point[]> = {
    engine: [],
    COPY: [],
    'one row per commit, 16 connections': [],
  };
  for (const sessions of context.sessions) {
    context.progress(`${disk}: ${sessions} sessions`);
    const options = { context, call: stage.call, sessions };
    const engineTurn = await pointTurn('engine', engine, options);
    const copy = await openCopy(url, await rowsABatch(url, engineTurn));
    const copyTurn = await pointTurn('COPY', copy, options);
    await copy.close();
    const oneRowTurn = await pointTurn('one row per commit', oneRow, options);
    series.engine.push([sessions, engineTurn.eventsPerSecond]);
    series.COPY.push([sessions, copyTurn.eventsPerSecond]);
    series['one row per commit, 16 connections'].push([sessions, oneRowTurn.eventsPerSecond]);
  }
  await Promise.all([engine.close(), oneRow.close()]);
  return {
    plot: `append-${disk.replace(/\W+/g, '-').replace(/^-/, '')}`,
    title: `Events stored a second, disk ${disk}`,
    x: 'sessions that append at once',
    y: 'events a second',
    series,
    logX: true,
  };
};
