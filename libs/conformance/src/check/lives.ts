import { brief, type Frame, objectOf, textOf } from '../wire/frame.ts';
import { Mismatch } from './mismatch.ts';

interface Life {
  readonly kind: string;
  readonly path: string;
  readonly parent: string;
  state: string | null;
  initialized: boolean;
  /** The channel's log-in as `channel.infochanged` last told it. */
  info: string | null;
}

/** The lives of the objects of one session; each event is held against them. */
export interface Lives {
  /** Raises a `Mismatch` when an event breaks the order of a life (agent protocol D6). */
  readonly take: (frame: Frame) => void;
}

const must = (holds: boolean, expected: string, frame: Frame): void => {
  if (!holds) throw new Mismatch(expected, brief(frame));
};

const idIn = (frame: Frame, kind: string): string => textOf(objectOf(objectOf(frame.data)[kind])['id']);

const checkState = (life: Life, frame: Frame): void => {
  const { state, previousState, objectType } = objectOf(frame.data);
  must(objectType === life.kind, `objectType ${life.kind}`, frame);
  const before = life.state;
  life.state = textOf(state);
  must(previousState === before, `previousState ${String(before)}`, frame);
  if (life.kind !== 'channel' || state === (before ?? 'INACTIVE')) return;
  must(life.info === state, 'channel.infochanged before the state.updated of a channel (D6-4, D6-19)', frame);
};

type Book = Map<string, Life>;

const under = (lives: Book, path: string): readonly Life[] =>
  [...lives.values()].filter(({ parent }) => parent === path);

const liveLegs = (lives: Book, path: string): number =>
  under(lives, path).filter(({ state }) => state !== 'RELEASED').length;

const initialize = (lives: Book, life: Life, frame: Frame): void => {
  must(!life.initialized, 'one initialized (D6-6)', frame);
  must(life.state !== null, 'a state before initialized', frame);
  const open = under(lives, life.path).filter((child) => !child.initialized);
  must(open.length === 0, `what is in the ${life.kind} initialized before it (D6-5)`, frame);
  life.initialized = true;
};

const happen = (lives: Book, life: Life, verb: string, frame: Frame): void => {
  switch (verb) {
    case 'disposed':
      must(
        under(lives, life.path).length === 0,
        `what is in the ${life.kind} disposed of before it (D6-5)`,
        frame,
      );
      lives.delete(life.path);
      return;
    case 'initialized':
      return initialize(lives, life, frame);
    case 'infochanged':
      life.info = textOf(objectOf(frame.data)['state']);
      return;
    case 'screenpop':
      return must(life.initialized, 'a screen pop after the announcement (D6-11)', frame);
    case 'ended':
      return must(
        liveLegs(lives, life.path) === 0,
        'interaction.ended when no conversation remains (D6-18)',
        frame,
      );
  }
};

/** `joined`: the stream is a resumed one, objects from before are not known. */
export const createLives = (joined: boolean): Lives => {
  const lives: Book = new Map();
  const used = new Set<string>();
  let initialized = false;

  const create = (frame: Frame, kind: string): void => {
    const parent = textOf(frame.target);
    const path = `${parent}.${idIn(frame, kind)}`;
    must(!used.has(path), 'an id that was not used before (D6-6)', frame);
    used.add(path);
    lives.set(path, { kind, path, parent, state: null, initialized: false, info: null });
    if (kind === 'conversation')
      must(liveLegs(lives, parent) <= 2, 'at most two conversations (D6-13)', frame);
  };

  const ofSession = (verb: string, frame: Frame): void => {
    if (verb !== 'initialized') return;
    must(!initialized, 'one session.initialized (D6-2)', frame);
    const open = [...lives.values()].filter((life) => !life.initialized);
    must(open.length === 0, 'everything announced before session.initialized (D6-2)', frame);
    initialized = true;
  };

  const take = (frame: Frame): void => {
    const [first = '', verb = ''] = textOf(frame.name).split('.');
    if (first === 'session') return ofSession(verb, frame);
    if (verb === 'created') return create(frame, first);
    const path = textOf(frame.target);
    const life = lives.get(path);
    if (life === undefined) {
      return must(
        joined && !used.has(path),
        'an object that was created and is not disposed of (D6-6)',
        frame,
      );
    }
    if (first === 'state') return checkState(life, frame);
    must(first === life.kind, `an event of a ${life.kind}`, frame);
    happen(lives, life, verb, frame);
  };

  return { take };
};
