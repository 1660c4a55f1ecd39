/** What holds for every message of an adapter, whatever is tried. */
export const RULES = {
  'A.2': ['what comes can be read: frames of the right length, JSON, one header', 'bridge A.2, T-01'],
  'A8-1': ['every query and request gets exactly one answer', 'bridge A8-1, T-03'],
  'A.3-id': ['every answer carries the requestId of a question', 'bridge A.3, A8-3, T-03'],
  'A.3-echo': ['every answer names the question and its target', 'bridge A.3, T-03'],
  'A.3-result': ['a FAILURE says why in errorMessage, a SUCCESS has none', 'bridge A.3, A8-1'],
  'A.3-event': [
    'an event is in the catalogue, about an object of its kind, and carries no requestId and no result',
    'bridge A.3, C',
  ],
  'B-body': ['the bodies of answers hold what the catalogue says', 'bridge B'],
  'C-body': ['the bodies of events hold what the catalogue says', 'bridge C'],
  'A7-1': ['no event before the init query of its object was answered', 'bridge A7-1, T-08'],
  'A7-8': ['conversation.started comes before talking, held and mute', 'bridge A7-8'],
  'A7-9': ['no event after the dispose request was answered', 'bridge A7-9'],
  'A7-10': ['events name registered objects alone', 'bridge A7-10, A.5'],
  'A.6': ['a native id is not announced again while it is registered', 'bridge A.6'],
  'V-1': ['the reading of a call has conversations', 'bridge V-1'],
  'V-2': ['a call that is ALERTING, DIALING or STARTED has a primary conversation', 'bridge V-2'],
  'V-3': ['a consult is listed in STARTED only', 'bridge V-3'],
  'V-4': ['a call that is ENDED or COMPLETED lists no conversation', 'bridge V-4'],
  'V-5': ['a call has a primary and a consult at most', 'bridge V-5'],
  'V-7': ['the reading of a conversation has parties', 'bridge V-7'],
  'V-8': ['a conversation has one party at least', 'bridge V-8'],
  K9: ['events of a session are numbered 1, 2, 3 ... after each createsession', 'contracts, switch event'],
} as const;

export type RuleId = keyof typeof RULES;

interface Breach {
  readonly expected: string;
  readonly got: string;
  times: number;
}

/** Which rules were seen at work, and which were broken: the first time in words, then counted. */
export class Rulebook {
  readonly seen = new Set<RuleId>();
  readonly breaches = new Map<RuleId, Breach>();

  /** Notes that a rule applied; `holds` says whether it was kept. */
  note(rule: RuleId, holds: boolean, expected: string, got: () => string): void {
    this.seen.add(rule);
    if (holds) return;
    const known = this.breaches.get(rule);
    if (known === undefined) this.breaches.set(rule, { expected, got: got(), times: 1 });
    else known.times += 1;
  }
}
