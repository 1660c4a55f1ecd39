import { type Named } from './outbound-skills.ts';

const byType: Readonly<Record<string, readonly Named[]>> = {
  TELEPHONY: [
    { id: 'script-inbound', name: 'Inbound call' },
    { id: 'script-outbound', name: 'Outbound call' },
  ],
  CHAT: [{ id: 'script-chat', name: 'Chat' }],
  EMAIL: [{ id: 'script-email', name: 'E-mail' }],
};

/** The scripts for channels of a type. */
export const scriptsFor = (type: string): readonly Named[] =>
  Object.hasOwn(byType, type) ? (byType[type] ?? []) : [];
