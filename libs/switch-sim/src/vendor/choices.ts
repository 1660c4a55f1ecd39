import { NO_ANSWER } from '../agents/status.ts';

/** A text in one language; `language` and `country` by their two-letter codes. */
interface Label {
  readonly language: string;
  readonly country: string;
  readonly name: string;
  readonly description: string;
}

/** A reason or an outcome to choose from, in English and German. */
export interface Choice {
  readonly id: string;
  readonly code: string;
  readonly labels: readonly Label[];
  /** Whether an agent may choose it; absent means true. */
  readonly selectable?: boolean;
}

interface Words {
  readonly name: string;
  readonly description: string;
}

const choice = (id: string, code: string, english: Words, german: Words): Choice => ({
  id,
  code,
  labels: [
    { language: 'en', country: 'US', ...english },
    { language: 'de', country: 'DE', ...german },
  ],
});

/** Why an agent is not ready; the last one is set by the switch alone. */
export const notReadyReasons: readonly Choice[] = [
  choice(
    'nr-break',
    'break',
    { name: 'Break', description: 'A short break' },
    { name: 'Pause', description: 'Eine kurze Pause' },
  ),
  choice(
    'nr-lunch',
    'lunch',
    { name: 'Lunch', description: 'Away for lunch' },
    { name: 'Mittagspause', description: 'Zu Tisch' },
  ),
  choice(
    'nr-training',
    'training',
    { name: 'Training', description: 'In a training session' },
    { name: 'Schulung', description: 'In einer Schulung' },
  ),
  {
    ...choice(
      'nr-no-answer',
      NO_ANSWER,
      { name: 'No answer', description: 'Set when calls are not answered' },
      { name: 'Keine Antwort', description: 'Wird gesetzt, wenn Anrufe nicht angenommen werden' },
    ),
    selectable: false,
  },
];

/** Why an agent logs out. */
export const logoutReasons: readonly Choice[] = [
  choice(
    'lo-end',
    'end-of-shift',
    { name: 'End of shift', description: 'Work is over for today' },
    { name: 'Schichtende', description: 'Feierabend' },
  ),
  choice(
    'lo-move',
    'other-desk',
    { name: 'Other desk', description: 'Going on at another desk' },
    { name: 'Anderer Platz', description: 'Weiter an einem anderen Platz' },
  ),
];

/** What can become of an interaction. */
export const dispositions: readonly Choice[] = [
  choice(
    'di-resolved',
    'resolved',
    { name: 'Resolved', description: 'The question is answered' },
    { name: 'Erledigt', description: 'Die Frage ist beantwortet' },
  ),
  choice(
    'di-follow-up',
    'follow-up',
    { name: 'Follow-up', description: 'Somebody will get in touch again' },
    { name: 'Wiedervorlage', description: 'Jemand meldet sich wieder' },
  ),
  choice(
    'di-wrong-number',
    'wrong-number',
    { name: 'Wrong number', description: 'Meant for somebody else' },
    { name: 'Falsch verbunden', description: 'War für jemand anderen gedacht' },
  ),
];
