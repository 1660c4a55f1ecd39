import { type JsonObject } from '@cordboard/kernel';
import { type Desk, type Told } from '../room/desk.ts';
import { type BridgeRoom } from '../room/room.ts';
import { type Asked } from '../room/scripted-peer.ts';
import { createNames, type Names } from './names.ts';
import { asWePlay, type Row } from './row.ts';

/** One sequence under way: an agent, and how far each direction has been compared. */
export interface Play {
  readonly names: Names;
  readonly desk: Desk;
  /** Plays the rows: speaks for agent and switch side, compares what they hear, each direction in order. */
  readonly play: (rows: readonly Row[]) => Promise<void>;
  /** The oldest question of that name that was compared and not yet answered; it is the caller's to answer. */
  readonly question: (name: string) => Asked;
  /** Raises unless both sides have heard nothing beyond what was played. */
  readonly nothingElse: () => Promise<void>;
}

const briefly = ({ dir, kind, name, at, body }: Row): string =>
  `${dir} ${kind} ${name} at ${at} ${JSON.stringify(body)}`;

/** The agent or the session that a question is about. */
const concerns = ({ question: { header, body } }: Asked, agent: string, session: string | null): boolean => {
  const root = header.target.split('.')[0];
  if (!header.target.endsWith('.CONTROL')) return root === session;
  return body.id === agent || (body.agent as JsonObject | undefined)?.id === agent;
};

/** Speaks for one agent and the switch side in a room. */
export const createPlay = (room: BridgeRoom): Play => {
  const { switchSide, processor } = room;
  const desk = room.desk();
  const names = createNames(processor);
  names.learn('AGENT', desk.agent);
  const open: Asked[] = [];
  let toAgent = 0;
  let toSwitch = 0;
  let session: string | null = null;

  const nextTold = async (): Promise<Told> => desk.heard.at(toAgent++);
  const nextAsked = async (): Promise<Asked> => {
    for (;;) {
      const asked = await switchSide.asked.at(toSwitch++);
      if (concerns(asked, desk.agent, session)) return asked;
    }
  };

  const compare = (row: Row, name: string, target: string | null, body: JsonObject): void => {
    if (name !== row.name) throw new Error(`heard ${name} ${JSON.stringify(body)}`);
    const why = names.differs(body, row.body);
    if (why !== null) throw new Error(why);
    if (target !== null && target !== names.pathOf(row.at)) throw new Error(`it is at ${target}`);
  };

  const takeOpen = (name: string, at?: string): Asked => {
    const index = open.findIndex(
      ({ question: { header } }) => header.name === name && (at === undefined || header.target === at),
    );
    const [found] = index < 0 ? [] : open.splice(index, 1);
    if (found === undefined) throw new Error(`nobody asked for ${name}`);
    return found;
  };

  const answer = (row: Row): void => {
    const question = takeOpen(row.name, names.pathOf(row.at));
    if (row.refused !== undefined) return question.refuse(row.refused);
    question.answer(names.fill(row.body));
  };

  const step = async (row: Row): Promise<void> => {
    const { dir, kind, name, at, body } = row;
    if (dir === 'A>B') return void desk.send(name, at === '-' ? '' : names.pathOf(at), names.fill(body));
    if (dir === 'B>A') {
      const heard = await nextTold();
      if (heard.kind !== kind) throw new Error(`heard ${heard.kind} ${heard.name}`);
      compare(row, heard.name, at === '-' ? null : heard.target, heard.body);
      if (name === 'prepareSession' && body.result === 'success') session = names.idOf('S');
      return;
    }
    if (dir === 'C>B' && kind === 'response') return answer(row);
    if (dir === 'C>B') {
      const raise = row.noise === true ? switchSide.raiseUnheard : switchSide.raise;
      return void raise(name, names.pathOf(at), names.fill(body));
    }
    const asked = await nextAsked();
    const { header } = asked.question;
    if (header.type !== `cti.${kind}`) throw new Error(`heard ${header.type} ${header.name}`);
    compare(row, header.name, header.target, asked.question.body);
    open.push(asked);
  };

  const play: Play['play'] = async (rows) => {
    for (const [index, row] of asWePlay(rows).entries()) {
      await step(row).catch((error: unknown) => {
        throw new Error(`step ${index + 1}, ${briefly(row)}: ${String(error)}\n${soFar()}`);
      });
    }
  };

  const soFar = (): string =>
    [
      'to the agent:',
      ...desk.heard.items.map(
        ({ kind, name, body }, n) => `${n + 1} ${kind} ${name} ${JSON.stringify(body)}`,
      ),
      'to the switch:',
      ...switchSide.asked.items
        .filter((asked) => concerns(asked, desk.agent, session))
        .map(({ question }, n) => `${n + 1} ${question.header.name} ${JSON.stringify(question.body)}`),
    ]
      .map((line) => line.slice(0, 600))
      .join('\n');

  const nothingElse: Play['nothingElse'] = async () => {
    await room.eventsHeard();
    let nonsense: string | null = null;
    if (session !== null) {
      // What the owner does is done in order: after the refusal of a nonsense nothing from before is under way.
      const refusal = await desk.ask('conversation.request.hold', `${session}.x.x.x.x`);
      nonsense = refusal.requestId;
      if (refusal.body.result === 'success') throw new Error('a nonsense was not refused');
    }
    const heard = desk.heard.items.slice(toAgent).filter(({ requestId }) => requestId !== nonsense);
    const asked = switchSide.asked.items.slice(toSwitch).filter((one) => concerns(one, desk.agent, session));
    if (heard.length + asked.length > 0) {
      const more = [...heard.map(({ name }) => name), ...asked.map(({ question }) => question.header.name)];
      throw new Error(`also heard: ${more.join(', ')}\n${soFar()}`);
    }
    toAgent = desk.heard.items.length;
  };

  return { names, desk, play, question: (name) => takeOpen(name), nothingElse };
};
