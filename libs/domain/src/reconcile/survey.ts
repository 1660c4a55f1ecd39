import { formatTarget, type JsonObject, type Target } from '@cordboard/kernel';
import { LIMITS } from '../limits.ts';
import { type Draft } from '../session/draft.ts';
import { type Joined, type ReconcileCause } from '../session-event.ts';
import { type SwitchReading } from '../switch-request.ts';
import { type Finding } from './finding.ts';

/** What the switch said, while it is compared with what is known. */
export interface Survey {
  readonly draft: Draft;
  readonly cause: ReconcileCause;
  readonly findings: ReadonlyMap<string, Finding>;
}

export const surveyOf = (draft: Draft, cause: ReconcileCause, findings: readonly Finding[]): Survey => ({
  draft,
  cause,
  findings: new Map(findings.map((finding) => [formatTarget(finding.target), finding])),
});

/** What was read of the object at `path`; null when nothing is known of it, or a reading of something else. */
export const readingAt = <Of extends SwitchReading['of']>(
  { findings }: Survey,
  path: string,
  of: Of,
): Extract<SwitchReading, { of: Of }> | null => {
  const finding = findings.get(path);
  if (finding?.found !== 'reading' || finding.reading.of !== of) return null;
  return finding.reading as Extract<SwitchReading, { of: Of }>;
};

export const isGone = ({ findings }: Survey, path: string): boolean => findings.get(path)?.found === 'gone';

/** Says that the switch has it no more; whoever calls tells the agent the rest. */
export const recordGone = ({ draft, cause }: Survey, target: Target, before: JsonObject): void =>
  draft.emit('Reconciled', target, { cause, before, after: null });

/** Children that the switch names and that are not among the `known`, each once, as many as there is room for. */
export const newAmong = <Child extends Joined>(
  read: readonly Child[],
  known: readonly { readonly nativeId: string }[],
): readonly Child[] => {
  const seen = new Set(known.map(({ nativeId }) => nativeId));
  const fresh = read.filter(({ nativeId }) => !seen.has(nativeId) && seen.add(nativeId));
  return fresh.slice(0, Math.max(0, LIMITS.children - known.length));
};

/** How something stands here and there. */
export type Difference = readonly [key: string, here: string | number, there: string | number];

/** Says what differs; nothing where nothing does and nobody joined. */
export const recordDifferences = (
  { draft, cause }: Survey,
  target: Target,
  compared: readonly Difference[],
  joined: readonly Joined[] = [],
): void => {
  const differing = compared.filter(([, here, there]) => here !== there);
  if (differing.length + joined.length === 0) return;
  const side = (at: 1 | 2): JsonObject => Object.fromEntries(differing.map((one) => [one[0], one[at]]));
  draft.emit('Reconciled', target, {
    cause,
    before: side(1),
    after: side(2),
    ...(joined.length === 0 ? {} : { joined }),
  });
};
