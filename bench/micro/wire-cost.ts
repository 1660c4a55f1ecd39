import { parseRequest } from '@cordboard/agent-protocol';
import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { commandFromWire } from '@cordboard/translation';
import { type Figures, figuresOf, microseconds } from '../harness/figures.ts';

const IDS: Readonly<Record<string, string>> = {
  S: '0197a3f0-0000-7000-8000-000000000000',
  G: '0197a3f0-0000-7000-8000-000000000001',
  C: '0197a3f0-0000-7000-8000-000000000002',
  I: '0197a3f0-0000-7000-8000-000000000003',
  V: '0197a3f0-0000-7000-8000-000000000004',
};

/** One command of the catalogue as a browser sends it: the longest of its targets, every field filled in. */
interface Frame {
  readonly command: string;
  readonly text: string;
}

const framesOfCatalogue = (): readonly Frame[] =>
  CATALOGUE.commands.map(({ name, targets, example }) => {
    const ids = (targets.at(-1) ?? 'S').split('.');
    const target = ids.map((id) => IDS[id] ?? id).join('.');
    const request = { command: name, requestId: IDS['S'], target, data: example };
    return { command: name, text: JSON.stringify(request) };
  });

const newId = (): string => 'made-by-the-edge';

/**
 * What the edge and the owner of a session do to a command before it is decided: read and check it at the edge,
 * read and check it again in the owner, bring it into the domain. Raises when the command is not well-formed.
 */
const bothEnds = (text: string): void => {
  const atEdge = parseRequest(text, newId);
  const atOwner = parseRequest(text);
  if (!atEdge.ok || !atOwner.ok || atOwner.value.kind !== 'session') throw new Error(`refused: ${text}`);
  if (commandFromWire(atOwner.value).target.session === '') throw new Error(`no target: ${text}`);
};

export interface WireCostOptions {
  readonly rounds: number;
  /** How often a command is taken in a row, to be longer than a tick of the clock. */
  readonly repeats: number;
}

/** Microseconds that each command of the catalogue costs; rounds go over all of them in turn. */
export const wireCosts = ({ rounds, repeats }: WireCostOptions): ReadonlyMap<string, Figures> => {
  const frames = framesOfCatalogue();
  const measured = new Map<string, number[]>(frames.map(({ command }) => [command, []]));
  const round = (keep: boolean): void => {
    for (const { command, text } of frames) {
      const since = microseconds();
      for (let n = 0; n < repeats; n += 1) bothEnds(text);
      if (keep) measured.get(command)?.push((microseconds() - since) / repeats);
    }
  };
  // The first ones are slow because the engine of the language still learns the code.
  for (let n = 0; n < Math.max(1, rounds / 5); n += 1) round(false);
  for (let n = 0; n < rounds; n += 1) round(true);
  return new Map([...measured].map(([command, costs]) => [command, figuresOf(costs)]));
};
