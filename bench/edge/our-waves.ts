import { setTimeout as delay } from 'node:timers/promises';
import { type Bus, subjects } from '@cordboard/bus';
import { type StackApp } from '@cordboard/testing';
import { metricsOf } from '../app-process.ts';
import { timed } from '../harness/figures.ts';
import { openBrowsers } from '../resume/browsers.ts';
import { missedFrame, type MissedLog } from '../resume/missed-log.ts';
import { edgeUrlOf } from './edge-process.ts';
import { type PlayedOwners, TENANT } from './played-owners.ts';

/** Browsers that were away from our edge. */
export interface OurWorld {
  readonly bus: Bus;
  readonly owners: PlayedOwners;
  readonly log: MissedLog;
}

const STILL_MS = 150;

/** All come back to the edge at once; the events a second that they get. */
export const comeBack = async (edge: StackApp, { owners, log }: OurWorld): Promise<number> => {
  owners.say(log.last);
  const browsers = await openBrowsers(edgeUrlOf(edge), log);
  const tookUs = await timed(browsers.catchUp);
  await browsers.close();
  return (log.sessions.length * (log.last - log.cursor) * 1_000_000) / tookUs;
};

/** Settles when the edge has taken in all that it hears. */
const still = async (edge: StackApp): Promise<void> => {
  for (let before = -1; ; await delay(STILL_MS)) {
    const metric = await metricsOf(edge);
    const bytes = metric('edge_ring_bytes');
    if (bytes === before) return;
    before = bytes;
  }
};

const tell = async (bus: Bus, { sessions, cursor, last }: MissedLog): Promise<void> => {
  for (const session of sessions) {
    const subject = subjects.event(TENANT, { session }, 'interaction.preview');
    for (let sequence = cursor + 1; sequence <= last; sequence += 1)
      bus.publish(subject, missedFrame(session, sequence));
    await bus.flush();
  }
};

/** Browsers leave, the edge hears what they miss, and they come back: each wave goes on where the last one ended. */
export const ringWaves = (edge: StackApp, world: OurWorld) => {
  const { sessions, last, cursor: first } = world.log;
  const missed = last - first;
  let cursor = first;
  return {
    /** All bind for the first time, and leave. */
    begin: async (): Promise<void> => {
      await comeBack(edge, { ...world, log: { sessions, cursor, last: cursor } });
    },
    wave: async (): Promise<number> => {
      const log = { sessions, cursor, last: cursor + missed };
      await tell(world.bus, log);
      await still(edge);
      cursor = log.last;
      return comeBack(edge, { ...world, log });
    },
    /** How many of those who came back were served from the ring. */
    served: async (): Promise<number> => {
      const metric = await metricsOf(edge);
      return metric('edge_resumes_total', 'from="ring"');
    },
  };
};
